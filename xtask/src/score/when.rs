//! `cargo xtask score when [--errors N] [--set NAME] [--gold FILE] [--system FILE]`: how well times are found and valued, by TIMEX3
//! gold.
//!
//! In: `../shared/gold`: the two seed reports, sixteen war histories, 120 news stories. Out: figures on stdout, errors by type. Counts as
//! the reference scorer does: overlapping pairs one to one; an expression marked optional is neither asked nor held against us.
//! `--gold` scores a file of one's own instead (JSON lines with `id`, `text`, `dct`, `timexes`), `--system` scores lines of another program (`id`, `times`) instead of ours.

mod gold;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use sitrep_claims::TimeReader;
use sitrep_model::{MediaType, OffsetUnit, Offsets, PageMeta};

use crate::Args;
use gold::{Text, Timex};

/// How to run.
#[derive(Debug, Default)]
struct Options {
    /// List so many errors of each kind and type.
    n_errors: usize,
    set: Option<String>,
    gold: Option<String>,
    system: Option<String>,
}

/// Scores every set.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    let options = options(args)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold");
    let sets = match &options.gold {
        Some(file) => vec![("own", gold::lines(Path::new(file))?)],
        None if !folder.is_dir() => {
            println!("SKIPPED: ../shared is absent");
            return Ok(());
        }
        None => gold::sets(&folder)?,
    };
    let other = options.system.as_deref().map(gold::system).transpose()?;
    let reader = TimeReader::new()?;
    println!("| set | gold | found | strict F1 | relaxed F1 | type F1 | value F1 |\n|---|---|---|---|---|---|---|");
    let mut details = String::new();
    for (name, texts) in sets {
        if options.set.as_ref().is_some_and(|set| *set != name) {
            continue;
        }
        let mut score = Score::default();
        for text in &texts {
            let found = match &other {
                Some(other) => other.get(&text.id).cloned().unwrap_or_default(),
                None => ours(&reader, text),
            };
            score.add(text, found);
        }
        println!("{}", score.row(name));
        details.push_str(&score.details(name, options.n_errors));
    }
    println!("{details}");
    Ok(())
}

fn options(mut args: Args) -> anyhow::Result<Options> {
    let mut options = Options::default();
    while let Some(flag) = args.next() {
        let value = args.next().with_context(|| format!("{flag} wants a value"))?;
        match flag.as_str() {
            "--errors" => options.n_errors = value.parse().context("--errors wants a number")?,
            "--set" => options.set = Some(value),
            "--gold" => options.gold = Some(value),
            "--system" => options.system = Some(value),
            _ => bail!("no option {flag}; there are --errors N, --set NAME, --gold FILE, --system FILE"),
        }
    }
    Ok(options)
}

/// What we find in a text read the way the program reads it.
fn ours(reader: &TimeReader, text: &Text) -> Vec<Timex> {
    let meta = PageMeta { published: text.published, ..PageMeta::default() };
    let page = sitrep_read::page_of("text.txt", MediaType::Text, text.text.as_bytes().to_vec(), meta, "score");
    let document = sitrep_read::document(&page).value;
    let offsets = Offsets::new(&document.text, OffsetUnit::Chars);
    let times = reader.times(&document).into_iter();
    times
        .map(|(span, time)| Timex {
            start: offsets.at(span.start) as usize,
            end: offsets.at(span.end) as usize,
            kind: time.kind.as_str().to_owned(),
            value: time.value,
            optional: false,
            late: text.published.zip(time.from).is_some_and(|(published, from)| from > published),
        })
        .collect()
}

/// Counts of one set.
#[derive(Debug, Default)]
struct Score {
    n_gold: usize,
    n_found: usize,
    n_strict: usize,
    n_relaxed: usize,
    n_type: usize,
    n_value: usize,
    /// Dated after the report, though the gold's value is not.
    n_late: usize,
    /// Kind of error and type of the expression.
    errors: BTreeMap<(&'static str, String), Vec<String>>,
    n_of_type: BTreeMap<String, usize>,
}

fn overlap(a: &Timex, b: &Timex) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

impl Score {
    fn add(&mut self, text: &Text, found: Vec<Timex>) {
        let (optional, asked): (Vec<&Timex>, Vec<&Timex>) = text.timexes.iter().partition(|t| t.optional);
        let found: Vec<Timex> = found.into_iter().filter(|f| !optional.iter().any(|o| overlap(o, f) > 0)).collect();
        self.n_gold += asked.len();
        self.n_found += found.len();
        let mut used = vec![false; found.len()];
        for one in asked {
            *self.n_of_type.entry(one.kind.clone()).or_default() += 1;
            let best =
                (0..found.len()).filter(|k| !used[*k]).max_by_key(|k| (overlap(one, &found[*k]), usize::MAX - k));
            let Some(k) = best.filter(|k| overlap(one, &found[*k]) > 0) else {
                self.error("missed", &one.kind, format!("{} {}", one.value, text.around(one)));
                continue;
            };
            used[k] = true;
            let ours = &found[k];
            self.n_relaxed += 1;
            let exact = (ours.start, ours.end) == (one.start, one.end);
            self.n_strict += usize::from(exact);
            self.n_type += usize::from(ours.kind == one.kind);
            if ours.value == one.value {
                self.n_value += 1;
            } else {
                self.n_late += usize::from(ours.late && one.value.as_str() < text.day().as_str());
                self.error("value", &one.kind, format!("{} not {} {}", one.value, ours.value, text.around(one)));
            }
            if !exact {
                self.error("extent", &one.kind, format!("ours {:?} {}", text.of(ours), text.around(one)));
            }
        }
        for k in (0..found.len()).filter(|k| !used[*k]) {
            let ours = &found[k];
            self.error("spurious", &ours.kind, format!("{} {}", ours.value, text.around(ours)));
        }
    }

    fn error(&mut self, what: &'static str, kind: &str, line: String) {
        self.errors.entry((what, kind.to_owned())).or_default().push(line);
    }

    fn row(&self, name: &str) -> String {
        let f1 = |n: usize| 200.0 * n as f64 / (self.n_gold + self.n_found).max(1) as f64;
        let (strict, relaxed, kind, value) = (f1(self.n_strict), f1(self.n_relaxed), f1(self.n_type), f1(self.n_value));
        format!("| {name} | {} | {} | {strict:.1} | {relaxed:.1} | {kind:.1} | {value:.1} |", self.n_gold, self.n_found)
    }

    fn details(&self, name: &str, n_errors: usize) -> String {
        let mut out = format!("\n{name}: past events dated after their report: {}\n\n", self.n_late);
        out.push_str("| type | gold | missed | wrong value | other extent | spurious |\n|---|---|---|---|---|---|\n");
        let mut kinds: Vec<&String> = self.n_of_type.keys().chain(self.errors.keys().map(|(_, kind)| kind)).collect();
        kinds.sort();
        kinds.dedup();
        for kind in kinds {
            let n = |what| self.errors.get(&(what, kind.clone())).map_or(0, Vec::len);
            let gold = self.n_of_type.get(kind).copied().unwrap_or(0);
            let (missed, value, extent, spurious) = (n("missed"), n("value"), n("extent"), n("spurious"));
            out.push_str(&format!("| {kind} | {gold} | {missed} | {value} | {extent} | {spurious} |\n"));
        }
        for ((what, kind), lines) in self.errors.iter().filter(|_| n_errors > 0) {
            out.push_str(&format!("\n{what} {kind} ({})\n", lines.len()));
            for line in lines.iter().take(n_errors) {
                out.push_str(&format!("  {line}\n"));
            }
        }
        out
    }
}
