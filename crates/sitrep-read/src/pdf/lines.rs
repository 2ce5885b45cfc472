//! From runs of text on pages to paragraphs.
//!
//! In: the runs of each page. Out: paragraphs in reading order, and how many lines at the edges of pages were dropped. Lines are joined
//! across line ends and pages, words across the hyphen that parts them. Never reorders what was drawn in a sensible order.

use std::collections::BTreeMap;

use sitrep_model::BlockKind;

use super::runs::Run;
use crate::office::Paragraph;

/// Lines at the top and at the bottom of a page among which running heads are looked for.
const EDGE_LINES: usize = 3;
/// A heading is at least this much larger than the text.
const HEADING_SIZE: f32 = 1.15;
const HEADING_BYTES: usize = 250;

/// A line of text.
#[derive(Debug, Clone)]
struct Line {
    x: f32,
    end_x: f32,
    y: f32,
    size: f32,
    text: String,
    page: usize,
}

/// The paragraphs of all pages.
pub(super) fn paragraphs(pages: Vec<Vec<Run>>) -> (Vec<Paragraph>, usize) {
    let mut pages: Vec<Vec<Line>> = pages.into_iter().enumerate().map(|(n, runs)| lines(n, runs)).collect();
    let n_dropped = drop_running_heads(&mut pages);
    let lines: Vec<Line> = pages.into_iter().flatten().collect();
    let body = usual(lines.iter().map(|line| (line.size, line.text.len())));
    let gaps = lines.windows(2).filter(|pair| pair[0].page == pair[1].page).map(|pair| pair[0].y - pair[1].y);
    let leading = usual(gaps.filter(|gap| *gap > 0.0).map(|gap| (gap, 1)));
    let margin = usual(lines.iter().filter(|line| line.text.len() > 40).map(|line| (line.end_x, 1)));
    let largest = lines.iter().filter(|l| l.page == 0 && l.text.len() > 3).map(|l| l.size).fold(0.0, f32::max);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    let mut has_title = false;
    for line in &lines {
        let is_large = line.size >= body * HEADING_SIZE && line.text.len() <= HEADING_BYTES;
        let kind = if is_large && line.page == 0 && line.size >= largest * 0.98 {
            BlockKind::Headline
        } else if is_large {
            BlockKind::Heading
        } else if opens_item(&line.text) {
            BlockKind::List
        } else {
            BlockKind::Body
        };
        let goes_on = before.is_some_and(|before| goes_on(before, line, leading, margin));
        match out.last_mut() {
            Some(last) if goes_on && (kind == last.kind || kind == BlockKind::Body && last.kind == BlockKind::List) => {
                join(&mut last.text, &line.text);
            }
            // A second line of the largest size, apart from the first, is a heading.
            _ => {
                let kind = if kind == BlockKind::Headline && has_title { BlockKind::Heading } else { kind };
                has_title |= kind == BlockKind::Headline;
                out.push(Paragraph::new(kind, line.text.clone()));
            }
        }
        before = Some(line);
    }
    (out, n_dropped)
}

/// The lines of a page, in the order they are drawn, or from top to bottom when that order makes no sense.
fn lines(page: usize, runs: Vec<Run>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for run in runs {
        if let Some(line) = out.last_mut() {
            let size = line.size.max(run.size).max(1.0);
            let same = (line.y - run.y).abs() < size * 0.45
                && run.x > line.end_x - size * 1.5
                && run.x < line.end_x + size * 12.0;
            if same {
                let gap = run.x - line.end_x;
                let apart =
                    gap > size * 0.17 && !line.text.ends_with(char::is_whitespace) && !run.text.starts_with(' ');
                if apart {
                    line.text.push(' ');
                }
                line.text.push_str(&run.text);
                line.end_x = run.end_x;
                if run.text.len() > line.text.len() / 2 {
                    line.size = run.size;
                }
                continue;
            }
        }
        out.push(Line { x: run.x, end_x: run.end_x, y: run.y, size: run.size, text: run.text, page });
    }
    for line in &mut out {
        line.text = tidy(&line.text);
    }
    out.retain(|line| !line.text.is_empty());
    let n_up = out.windows(2).filter(|pair| pair[1].y > pair[0].y + pair[0].size).count();
    if n_up * 4 > out.len() && n_up > 3 {
        out.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    }
    out
}

