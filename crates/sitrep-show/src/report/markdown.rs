//! The report in CommonMark with footnotes.
//!
//! In: a plan. Out: text. Never lets words of a source act as markup or become a link.

use std::fmt::Write as _;

use super::plan::{Item, Plan};
use crate::visible::{brief, one_line};

pub(crate) fn markdown(plan: &Plan) -> String {
    let mut out = format!("# {}\n\n{}\n", plain(&plan.title), plain(&plan.basis));
    for caution in &plan.cautions {
        let _ = write!(out, "\n> **Note.** {}\n", plain_but_code(caution));
    }
    for section in &plan.sections {
        let _ = write!(out, "\n## {}\n\n", plain(&section.heading));
        if let Some(lead) = &section.lead {
            let _ = write!(out, "*{}*\n\n", plain(lead));
        }
        section.items.iter().for_each(|item| push_item(&mut out, item));
    }
    if !plan.notes.is_empty() {
        out.push_str("\n## Notes\n\n");
    }
    for note in &plan.notes {
        let _ = writeln!(
            out,
            "[^{}]: {}: “{}” ({})",
            note.number,
            plain(&note.source),
            plain(&note.quote),
            plain(&note.trace)
        );
    }
    out
}

fn push_item(out: &mut String, item: &Item) {
    let marks = if item.marks.is_empty() { String::new() } else { format!(" *({})*", plain(&item.marks.join("; "))) };
    let _ = writeln!(out, "- {}{}{marks}", plain(&item.sentence), references(&item.notes));
    for side in &item.sides {
        let _ = writeln!(out, "  - {}{}", plain(&side.text), references(&side.notes));
    }
}

fn references(notes: &[usize]) -> String {
    notes.iter().map(|number| format!("[^{number}]")).collect::<Vec<_>>().join(" ")
}

/// Text that cannot act as markup: one line, every active character escaped, addresses kept from becoming links.
pub(crate) fn plain(text: &str) -> String {
    let line = one_line(&brief(text));
    let mut out = String::with_capacity(line.len() + 8);
    let starts_list = line.starts_with(['-', '+', '>', '=']) || line.starts_with(|c: char| c.is_ascii_digit());
    for (at, c) in line.char_indices() {
        let active = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '~' | '!' | '$' | '@' => true,
            '-' | '+' | '=' => at == 0,
            '.' | ')' => (starts_list && line[..at].bytes().all(|b| b.is_ascii_digit())) || ends_with_www(&line[..at]),
            ':' => line[at..].starts_with("://"),
            _ => false,
        };
        if active {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn ends_with_www(text: &str) -> bool {
    text.len() >= 3 && text.get(text.len() - 3..).is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// Our own words with `code` in them; code spans stay, all else is plain.
fn plain_but_code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { format!("`{part}`") } else { spaced(part) }).collect()
}

fn spaced(part: &str) -> String {
    let (before, after) = (part.starts_with(' '), part.ends_with(' ') && part.len() > 1);
    format!("{}{}{}", if before { " " } else { "" }, plain(part), if after { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_source_cannot_act_as_markup() {
        assert_eq!(plain("**bold** <b>x</b> [a](b)"), "\\*\\*bold\\*\\* \\<b\\>x\\</b\\> \\[a\\](b)");
        assert_eq!(plain("see http://a.example and www.b.example"), "see http\\://a.example and www\\.b.example");
        assert_eq!(plain("1. not a list"), "1\\. not a list");
        assert_eq!(plain("- nor this\n# nor that"), "\\- nor this \\# nor that");
        assert_eq!(plain("é 2. fine"), "é 2. fine");
    }
}
