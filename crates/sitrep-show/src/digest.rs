//! A digest in words: what a colleague would tell of what changed, as text or Markdown.
//!
//! In: items of a digest and what they are counted from. Out: text. Leaves nothing out; every line ends in the id that explains it.

use std::fmt::Write as _;

use sitrep_model::{DigestItem, DigestKind, DigestSubject};

use crate::report::markdown::plain as escaped;
use crate::visible::one_line;
use crate::words;

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestMarkup {
    /// For a terminal.
    Plain,
    /// Markdown.
    Markdown,
}

const SECTIONS: [(&str, DigestKind, DigestSubject); 12] = [
    ("Reports that came in", DigestKind::New, DigestSubject::Report),
    ("Reports that are no longer there", DigestKind::Gone, DigestSubject::Report),
    ("Who holds what", DigestKind::New, DigestSubject::Control),
    ("Who holds what, told otherwise", DigestKind::Changed, DigestSubject::Control),
    ("New events", DigestKind::New, DigestSubject::Event),
    ("Events told otherwise", DigestKind::Changed, DigestSubject::Event),
    ("Events that follow no longer", DigestKind::Gone, DigestSubject::Event),
    ("In dispute", DigestKind::Disputed, DigestSubject::Dispute),
    ("No longer in dispute", DigestKind::Resolved, DigestSubject::Dispute),
    ("New forecasts", DigestKind::New, DigestSubject::Forecast),
    ("Forecasts decided", DigestKind::Resolved, DigestSubject::Forecast),
    ("Forecasts open again", DigestKind::Changed, DigestSubject::Forecast),
];

/// The digest; `heading` says since when, or against what.
#[must_use]
pub fn digest_text(items: &[DigestItem], heading: &str, markup: DigestMarkup) -> String {
    let is_markdown = markup == DigestMarkup::Markdown;
    let mut out = if is_markdown { format!("# {}\n\n", escaped(heading)) } else { format!("{heading}\n") };
    let _ = writeln!(out, "{}", opening(items));
    for (title, kind, what) in SECTIONS {
        let mut section: Vec<&DigestItem> = items.iter().filter(|it| it.kind == kind && it.what == what).collect();
        section.sort_by_key(|it| (it.day.is_none(), it.day));
        if section.is_empty() {
            continue;
        }
        let _ = if is_markdown { writeln!(out, "\n## {title}\n") } else { writeln!(out, "\n{title}") };
        for item in section {
            self::item(&mut out, item, is_markdown);
        }
    }
    out
}

/// One sentence of counts.
fn opening(items: &[DigestItem]) -> String {
    let n =
        |kind: DigestKind, what: DigestSubject| items.iter().filter(|it| it.kind == kind && it.what == what).count();
    use DigestKind::{Changed, Disputed, Gone, New, Resolved};
    use DigestSubject::{Control, Dispute, Event, Forecast, Report};
    let counted = [
        (n(New, Report), "new report", "new reports"),
        (n(New, Control) + n(Changed, Control), "place told to be held otherwise", "places told to be held otherwise"),
        (n(New, Event), "new event", "new events"),
        (n(Changed, Event), "event told otherwise", "events told otherwise"),
        (n(Gone, Event), "event that follows no longer", "events that follow no longer"),
        (n(Disputed, Dispute), "new or wider dispute", "new or wider disputes"),
        (n(Resolved, Dispute), "dispute settled", "disputes settled"),
        (n(New, Forecast), "new forecast", "new forecasts"),
        (n(Resolved, Forecast), "forecast decided or run out", "forecasts decided or run out"),
    ];
    let told: Vec<String> =
        counted.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| words::count(*n, one, many)).collect();
    match &told[..] {
        [] => "Nothing changed.".to_owned(),
        [one] => format!("{one}."),
        [all @ .., last] => format!("{} and {last}.", all.join(", ")),
    }
}

fn item(out: &mut String, item: &DigestItem, is_markdown: bool) {
    let plain = |text: &str| if is_markdown { escaped(text) } else { one_line(text) };
    let day = item.day.filter(|_| item.what != DigestSubject::Event && item.what != DigestSubject::Forecast);
    let day = day.map(|day| format!("{}: ", words::day(day))).unwrap_or_default();
    let id = match (item.what, is_markdown) {
        (DigestSubject::Control, _) => String::new(),
        (_, true) => format!(" (`{}`)", item.id),
        (_, false) => format!(" [{}]", item.id),
    };
    let _ = writeln!(out, "{}{day}{}.{id}", if is_markdown { "- " } else { "  " }, plain(&item.text));
    for detail in &item.details {
        let _ = writeln!(out, "{}{}", if is_markdown { "  - " } else { "      " }, plain(detail));
    }
}
