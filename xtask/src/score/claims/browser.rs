//! The error browser: one static page with every sentence looked at, its parse, what the set says, what we say, and where they differ.
//!
//! In: rows the scorers hand over. Out: HTML without scripts and without anything from outside; what is shown is chosen by check boxes and
//! plain CSS. Sets that are looked at by score only hand over nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sitrep_claims::Kit;

/// How well a sentence was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Right,
    Part,
    Wrong,
}

impl Verdict {
    fn name(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Part => "part",
            Verdict::Wrong => "wrong",
        }
    }
}

/// One thing said by the set or by us.
pub(super) struct Said {
    pub(super) text: String,
    /// Whether the other side says it too; none for what is only shown.
    pub(super) met: Option<bool>,
}

/// One sentence or text.
pub(super) struct Row {
    pub(super) set: &'static str,
    pub(super) id: String,
    pub(super) text: String,
    /// Kinds of error; none when all is right.
    pub(super) errors: BTreeSet<&'static str>,
    pub(super) verdict: Verdict,
    pub(super) gold: Vec<Said>,
    pub(super) ours: Vec<Said>,
    /// The parse is worth showing.
    pub(super) parsed: bool,
}

/// Rows on their way to the page.
#[derive(Default)]
pub(super) struct Browser {
    rows: Vec<Row>,
}

impl Browser {
    /// Adds a row.
    pub(super) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Writes the page.
    pub(super) fn write(&self, kit: &Kit, path: &Path) -> anyhow::Result<()> {
        std::fs::write(path, self.page(kit).into_string()).with_context(|| format!("writing {}", path.display()))?;
        println!("{} rows written", self.rows.len());
        Ok(())
    }

    fn page(&self, kit: &Kit) -> Markup {
        let mut sets: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        let mut errors: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows {
            sets.entry(row.set).or_default()[row.verdict as usize] += 1;
            row.errors.iter().for_each(|error| *errors.entry(error).or_default() += 1);
        }
        let verdicts = [Verdict::Wrong, Verdict::Part, Verdict::Right];
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { "Claims against hand-coded sets" }
                    style { (PreEscaped(STYLE)) (PreEscaped(rules(sets.keys(), errors.keys(), &verdicts))) }
                }
                body {
                    header {
                        h1 { "Claims against hand-coded sets" }
                        table {
                            tr { th { "set" } th { "right" } th { "part" } th { "wrong" } }
                            @for (set, counts) in &sets {
                                tr { td { (set) } @for n in counts { td { (n) } } }
                            }
                        }
                        (boxes("Sets", sets.keys().map(|set| (*set, set_total(&sets[*set]), true))))
                        (boxes("Verdict", verdicts.iter().map(|v| {
                            (v.name(), self.rows.iter().filter(|r| r.verdict == *v).count(), *v != Verdict::Right)
                        })))
                        (boxes("Kinds of error (none ticked: all)", errors.iter().map(|(e, n)| (*e, *n, false))))
                    }
                    main { @for row in &self.rows { (shown(kit, row)) } }
                }
            }
        }
    }
}

fn set_total(counts: &[usize; 3]) -> usize {
    counts.iter().sum()
}

/// A name as a CSS identifier.
fn slug(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

fn boxes<'b>(legend: &str, all: impl Iterator<Item = (&'b str, usize, bool)>) -> Markup {
    html! {
        fieldset {
            legend { (legend) }
            @for (name, count, on) in all {
                label { input type="checkbox" id={ "f-" (slug(name)) } checked[on]; " " (name) " " small { (count) } }
            }
        }
    }
}

/// The rules that hide what is not ticked.
fn rules<'r>(
    sets: impl Iterator<Item = &'r &'r str>,
    errors: impl Iterator<Item = &'r &'r str>,
    verdicts: &[Verdict],
) -> String {
    let mut css = String::new();
    for name in sets.map(|s| slug(s)).chain(verdicts.iter().map(|v| v.name().to_owned())) {
        css += &format!("body:has(#f-{name}:not(:checked)) .r.{name}{{display:none}}\n");
    }
    let names: Vec<String> = errors.map(|e| slug(e)).collect();
    let any: Vec<String> = names.iter().map(|name| format!("#f-{name}:checked")).collect();
    for name in &names {
        // A row stays when one of its kinds is ticked, or none is.
        css += &format!("body:has(#f-{name}:checked) .r.{name}{{--keep:block}}\n");
    }
    if !any.is_empty() {
        css += &format!("body:has({}) main .r:not(.hidden){{display:var(--keep,none)}}\n", any.join(","));
    }
    // Sets and verdicts hold even when a kind of error is ticked.
    css.replace("{display:none}", "{display:none !important}")
}

