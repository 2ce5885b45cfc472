//! Measures how copies are found: `cargo run --release -p sitrep-record --example copies -- ARTICLES.csv`.
//!
//! In: a table of articles with columns `article_title`, `article_content`, `source`, `date`. Out: the copies among them, then recall and
//! precision on copies made of them (cut short, given another headline, sentences replaced), and the time 10,000 made-up pages take.
//! Writes nothing but its answer.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a measurement, not a part of the product")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use sitrep_model::{Block, BlockKind, CopyKind, Document, DocumentId, PageCopy, PageId, Span};
use sitrep_record::derive;

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn document(name: &str, outlet: &str, title: &str, body: &str) -> Document {
    let text = format!("{title}\n\n{body}");
    let page = PageId::of(&[name, outlet, &text]);
    let block = |kind, from: usize, to: usize| Block { kind, span: Span::new(from, to), links: vec![], language: None };
    Document {
        id: DocumentId::of(&[page.as_str(), &text]),
        page,
        path: name.to_owned(),
        url: None,
        title: Some(title.to_owned()),
        byline: None,
        outlet: (!outlet.is_empty()).then(|| outlet.to_owned()),
        language: None,
        published: None,
        modified: None,
        blocks: vec![
            block(BlockKind::Headline, 0, title.len()),
            block(BlockKind::Body, title.len() + 2, title.len() + 2 + body.len()),
        ],
        text,
        comments: vec![],
        media: vec![],
        reply_to: None,
        forwarded_from: None,
        translation: None,
    }
}

fn copies(documents: &[Document]) -> Vec<PageCopy> {
    derive(&[], documents, None).copies
}

fn main() {
    if let Some(path) = std::env::args().nth(1) {
        let articles = articles(&path);
        let found = real(&articles);
        made(&articles, &found);
    } else {
        println!("SKIPPED: no table of articles given");
    }
    crowd();
}

fn articles(path: &str) -> Vec<Document> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).unwrap();
    let columns = reader.headers().unwrap().clone();
    let at = |name: &str| columns.iter().position(|column| column == name).unwrap();
    let (title, content, source) = (at("article_title"), at("article_content"), at("source"));
    let row = |(number, record): (usize, csv::ByteRecord)| {
        let cell = |at: usize| String::from_utf8_lossy(record.get(at).unwrap_or_default()).into_owned();
        document(&format!("{number}"), &cell(source), &cell(title), &cell(content))
    };
    reader.byte_records().filter_map(Result::ok).enumerate().map(row).collect()
}

/// The copies among the articles as they are, for reading by eye.
fn real(articles: &[Document]) -> Vec<PageCopy> {
    let by_page: BTreeMap<&PageId, &Document> = articles.iter().map(|it| (&it.page, it)).collect();
    let found = copies(articles);
    println!("{} articles, {} pairs that share text", articles.len(), found.len());
    for copy in &found {
        let told = |page: &PageId| {
            let document = by_page[page];
            let title: String = document.title.as_deref().unwrap_or("").chars().take(50).collect();
            format!("[{}] {title}", document.outlet.as_deref().unwrap_or("?"))
        };
        let passage = copy
            .passages
            .iter()
            .max_by_key(|passage| passage.at.len())
            .map_or("", |passage| passage.at.of(&by_page[&copy.page].text));
        let passage: String = passage.chars().take(110).collect();
        println!(
            "  {:<8} {:>3} % / {:>3} %, {:>4} words: {} <> {} | {passage}",
            copy.kind.as_str(),
            copy.page_percent,
            copy.of_percent,
            copy.n_words,
            told(&copy.page),
            told(&copy.of)
        );
    }
    found
}

fn sentences(body: &str) -> Vec<&str> {
    body.split_inclusive(". ").collect()
}

