//! The table by which two claims were joined, or were not, in plain text.
//!
//! In: a [`Decision`]. Out: aligned lines. Adds nothing to what it is given.

use sitrep_model::{Decision, DecisionRow, Decisions, Verdict};

use unicode_width::UnicodeWidthStr as _;

use crate::visible::one_line;

/// Letters of a cell; longer ones are cut.
const CELL_LETTERS: usize = 44;

/// One JSON object: the comparisons behind `id`.
#[must_use]
pub fn decisions_jsonl(id: &str, decisions: &Decisions) -> Vec<u8> {
    let line = serde_json::json!({ "id": id, "accounts": decisions.accounts, "others": decisions.others });
    let mut bytes = line.to_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

/// The rows of a comparison, aligned, and its sum.
pub(crate) fn lines(decision: &Decision) -> Vec<String> {
    let cells: Vec<[String; 3]> = decision.rows.iter().map(cells).collect();
    let wide = |column: usize| cells.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let (field, one, other) = (wide(0), wide(1), wide(2));
    let line = |(row, cell): (&DecisionRow, &[String; 3])| {
        let points = points(row);
        let (a, b, c) = (pad(&cell[0], field), pad(&cell[1], one), pad(&cell[2], other));
        format!("{a}  {b}  {c}  {points:>4}  {}", one_line(&row.says))
    };
    let mut lines: Vec<String> = decision.rows.iter().zip(&cells).map(line).collect();
    let blank = " ".repeat(one + other + 4);
    lines.push(format!("{}{blank}  {:>4}  {}", pad("sum", field), decision.points, verdict(decision)));
    lines
}

/// Filled with blanks to `columns` of the terminal.
fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

fn cells(row: &DecisionRow) -> [String; 3] {
    [row.field.clone(), cell(&row.one), cell(&row.other)]
}

fn cell(text: &str) -> String {
    let text = one_line(text);
    if text.chars().count() <= CELL_LETTERS {
        return text;
    }
    let start: String = text.chars().take(CELL_LETTERS - 2).collect();
    format!("{} …", start.trim_end_matches([' ', '…']))
}

/// `+20`, `-10`, `0`, or that it forbids.
pub(crate) fn points(row: &DecisionRow) -> String {
    match (row.outcome.as_str(), row.points) {
        ("forbids", _) => "no".to_owned(),
        (_, 0) => "0".to_owned(),
        (_, points) => format!("{points:+}"),
    }
}

/// What the sum means.
pub(crate) fn verdict(decision: &Decision) -> String {
    let needed = format!("{} needed", decision.enough);
    match decision.verdict {
        Verdict::SameEvent => format!("one event ({needed})"),
        Verdict::Perhaps => format!("perhaps one event ({needed}); missing: {}", decision.missing),
        Verdict::Apart => format!("two events ({needed}); missing: {}", decision.missing),
        Verdict::Never => decision.missing.clone(),
    }
}

#[cfg(test)]
mod tests {
    use sitrep_model::ClaimId;

    use super::*;

    fn row(field: &str, one: &str, other: &str, points: i32) -> DecisionRow {
        let (field, one, other) = (field.to_owned(), one.to_owned(), other.to_owned());
        DecisionRow { field, one, other, outcome: "same".into(), says: "the same".into(), points }
    }

    #[test]
    fn columns_stand_under_each_other() {
        let rows = vec![row("place", "Varnesh", "the town of Varnesh", 30), row("actor", &"a".repeat(60), "b", -20)];
        let (one, other) = (ClaimId::of(&["a"]), ClaimId::of(&["b"]));
        let missing = "60 points".to_owned();
        let decision =
            Decision { one, other, rows, points: 10, enough: 70, perhaps: 50, verdict: Verdict::Apart, missing };
        let lines = lines(&decision);
        let at = |line: &String, word: &str| line.find(word).map(|at| line[..at].chars().count());
        assert_eq!(at(&lines[0], "the same"), at(&lines[1], "the same"));
        assert_eq!(at(&lines[0], "the same"), at(&lines[2], "two events"));
        assert!(lines[1].contains("-20") && lines[0].contains("+30") && lines[2].ends_with("missing: 60 points"));
    }
}
