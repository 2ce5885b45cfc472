//! Where a pasted page's article ends and its comments begin.
//!
//! In: the lines of a text. Out: [`FoundThread`]. Weighs the shape of the lines (nesting, names on lines of their own, headings,
//! reaching the end of the page), never what a comment says.

use super::lines::{Line, name_like};
use crate::cues::{self, Furniture};

/// How the comments are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// There are none.
    None,
    /// A tree of list items.
    Bullets,
    /// One after the other, each under a line with name or time.
    Pasted,
}

/// Line numbers: the article is `..article_end`, the comments `start..end`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FoundThread {
    pub(crate) article_end: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) layout: Layout,
}

/// A run of list items needs this many points to be a thread rather than a list of the article.
const ENOUGH_POINTS: i32 = 3;

/// Finds the thread of a page, if it has one.
pub(crate) fn find(text: &str, lines: &[Line]) -> FoundThread {
    let bullets = bullet_runs(lines).into_iter().find_map(|(start, end)| thread_in(text, lines, start, end));
    let pasted = pasted_start(text, lines);
    match (bullets, pasted) {
        (Some(run), Some(start)) if start < run.start && headers_in(text, &lines[start..run.start]) >= 2 => {
            with_heading(text, lines, start, lines.len(), Layout::Pasted)
        }
        (Some(run), _) => with_heading(text, lines, run.start, run.end, Layout::Bullets),
        (None, Some(start)) => with_heading(text, lines, start, lines.len(), Layout::Pasted),
        (None, None) => {
            FoundThread { article_end: lines.len(), start: lines.len(), end: lines.len(), layout: Layout::None }
        }
    }
}

struct Run {
    start: usize,
    end: usize,
}

/// Takes the heading above the comments, if any, out of the article, and the reply form below out of the comments.
fn with_heading(_text: &str, lines: &[Line], start: usize, end: usize, layout: Layout) -> FoundThread {
    let mut article_end = start;
    while article_end > 0 && lines[article_end - 1].furniture.is_some() {
        article_end -= 1;
    }
    let form = lines[start..end].iter().position(|l| l.furniture == Some(Furniture::End));
    FoundThread { article_end, start, end: form.map_or(end, |n| start + n), layout }
}

/// Maximal runs of list items with what is indented under them, as line ranges.
fn bullet_runs(lines: &[Line]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (i, line) in lines.iter().enumerate() {
        let stays = |base: usize| line.bullet.is_some() || line.indent_columns > base || goes_on(line.furniture);
        match open {
            Some((start, base)) if stays(base) => {
                let base = if line.bullet.is_some() { base.min(line.indent_columns) } else { base };
                open = Some((start, base));
            }
            Some((start, _)) => {
                runs.push((start, i));
                open = None;
            }
            None if line.bullet.is_some() && line.furniture.is_none() => open = Some((i, line.indent_columns)),
            None => {}
        }
    }
    if let Some((start, _)) = open {
        runs.push((start, lines.len()));
    }
    runs
}

/// Buttons stand between comments; an appeal or a heading parts them from the article.
fn goes_on(furniture: Option<Furniture>) -> bool {
    matches!(furniture, Some(Furniture::Thread | Furniture::Nav))
}

/// The thread inside the run `start..end`: the run itself, or what is left of it after a list of the article.
fn thread_in(text: &str, lines: &[Line], start: usize, end: usize) -> Option<Run> {
    let after = lines[end..].iter().all(|l| l.furniture.is_some());
    let above = start.checked_sub(1).and_then(|i| lines[i].furniture);
    let mut points = points(text, &lines[start..end]) + i32::from(after);
    match above {
        Some(Furniture::Heading) => points += 3,
        Some(_) => points += 1,
        None => points += i32::from(lines[start].gap >= 2),
    }
    if points < ENOUGH_POINTS {
        return None;
    }
    Some(Run { start: start + list_before(text, &lines[start..end]), end })
}