/// Copies made of half of the articles; the other half lends the sentences that replace others.
fn made(articles: &[Document], real: &[PageCopy]) {
    let copied: BTreeSet<&PageId> = real.iter().flat_map(|copy| [&copy.page, &copy.of]).collect();
    let alone: Vec<&Document> = articles.iter().filter(|it| !copied.contains(&it.page)).collect();
    let body = |document: &Document| document.blocks[1].span.of(&document.text).to_owned();
    let (bases, lenders) = alone.split_at(alone.len() * 2 / 3);
    let lent: Vec<String> = lenders
        .iter()
        .flat_map(|it| sentences(&body(it)).iter().map(|&it| it.to_owned()).collect::<Vec<_>>())
        .collect();
    println!("\n{} articles that share nothing; each copied once", bases.len());
    println!("{:<34} {:>7} {:>7} {:>9} {:>6}  kinds", "copy", "recall", "prec.", "share off", "CPU s");
    let mut dice = Dice(1);
    for kept_percent in [100, 90, 80, 70, 60, 50, 40, 30, 20, 10] {
        run(&format!("{}% of sentences replaced", 100 - kept_percent), bases, |it| {
            let own = body(it);
            let n_own = sentences(&own).len();
            let mut out: Vec<String> = sentences(&own).iter().map(|&it| it.to_owned()).collect();
            let mut places: Vec<usize> = (0..n_own).collect();
            for at in (1..places.len()).rev() {
                places.swap(at, dice.below(at + 1));
            }
            for &place in places.iter().take(n_own * (100 - kept_percent) / 100) {
                out[place] = shuffled(&lent[dice.below(lent.len())], &mut dice);
            }
            out.concat()
        });
    }
    for percent in [70, 50, 30] {
        run(&format!("cut to the first {percent}%"), bases, |it| {
            let own = body(it);
            let all = sentences(&own);
            all[..(all.len() * percent / 100).max(1)].concat()
        });
    }
    for every in [40, 20, 10] {
        run(&format!("one word in {every} replaced"), bases, |it| {
            let own = body(it);
            let words = own
                .split(' ')
                .enumerate()
                .map(|(at, word)| if at % every == every / 2 { format!("other{at}") } else { word.to_owned() });
            words.collect::<Vec<_>>().join(" ")
        });
    }
    run("inside a page four times as long", bases, |it| {
        let own = body(it);
        let n = sentences(&own).len();
        let mut more =
            || (0..n * 3 / 2).map(|_| shuffled(&lent[dice.below(lent.len())].clone(), &mut dice)).collect::<String>();
        format!("{} {own} {}", more(), more())
    });
}

/// A lent sentence with its words in another order: prose that shares no passage with any other.
fn shuffled(sentence: &str, dice: &mut Dice) -> String {
    let mut words: Vec<&str> = sentence.split_whitespace().collect();
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at + 1));
    }
    words.join(" ") + " "
}

/// Each outlet has one that copies from it.
fn mirror(base: &Document) -> String {
    format!("{} mirror", base.outlet.as_deref().unwrap_or("nobody"))
}

fn run(what: &str, bases: &[&Document], mut copy_of: impl FnMut(&Document) -> String) {
    let mut documents: Vec<Document> = bases.iter().map(|&it| it.clone()).collect();
    let mut expected: BTreeSet<(PageId, PageId)> = BTreeSet::new();
    for (number, base) in bases.iter().enumerate() {
        let copy =
            document(&format!("copy-{number}"), &mirror(base), &format!("Another headline {number}"), &copy_of(base));
        let (a, b) = (base.page.clone(), copy.page.clone());
        expected.insert(if a < b { (a, b) } else { (b, a) });
        documents.push(copy);
    }
    let start = Instant::now();
    let found = copies(&documents);
    let seconds = start.elapsed().as_secs_f64();
    let key = |it: &PageCopy| {
        let (a, b) = (it.page.clone(), it.of.clone());
        if a < b { (a, b) } else { (b, a) }
    };
    let right: Vec<&PageCopy> = found.iter().filter(|it| expected.contains(&key(it))).collect();
    let mut kinds: BTreeMap<CopyKind, usize> = BTreeMap::new();
    for copy in &right {
        *kinds.entry(copy.kind).or_default() += 1;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, n)| format!("{} {n}", kind.as_str())).collect();
    println!(
        "{what:<34} {:>7.3} {:>7.3} {:>9} {seconds:>6.2}  {}",
        right.len() as f64 / expected.len() as f64,
        right.len() as f64 / found.len().max(1) as f64,
        found.len() - right.len(),
        kinds.join(", ")
    );
}

/// 10,000 pages of some 400 words, one in ten a copy with changes, one in fifty an exact one.
fn crowd() {
    let mut dice = Dice(9);
    let mut documents: Vec<Document> = Vec::new();
    let mut bodies: Vec<String> = Vec::new();
    for number in 0..10_000 {
        let mut prose = |n: usize| {
            let word = |dice: &mut Dice| {
                let spread = 1 + dice.below(14);
                format!("w{}", dice.below(1 << spread))
            };
            (0..n).map(|_| word(&mut dice)).collect::<Vec<_>>().join(" ")
        };
        let body = match number % 50 {
            0 if number > 0 => bodies[number / 2].clone(),
            n if n % 10 == 1 && number > 50 => {
                let own = &bodies[number / 3];
                format!("{} {}", &own[..own.len() * 2 / 3], prose(130))
            }
            _ => prose(400),
        };
        documents.push(document(&format!("{number}"), &format!("Outlet {}", number % 40), "Some headline", &body));
        bodies.push(body);
    }
    let n_bytes: usize = bodies.iter().map(String::len).sum();
    for n in [2_500, 5_000, 10_000] {
        let start = Instant::now();
        let found = copies(&documents[..n]);
        println!("{n} pages: {} pairs in {:.2} s", found.len(), start.elapsed().as_secs_f64());
    }
    println!("({} MB of text in all)", n_bytes / 1_000_000);
}
