//! Comments one after the other, each under a line with its author or time, as they come out of copy and paste.
//!
//! In: the lines of the thread. Out: comments in order. Replies are known by indentation, by "name > other", or by "@other".

use std::collections::BTreeMap;

use super::lines::{Line, name_like};
use super::thread::is_header;
use crate::comments::Found;
use crate::cues::{self, CommentHeader, Furniture};

/// The comments among `lines`. Without a single header line each paragraph is a comment of its own.
pub(crate) fn read(text: &str, lines: &[Line]) -> Vec<Found> {
    let starts: Vec<usize> = (0..lines.len()).filter(|&i| is_header(text, lines, i)).collect();
    if starts.is_empty() {
        return paragraphs(text, lines);
    }
    let indented = starts.iter().any(|&i| lines[i].indent_columns > lines[starts[0]].indent_columns);
    let mut out: Vec<Found> = Vec::with_capacity(starts.len());
    let mut last_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let (header, body) = headed(text, &lines[start..end]);
        let (from, to) = reach(body).unwrap_or((lines[start].end, lines[start].end));
        let indent_columns = lines[start].indent_columns;
        while open.last().is_some_and(|(column, _)| *column >= indent_columns) {
            open.pop();
        }
        let above = if indented { open.last().map(|(_, i)| *i) } else { None };
        let called = header.to.clone().or_else(|| called(text.get(from..to).unwrap_or("")));
        let parent = called.and_then(|name| last_of.get(&folded(&name)).copied()).or(above);
        open.push((indent_columns, out.len()));
        if let Some(author) = &header.author {
            last_of.insert(folded(author), out.len());
        }
        out.push(Found { parent, author: header.author, time: header.time, start: from, end: to, ..Found::default() });
    }
    out
}

/// The header of a comment and the lines of its words.
fn headed<'l>(text: &str, lines: &'l [Line]) -> (CommentHeader, &'l [Line]) {
    let first = lines[0].words(text);
    let mut header = match cues::comment_header(first) {
        Some(header) => header,
        None => CommentHeader { author: Some(first.to_owned()), ..CommentHeader::default() },
    };
    let mut body = &lines[1..];
    if let Some(time) = body.first().filter(|l| header.time.is_none() && cues::is_time(l.words(text))) {
        header.time = Some(time.words(text).to_owned());
        body = &body[1..];
    }
    (header, body)
}

/// From the first to the last word of a comment, buttons at either end left out.
fn reach(body: &[Line]) -> Option<(usize, usize)> {
    let is_words = |l: &&Line| l.furniture.is_none();
    let first = body.iter().find(is_words)?;
    let last = body.iter().rev().find(is_words)?;
    Some((first.start, last.end))
}

/// The one spoken to in "@name, …" at the start of a comment.
fn called(words: &str) -> Option<String> {
    let name = words.strip_prefix('@')?;
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '!' | '?'));
    Some(name[..end.unwrap_or(name.len())].to_owned())
}

fn folded(name: &str) -> String {
    name.trim_start_matches('@').to_lowercase()
}

/// Under a bare heading: paragraphs, each a comment, a name on its own line above taken as the author.
fn paragraphs(text: &str, lines: &[Line]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut author: Option<String> = None;
    let lines = lines.iter().take_while(|l| !matches!(l.furniture, Some(Furniture::Related | Furniture::End)));
    let lines: Vec<&Line> = lines.filter(|l| l.furniture.is_none()).collect();
    for (i, line) in lines.iter().enumerate() {
        let next = lines.get(i + 1);
        let heads = name_like(line.words(text)) && next.is_some_and(|n| !name_like(n.words(text)));
        match out.last_mut() {
            Some(last) if line.gap == 0 && author.is_none() && !heads => last.end = line.end,
            _ if heads => author = Some(line.words(text).to_owned()),
            _ => out.push(Found { author: author.take(), start: line.start, end: line.end, ..Found::default() }),
        }
    }
    out
}