fn shown(kit: &Kit, row: &Row) -> Markup {
    let errors: Vec<String> = row.errors.iter().map(|e| slug(e)).collect();
    let class = format!("r {} {} {}", slug(row.set), row.verdict.name(), errors.join(" "));
    html! {
        details class=(class) {
            summary {
                span class="mark" { (row.verdict.name()) }
                span class="id" { (row.set) " " (row.id) }
                span class="text" { (row.text.chars().take(SHORT_CHARS).collect::<String>()) @if row.text.chars().count() > SHORT_CHARS { "…" } }
                @if !row.errors.is_empty() { span class="errors" { (row.errors.iter().copied().collect::<Vec<_>>().join(" · ")) } }
            }
            @if row.text.chars().count() > SHORT_CHARS { p class="whole" { (row.text) } }
            div class="sides" {
                section { h2 { "The set" } (list(&row.gold)) }
                section { h2 { "Ours" } (list(&row.ours)) }
            }
            @if row.parsed { (parse(kit, &row.text)) }
        }
    }
}

fn list(all: &[Said]) -> Markup {
    html! {
        @if all.is_empty() { p class="none" { "nothing" } }
        ul { @for said in all { li class=(match said.met { Some(true) => "met", Some(false) => "unmet", None => "shown" }) { (said.text) } } }
    }
}

/// The dependency tree, a word a line, each under its head.
fn parse(kit: &Kit, text: &str) -> Markup {
    let analysis = kit.language().analyze(text);
    let count = analysis.tokens.len();
    let mut kids: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut roots = Vec::new();
    for (i, token) in analysis.tokens.iter().enumerate().filter(|(_, t)| !t.is_space) {
        let head = token.head as usize;
        if head == i || head >= count { roots.push(i) } else { kids[head].push(i) }
    }
    let mut lines = String::new();
    let mut stack: Vec<(usize, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((i, depth)) = stack.pop() {
        let token = &analysis.tokens[i];
        let word = analysis.text(text, i);
        lines += &format!("{}{word}  {} {}\n", "  ".repeat(depth.min(DEEPEST)), token.dep.as_str(), token.tag.as_str());
        stack.extend(kids[i].iter().rev().map(|&k| (k, depth + 1)));
    }
    html! { details class="parse" { summary { "parse" } pre { (lines) } } }
}

const SHORT_CHARS: usize = 260;
const DEEPEST: usize = 30;

const STYLE: &str = "
:root{color-scheme:light dark;--line:#8884;--good:#1a7f37;--bad:#b3261e;--half:#8a6100}
@media (prefers-color-scheme:dark){:root{--good:#5fd38a;--bad:#ff8a80;--half:#f0c060}}
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:76rem;padding:0 1rem 4rem}
h1{font-size:1.3rem}h2{font-size:.8rem;margin:.4rem 0;text-transform:uppercase;letter-spacing:.05em;opacity:.7}
table{border-collapse:collapse}th,td{padding:.1rem .8rem .1rem 0;text-align:right}th:first-child,td:first-child{text-align:left}
fieldset{border:1px solid var(--line);border-radius:.4rem;margin:.6rem 0;display:flex;flex-wrap:wrap;gap:.2rem 1rem}
legend{font-size:.85rem;opacity:.7}label{white-space:nowrap}small{opacity:.6}
.r{border-top:1px solid var(--line);padding:.35rem 0}
.r>summary{cursor:pointer;display:grid;grid-template-columns:3.6rem 10rem 1fr;gap:.1rem .8rem;align-items:baseline;list-style:none}
.mark{font-size:.75rem;font-weight:600;text-transform:uppercase}
.wrong .mark{color:var(--bad)}.part .mark{color:var(--half)}.right .mark{color:var(--good)}
.id{font-size:.8rem;opacity:.7;overflow-wrap:anywhere}.errors{grid-column:3;font-size:.8rem;color:var(--bad)}
.whole{white-space:pre-wrap;margin:.6rem 0 .6rem 4.4rem;max-width:50rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;margin:.4rem 0 .4rem 4.4rem}
ul{margin:0;padding-left:1.1rem;font-size:.9rem}li{overflow-wrap:anywhere;white-space:pre-line}
.met::marker{content:'✓ ';color:var(--good)}.unmet::marker{content:'✗ ';color:var(--bad)}.shown{opacity:.75}.shown::marker{content:'· '}.none{opacity:.6;margin:0}
.parse{margin-left:4.4rem;font-size:.85rem}pre{overflow-x:auto;line-height:1.3}
@media(max-width:45rem){.r>summary{grid-template-columns:3.6rem 1fr}.text,.errors{grid-column:1/-1}.sides{grid-template-columns:1fr;margin-left:0}.whole,.parse{margin-left:0}}
";
