//! The texts and answer keys of MUC-3 and MUC-4 as they were distributed.
//!
//! In: `../shared/gold/muc34`. Out: messages with their key templates. A key's fill keeps its alternatives and whether it is optional.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jiff::civil::Date;

use super::slots::{Fill, SLOTS, Template};

/// One text with its key.
pub(super) struct Message {
    pub(super) id: String,
    pub(super) text: String,
    /// The day of its dateline.
    pub(super) written: Option<Date>,
    pub(super) key: Vec<Template>,
}

/// The messages of one set: `dev`, `tst1`, `tst2`.
pub(super) fn read(set: &str) -> anyhow::Result<Vec<Message>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/gold/muc34").join(set);
    let listed = std::fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let (mut texts, mut keys) = (Vec::new(), BTreeMap::<String, Vec<Template>>::new());
    for path in files {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        if name.starts_with("key-") {
            read_key(&text, &mut keys);
        } else if name.starts_with(set) {
            texts.extend(read_texts(&text));
        }
    }
    Ok(texts
        .into_iter()
        .map(|(id, text)| Message {
            key: keys.remove(&id).unwrap_or_default(),
            written: text.lines().take(6).find_map(dateline_day),
            id,
            text,
        })
        .collect())
}

/// `DEV-MUC3-0001 (NOSC)` alone on a line begins a text.
fn heading(line: &str) -> Option<&str> {
    let id = line.split_whitespace().next()?;
    let mut parts = id.split('-');
    let set = parts.next()?;
    let good = (set.starts_with("DEV") || set.starts_with("TST"))
        && parts.next()?.starts_with("MUC")
        && parts.next()?.len() == 4
        && line.starts_with(id);
    good.then_some(id)
}

fn read_texts(text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(id) = heading(line) {
            all.push((id.to_owned(), String::new()));
        } else if let Some((_, text)) = all.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    all
}

/// "SAN SALVADOR, 3 JAN 90 -- ": the first day, month and year in a row.
fn dateline_day(line: &str) -> Option<Date> {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.windows(3).find_map(|w| day(w[0], w[1], w[2]))
}

/// "3", "JAN", "90".
pub(super) fn day(day: &str, month: &str, year: &str) -> Option<Date> {
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    let year: i16 = year.parse().ok().filter(|y| (0..100).contains(y))?;
    Date::new(1900 + year, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

/// As keys write months.
pub(super) const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

fn read_key(text: &str, keys: &mut BTreeMap<String, Vec<Template>>) {
    let (mut id, mut slot) = (String::new(), 0_usize);
    let mut open: Option<Template> = None;
    let close = |open: Option<Template>, id: &str, keys: &mut BTreeMap<String, Vec<Template>>| {
        let templates = keys.entry(id.to_owned()).or_default();
        // An irrelevant text has one template whose type is not applicable.
        templates.extend(open.filter(|t| !t.slots[TYPE_AT].is_empty()));
    };
    for line in text.lines().filter(|line| !line.starts_with(";;;")) {
        let (number, rest) = line.split_once('.').unwrap_or(("", line));
        let numbered = number.parse::<usize>().ok().filter(|n| *n < 25 && rest.contains(':'));
        if let Some(n) = numbered {
            slot = n;
        }
        let value = if numbered.is_some() { rest.get(33..).unwrap_or("").trim() } else { line.trim() };
        match (numbered, slot) {
            (Some(_), 0) => {
                if let Some(template) = open.take() {
                    close(Some(template), &id, keys);
                }
                id = value.split_whitespace().next().unwrap_or("").to_owned();
                keys.entry(id.clone()).or_default();
                open = Some(Template::default());
            }
            (Some(_), 1) => {
                if let Some(template) = &mut open {
                    template.optional = value.contains("OPTIONAL");
                }
            }
            (_, n) if (2..2 + SLOTS.len()).contains(&n) => {
                let Some(template) = &mut open else { continue };
                let fills = &mut template.slots[n - 2];
                let more = value.strip_prefix('/').map(str::trim);
                let fill = Fill::read(n - 2, more.unwrap_or(value));
                match (more.and(fills.last_mut()), fill) {
                    (Some(last), Some(fill)) => last.strings.extend(fill.strings),
                    (_, fill) => fills.extend(fill),
                }
            }
            _ => {}
        }
    }
    if let Some(template) = open {
        close(Some(template), &id, keys);
    }
}

/// Where the incident's type stands among [`SLOTS`].
const TYPE_AT: usize = super::slots::TYPE;