/// A line's words, ligatures taken apart.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\u{FB00}' => out.push_str("ff"),
                '\u{FB01}' => out.push_str("fi"),
                '\u{FB02}' => out.push_str("fl"),
                '\u{FB03}' => out.push_str("ffi"),
                '\u{FB04}' => out.push_str("ffl"),
                '\u{200B}' | '\u{FEFF}' => {}
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
    }
    out
}

/// Drops lines that stand at the edge of most pages, whatever number they hold. Says how many.
fn drop_running_heads(pages: &mut [Vec<Line>]) -> usize {
    let n_full = pages.iter().filter(|lines| !lines.is_empty()).count();
    if n_full < 2 {
        return 0;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for lines in pages.iter() {
        let mut here: Vec<String> = edges(lines).map(|i| folded(&lines[i].text)).collect();
        here.sort();
        here.dedup();
        for text in here {
            *seen.entry(text).or_default() += 1;
        }
    }
    let is_head = |text: &str| {
        let n_pages = seen.get(&folded(text)).copied().unwrap_or(0);
        n_pages >= 2 && n_pages * 2 > n_full
    };
    let mut n_dropped = 0;
    for lines in pages.iter_mut() {
        let edges: Vec<usize> = edges(lines).collect();
        let drop: Vec<usize> = edges.into_iter().filter(|i| is_head(&lines[*i].text)).collect();
        n_dropped += drop.len();
        let mut i = 0;
        lines.retain(|_| {
            i += 1;
            !drop.contains(&(i - 1))
        });
    }
    n_dropped
}

/// Lines nearest to the top and to the bottom.
fn edges(lines: &[Line]) -> impl Iterator<Item = usize> + use<> {
    let mut by_height: Vec<usize> = (0..lines.len()).collect();
    by_height.sort_by(|a, b| lines[*b].y.total_cmp(&lines[*a].y));
    let bottom = by_height.len().saturating_sub(EDGE_LINES).max(EDGE_LINES);
    let (top, rest) = (by_height.clone(), by_height);
    top.into_iter().take(EDGE_LINES).chain(rest.into_iter().skip(bottom))
}

/// A line with every number the same, so that page numbers do not tell lines apart.
fn folded(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The most frequent value, by weight, to half a point; 0 of nothing.
fn usual(values: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut weights: BTreeMap<i32, usize> = BTreeMap::new();
    for (value, weight) in values {
        *weights.entry((value * 2.0).round() as i32).or_default() += weight;
    }
    weights.into_iter().max_by_key(|(_, weight)| *weight).map_or(0.0, |(value, _)| value as f32 / 2.0)
}

/// Whether `line` goes on with the paragraph that `before` is in.
fn goes_on(before: &Line, line: &Line, leading: f32, margin: f32) -> bool {
    let like = (before.size - line.size).abs() <= before.size * 0.1;
    if !like || opens_item(&line.text) {
        return false;
    }
    let ends = before.text.trim_end_matches(['"', '”', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':']);
    let starts_small = line.text.chars().next().is_some_and(char::is_lowercase);
    if before.page != line.page {
        return !ends && (starts_small || before.text.ends_with('-'));
    }
    let gap = before.y - line.y;
    // Upwards: the next column.
    if gap <= 0.0 {
        return !ends && gap < 0.0;
    }
    let is_far = gap > leading.max(before.size) * 1.4;
    let is_short = before.end_x < margin - (margin - before.x).abs() * 0.2;
    let is_indented = line.x > before.x + line.size * 0.8 && line.x < before.x + line.size * 5.0;
    !(is_far || ends && (is_short || is_indented) || is_short && !starts_small && before.text.len() < 60)
}

/// Whether a line begins an item of a list.
fn opens_item(text: &str) -> bool {
    let mut chars = text.chars();
    let is_mark =
        matches!(chars.next(), Some('•' | '◦' | '▪' | '●' | '■' | '➢' | '–' | '-' | '*' | '\u{F0B7}' | '\u{F0A7}'));
    is_mark && chars.next() == Some(' ')
}

/// Joins a line to a paragraph. The hyphen that parts a word at the line's end goes; one between capitals or numbers stays.
fn join(paragraph: &mut String, line: &str) {
    let parted = paragraph.ends_with(['-', '\u{AD}']) && !paragraph.ends_with(" -");
    let starts_small = line.chars().next().is_some_and(char::is_lowercase);
    if parted && starts_small {
        let before = paragraph.chars().rev().nth(1);
        if before.is_some_and(char::is_lowercase) {
            paragraph.pop();
        }
    } else if !parted {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}
