//! Comments as a tree of list items: "• name", a blank line, the words, deeper items below as replies.
//!
//! In: the lines of the thread. Out: comments in order. Depth comes from indentation of any width; an item may have no name.

use super::lines::{Line, name_like};
use crate::comments::Found;
use crate::cues::{self, CommentHeader, Furniture};

/// The comments among `lines`.
pub(crate) fn read(text: &str, lines: &[Line]) -> Vec<Found> {
    let mark = usual_mark(lines);
    let starts: Vec<usize> = (0..lines.len()).filter(|&i| is_item(&lines[i], mark)).collect();
    let close = names_stand_close(text, lines, &starts);
    let mut out: Vec<Found> = Vec::with_capacity(starts.len());
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let indent_columns = lines[start].indent_columns;
        while open.last().is_some_and(|(column, _)| *column >= indent_columns) {
            open.pop();
        }
        let mut found = item(text, &lines[start..end], close);
        found.parent = open.last().map(|(_, i)| *i);
        open.push((indent_columns, out.len()));
        out.push(found);
    }
    out
}

/// The bullet most items have; other marks are lists inside a comment.
fn usual_mark(lines: &[Line]) -> Option<char> {
    let mut counts: Vec<(char, usize)> = Vec::new();
    for mark in lines.iter().filter_map(|l| l.bullet) {
        match counts.iter_mut().find(|(m, _)| *m == mark) {
            Some((_, n)) => *n += 1,
            None => counts.push((mark, 1)),
        }
    }
    let first = counts.first()?;
    let most = counts.iter().max_by_key(|(_, n)| *n)?;
    Some(if first.1 * 2 >= most.1 { first.0 } else { most.0 })
}

fn is_item(line: &Line, mark: Option<char>) -> bool {
    line.bullet.is_some() && line.bullet == mark && line.furniture.is_none()
}

/// Whether names stand right above the words, without a blank line, in most items of this thread.
fn names_stand_close(text: &str, lines: &[Line], starts: &[usize]) -> bool {
    let close = |&&i: &&usize| {
        let next = lines.get(i + 1);
        next.is_some_and(|l| l.bullet.is_none() && l.gap == 0) && name_like(lines[i].words(text))
    };
    starts.iter().filter(close).count() * 5 >= starts.len() * 3
}

/// One item, its lines given: name, time and words.
fn item(text: &str, lines: &[Line], names_stand_close: bool) -> Found {
    let words_of = |l: &Line| l.words(text).to_owned();
    let useful: Vec<&Line> = lines.iter().filter(|l| !is_button(l)).collect();
    let Some((&first, rest)) = useful.split_first() else { return Found::default() };
    let mut header = CommentHeader::default();
    let mut body: &[&Line] = &useful;
    if let Some(read) = cues::comment_header(first.words(text)).filter(|_| !rest.is_empty()) {
        header = read;
        body = rest;
    } else if let Some(next) = rest.first() {
        let parted = next.gap > 0 || cues::is_time(next.words(text)) || names_stand_close;
        if parted && name_like(first.words(text)) {
            header.author = Some(words_of(first));
            body = rest;
        }
    }
    if let Some((time, words)) = body.split_first()
        && header.time.is_none()
        && cues::is_time(time.words(text))
        && !words.is_empty()
    {
        header.time = Some(words_of(time));
        body = words;
    }
    let (start, end) = match (body.first(), body.last()) {
        (Some(from), Some(to)) => (if std::ptr::eq(*from, first) { from.body } else { from.start }, to.end),
        _ => (first.end, first.end),
    };
    Found { author: header.author, time: header.time, start, end, ..Found::default() }
}

/// "Reply", "12", "▲": between comments, never of them.
fn is_button(line: &Line) -> bool {
    line.bullet.is_none() && matches!(line.furniture, Some(Furniture::Thread | Furniture::Nav))
}