/// Points for looking like a thread: nested items, names on their own line, names that come back, times.
fn points(text: &str, run: &[Line]) -> i32 {
    let base = run.iter().filter(|l| l.bullet.is_some()).map(|l| l.indent_columns).min().unwrap_or(0);
    let items: Vec<usize> = (0..run.len()).filter(|&i| run[i].bullet.is_some()).collect();
    let n_items = items.len().max(1);
    let n_nested = items.iter().filter(|&&i| run[i].indent_columns > base).count();
    let mut names: Vec<&str> = items.iter().filter(|&&i| headed(text, run, i)).map(|&i| run[i].words(text)).collect();
    let n_headed = names.len();
    let n_times =
        run.iter().filter(|l| cues::is_time(l.words(text)) || cues::comment_header(l.words(text)).is_some()).count();
    names.sort_unstable();
    let repeats = names.windows(2).any(|w| w[0] == w[1]);
    // A nested list of plain items is still a list; nesting counts when the items have text of their own below.
    2 * i32::from(n_nested > 0 && n_headed > 0)
        + 2 * i32::from(n_headed * 2 >= n_items)
        + i32::from(n_headed >= 3)
        + i32::from(repeats)
        + 2 * i32::from(n_times * 2 >= n_items)
        - 2 * i32::from(n_headed == 0 && n_times == 0)
}

/// Whether item `i` is a name on a line of its own over text that is not an item. Without a blank line between, the text must be
/// set further in: a wrapped item goes on under its own words, but its first line is filled and no name.
fn headed(text: &str, run: &[Line], i: usize) -> bool {
    let Some(next) = run.get(i + 1) else { return false };
    let apart = next.gap > 0 || next.indent_columns > run[i].indent_columns || cues::is_time(next.words(text));
    next.bullet.is_none() && apart && name_like(run[i].words(text))
}

/// How many lines at the top of a run are a plain list of the article, parted from the thread by more blank lines than usual.
fn list_before(text: &str, run: &[Line]) -> usize {
    let mut gaps: Vec<usize> = run.iter().filter(|l| l.bullet.is_some()).map(|l| l.gap).collect();
    gaps.sort_unstable();
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    for (i, line) in run.iter().enumerate().skip(1) {
        if headed(text, run, i - 1) || cues::comment_header(run[i - 1].words(text)).is_some() {
            return 0;
        }
        if line.indent_columns != run[0].indent_columns || line.bullet.is_none() {
            return 0;
        }
        if line.gap >= 2 && line.gap > usual {
            return i;
        }
    }
    0
}

/// Where comments without bullets begin: at the first of two header lines and more, or under a heading.
fn pasted_start(text: &str, lines: &[Line]) -> Option<usize> {
    let heading = lines.iter().position(|l| l.furniture == Some(Furniture::Heading));
    let under = heading.map(|i| i + 1).filter(|&i| {
        let rest = &lines[i..];
        let counted = says_comments(lines[i - 1].words(text)) && reads_on(text, rest);
        rest.iter().any(|l| l.furniture.is_none()) && (headers_in(text, rest) > 0 || counted)
    });
    let first = first_header(text, lines, 0).filter(|&i| headers_in(text, &lines[i..]) >= 2);
    match (under, first) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether a heading is one over comments beyond doubt: a report may well have a part called "Discussion".
fn says_comments(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    heading.contains("comment") || heading.chars().any(|c| c.is_ascii_digit())
}

/// Whether what stands under a heading is readers' words: more than a form, before any other furniture.
fn reads_on(text: &str, rest: &[Line]) -> bool {
    rest.first().is_some_and(|l| l.furniture.is_none() && !l.wordless(text))
}

/// The first line at or after `from` that heads a pasted comment.
fn first_header(text: &str, lines: &[Line], from: usize) -> Option<usize> {
    (from..lines.len()).find(|&i| is_header(text, lines, i))
}

fn headers_in(text: &str, lines: &[Line]) -> usize {
    (0..lines.len()).filter(|&i| is_header(text, lines, i)).count()
}

/// Whether line `i` heads a pasted comment: a name with its time, or a name right above a time. A byline with its date
/// near the top is none: its label ("By …", "Published …") is known.
pub(crate) fn is_header(text: &str, lines: &[Line], i: usize) -> bool {
    let line = &lines[i];
    let words = line.words(text);
    if line.furniture.is_some() || cues::is_time(words) || cues::field(words).is_some() {
        return false;
    }
    if cues::comment_header(words).is_some() {
        return true;
    }
    let Some(next) = lines.get(i + 1) else { return false };
    next.gap <= 1 && cues::is_time(next.words(text)) && name_like(words) && i > 2
}
