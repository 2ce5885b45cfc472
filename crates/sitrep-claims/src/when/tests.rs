//! Runs the examples of the time rules and measures the reader on the reference texts.

use jiff::civil::{Date, date};
use sitrep_model::{Document, DocumentId, HowKnown, PageId, Published};

use super::*;

pub(super) fn document(text: &str, published: Option<Date>) -> Document {
    Document {
        id: DocumentId::of(&[]),
        page: PageId::of(&[]),
        path: String::new(),
        url: None,
        title: None,
        byline: None,
        outlet: None,
        language: None,
        published: published.map(|date| Published { date, how: HowKnown::Given, confidence: 1.0 }),
        modified: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
    }
}

pub(super) fn of(rules: &Rules, text: &str, published: Option<Date>) -> Vec<Placed> {
    let part = Part { text, comment: None, headline: false, heading: false, dateline: false, line: false, start: 0 };
    read(rules, &document(text, published), &[part]).remove(0)
}

/// "on [May 5|2031-05-05]" as plain text and what is expected of it.
fn example(marked: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut wanted, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, tail) = after.split_once(']').unwrap();
        let (words, value) = inside.split_once('|').unwrap();
        text.push_str(before);
        text.push_str(words);
        wanted.push((words.to_owned(), value.to_owned()));
        rest = tail;
    }
    text.push_str(rest);
    (text, wanted)
}

