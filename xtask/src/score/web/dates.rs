//! Publication days: how many are answered, how many of the answers are the day the gold says, and which kind of sign was right.
//!
//! In: pages read by us; and by `htmldate`, when a Python that has it is named. Out: figures on stdout. The gold is the day a
//! person took down from the page: now and then that of a change.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::Context as _;

use super::{Case, Options};

/// What a reader of dates answered, by page.
type Days = BTreeMap<String, String>;

/// Prints the figures.
pub(super) fn print(cases: &[Case], sets: &Path, options: &Options) -> anyhow::Result<()> {
    let ours = cases.iter().filter_map(|c| Some((c.id.clone(), c.document.published.as_ref()?.date.to_string())));
    let mut readers: Vec<(String, Days)> = vec![("sitrep".to_owned(), ours.collect())];
    let absent = match &options.peer {
        None => Some("not asked for: name a Python that has it with --peer".to_owned()),
        Some(python) => match htmldate(python, &sets.join("wcxb_dev/html")) {
            Ok(found) => {
                readers.extend(found);
                None
            }
            Err(why) => Some(format!("{why:#}")),
        },
    };
    for kind in ["article", "forum"] {
        let told: Vec<&Case> = cases.iter().filter(|c| c.kind == kind && !c.told("publish_date").is_empty()).collect();
        println!("\npublication day, {} {kind} pages of wcxb_dev that have one\n", told.len());
        println!("| reader | answered | right | accuracy | precision |\n|---|---|---|---|---|");
        for (reader, days) in &readers {
            let answered: Vec<(&&Case, &String)> = told.iter().filter_map(|c| Some((c, days.get(&c.id)?))).collect();
            let n_right = answered.iter().filter(|(c, day)| is_right(c, day)).count();
            let share = |of: usize| n_right as f64 / of.max(1) as f64;
            let (accuracy, precision) = (share(told.len()), share(answered.len()));
            println!("| {reader} | {} | {n_right} | {accuracy:.3} | {precision:.3} |", answered.len());
        }
        worst(&told, options.n_worst);
    }
    if let Some(why) = absent {
        println!("htmldate: {why}");
    }
    by_sign(cases);
    Ok(())
}

fn is_right(case: &Case, day: &str) -> bool {
    case.told("publish_date").starts_with(day)
}

/// For each kind of sign how often it was believed and right, and what confidence was stated.
fn by_sign(cases: &[Case]) {
    let mut rows: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    for case in cases.iter().filter(|c| !c.told("publish_date").is_empty()) {
        let (Some(sign), Some(published)) = (case.sign.as_deref(), &case.document.published) else { continue };
        let (n, n_right, confidence) = rows.entry(sign).or_default();
        *n += 1;
        *n_right += usize::from(is_right(case, &published.date.to_string()));
        *confidence += published.confidence;
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, (n, ..))| std::cmp::Reverse(*n));
    println!("\nwhich sign was believed, articles and forum pages\n");
    println!("| sign | believed | right | precision | confidence stated |\n|---|---|---|---|---|");
    for (sign, (n, n_right, confidence)) in rows {
        let of = n as f64;
        println!("| {sign} | {n} | {n_right} | {:.2} | {:.2} |", n_right as f64 / of, confidence / of);
    }
}

/// Lists pages answered wrongly or not at all.
fn worst(told: &[&Case], n_worst: usize) {
    let ours = |c: &Case| c.document.published.as_ref().map_or("-".to_owned(), |p| p.date.to_string());
    for case in told.iter().filter(|c| !is_right(c, &ours(c))).take(n_worst) {
        let sign = case.sign.as_deref().unwrap_or("no sign");
        println!("{} is of {}, read {} by {sign}", case.id, case.told("publish_date"), ours(case));
    }
}

/// The days that `htmldate` finds, by its fast and by its extensive search.
fn htmldate(python: &str, html: &Path) -> anyhow::Result<Vec<(String, Days)>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../benches/peers/htmldate_days.py");
    let output = Command::new(python).arg(script).arg(html).output().with_context(|| format!("cannot run {python}"))?;
    anyhow::ensure!(output.status.success(), "not installed for {python}: pip install htmldate");
    let (mut fast, mut extensive) = (Days::new(), Days::new());
    let (mut version, mut speed) = (String::new(), ["", ""]);
    let told = String::from_utf8_lossy(&output.stdout);
    for (n, line) in told.lines().enumerate() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            [name] if n == 0 => version = name.to_owned(),
            ["speed", of_fast, of_extensive] => speed = [of_fast, of_extensive],
            [id, one, other] => {
                for (days, day) in
                    [(&mut fast, one), (&mut extensive, other)].into_iter().filter(|(_, d)| !d.is_empty())
                {
                    days.insert(id.to_owned(), day.to_owned());
                }
            }
            _ => anyhow::bail!("htmldate_days.py wrote an odd line: {line}"),
        }
    }
    let named = |search: &str, speed: &str| format!("{version}, {search} search, {speed} pages a CPU second");
    Ok(vec![(named("fast", speed[0]), fast), (named("extensive", speed[1]), extensive)])
}