#[test]
fn every_rule_keeps_its_examples() {
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}: {}", e.file, e.message));
    let mut wrong = Vec::new();
    let short =
        |times: &[Placed]| times.iter().map(|t| (t.2.text.clone().unwrap(), t.2.value.clone())).collect::<Vec<_>>();
    for rule in &rules.rules {
        let (extra_yes, extra_no) = rule.loose;
        for yes in &rule.yes {
            let (text, wanted) = example(yes);
            let got = short(&of(&rules, &text, Some(date(2031, 5, 9))));
            let fits = if extra_yes { wanted.iter().all(|w| got.contains(w)) } else { wanted == got };
            if !fits {
                wrong.push(format!("{}: {text}\n  wanted {wanted:?}\n  got    {got:?}", rule.id));
            }
        }
        for no in rule.no.iter().filter(|_| !extra_no) {
            let got = short(&of(&rules, no, Some(date(2031, 5, 9))));
            if !got.is_empty() {
                wrong.push(format!("{}: {no}\n  wanted nothing\n  got    {got:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn values(text: &str, published: Option<Date>) -> Vec<(String, String)> {
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}", e.message));
    of(&rules, text, published).into_iter().map(|t| (t.2.text.unwrap(), t.2.value)).collect()
}

#[test]
fn other_digits_are_read_where_they_stand() {
    let times = values("On ٢٥/٠٤/٢٠٣١ they left; on 3 May ۲۰۳۱ they came back.", Some(date(2031, 5, 9)));
    let wanted = [("٢٥/٠٤/٢٠٣١", "2031-04-25"), ("3 May ۲۰۳۱", "2031-05-03")];
    assert_eq!(times, wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn quoted_days_count_from_the_day_of_speaking() {
    let text = "On May 3 the general said: “We took the town yesterday.”";
    let times = values(text, Some(date(2031, 5, 9)));
    assert_eq!(times[1], ("yesterday".to_owned(), "2031-05-02".to_owned()));
}

#[test]
fn without_a_day_of_publication_no_year_is_made_up() {
    for text in ["On November 8, they entered.", "The war began in 2011. On November 8, they entered."] {
        let times = values(text, None);
        assert_eq!(times.last().unwrap().1, "XXXX-11-08", "{text}");
    }
}

#[test]
fn a_history_goes_forward_and_keeps_asides_apart() {
    let text = "The siege began in October 1941. It had been planned since 1938. In December the road was cut, a fact declassified \
                in 1990. In May 1942 the army left. In June it came back.";
    let got: Vec<String> = values(text, Some(date(2031, 5, 9))).into_iter().map(|t| t.1).collect();
    assert_eq!(got, ["1941-10", "1938", "1941-12", "1990", "1942-05", "1942-06"]);
    let got = values(
        &text.replace("In May 1942 the army left.", "By March the town had fallen. In May 1942 the army left."),
        Some(date(2031, 5, 9)),
    );
    assert_eq!(got[4].1, "1942-03");
}

/// Twice the text may take more than twice the time, but not four times as much work: readings are bounded.
#[test]
fn a_long_history_is_read_page_by_page() {
    let page = "In March 1941 the army attacked. On 5 April it stopped. In May 1942 it attacked again, as in June.\n";
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}", e.message));
    let reads = |n: usize| of(&rules, &page.repeat(n), Some(date(2031, 5, 9))).len();
    assert_eq!((reads(2), reads(400)), (8, 1600));
}

/// One expression: code point range and value.
type Timex = (usize, usize, String);

/// Value F1 as the reference scorer counts it: overlapping pairs, one to one, with the same value.
#[derive(Debug, Default)]
struct Score {
    gold: usize,
    system: usize,
    right: usize,
    wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, id: &str, text: &str, gold: &[serde_json::Value], system: Vec<Timex>) {
        let range =
            |g: &serde_json::Value| (g["start"].as_u64().unwrap() as usize, g["end"].as_u64().unwrap() as usize);
        let overlap = |a: (usize, usize), b: &Timex| a.1.min(b.1).saturating_sub(a.0.max(b.0));
        let (optional, asked): (Vec<_>, Vec<_>) = gold.iter().partition(|g| g["optional"].as_bool() == Some(true));
        let system: Vec<Timex> =
            (system.into_iter()).filter(|s| !optional.iter().any(|g| overlap(range(g), s) > 0)).collect();
        self.gold += asked.len();
        self.system += system.len();
        let mut used = vec![false; system.len()];
        for one in asked {
            let best = (0..system.len())
                .filter(|k| !used[*k])
                .max_by_key(|k| (overlap(range(one), &system[*k]), usize::MAX - k));
            let best = best.filter(|k| overlap(range(one), &system[*k]) > 0);
            if let Some(k) = best {
                used[k] = true;
                if system[k].2 == one["value"].as_str().unwrap_or("") {
                    self.right += 1;
                    continue;
                }
            }
            self.wrong.push(format!("{id} {} {} got {:?}", one["text"], one["value"], best.map(|k| &system[k].2)));
        }
        let words = |s: &Timex| text.chars().skip(s.0.saturating_sub(30)).take(s.1 - s.0 + 60).collect::<String>();
        for k in (0..system.len()).filter(|k| !used[*k]) {
            self.wrong.push(format!("{id} spurious {} in {:?}", system[k].2, words(&system[k])));
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.system) as f64
    }
}

/// Scores a gold file; `comments` gives the words a document's comments begin with, `skip` those its article begins with.
fn score(file: &str, marks: &[(&str, &str, &str)]) -> Option<Score> {
    let path = format!("{}/../../../shared/gold/{file}", env!("CARGO_MANIFEST_DIR"));
    let Ok(gold) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: ../shared is absent");
        return None;
    };
    let rules = Rules::load().unwrap_or_else(|e| panic!("{}", e.message));
    let mut score = Score::default();
    for line in gold.lines() {
        let gold: serde_json::Value = serde_json::from_str(line).unwrap();
        let (id, text) = (gold["id"].as_str().unwrap(), gold["text"].as_str().unwrap());
        let mark = marks.iter().find(|m| m.0 == id);
        let begin = mark.map_or(0, |m| text.find(m.1).unwrap());
        let comments = mark.map_or(text.len(), |m| text.find(m.2).unwrap());
        let mut parts = Vec::new();
        let mut starts = Vec::new();
        let mut at = begin;
        for block in text[begin..].split("\n\n") {
            parts.push(Part {
                text: block,
                comment: (at >= comments).then_some(0),
                headline: false,
                heading: false,
                dateline: false,
                line: false,
                start: 0,
            });
            starts.push(at);
            at += block.len() + 2;
        }
        let published = gold["dct"].as_str().map(|d| d.parse().unwrap());
        let mut system = Vec::new();
        for (start, times) in starts.iter().zip(read(&rules, &document(text, published), &parts)) {
            let chars = |at: usize| text[..start + at].chars().count();
            system.extend(times.into_iter().map(|(a, b, t)| (chars(a), chars(b), t.value)));
        }
        score.add(id, text, gold["timexes"].as_array().unwrap(), system);
    }
    Some(score)
}

#[test]
fn seed_reports_keep_their_dates() {
    let marks = [("A", "Overview", "  • Now the two"), ("B", "Syrian Army Is Now", "  • Lupus")];
    let Some(score) = score("seeds/timex.jsonl", &marks) else { return };
    println!("seeds: gold {} system {} value F1 {:.3}", score.gold, score.system, score.f1());
    assert!(score.f1() >= 0.935, "{:.3}\n{}", score.f1(), score.wrong.join("\n"));
}

#[test]
fn wars_told_as_history_keep_their_dates() {
    let Some(score) = score("time/wikiwars-01-16.jsonl", &[]) else { return };
    println!("wikiwars dev: gold {} system {} value F1 {:.3}", score.gold, score.system, score.f1());
    for wrong in score.wrong.iter() {
        println!("{wrong}");
    }
    assert!(score.f1() >= 0.90, "{:.3}", score.f1());
}
