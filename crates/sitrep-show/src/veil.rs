//! Readers' names inside readers' own words: "@Wren", "Wren Aldous wrote:", covered before anything is shown.
//!
//! In: contents, or one document with its claims. Out: the same with such names covered character by character, so that every span
//! still points where it did. Only words of comments and what was understood from them are touched; the article names whom it names.
//! Never changes a record. A reader called by a common single word is covered where that word addresses someone, not everywhere.

use std::collections::{BTreeMap, BTreeSet};

use sitrep_model::{ActorRef, Claim, Contents, Document, Span, Voice};

/// Names of readers on one page, as words in lower case, by their first word.
type Known = BTreeMap<String, Vec<Vec<String>>>;
/// Covered words as they stood, in lower case, by comment.
type Covered = BTreeMap<String, BTreeSet<String>>;

/// Words that follow the name of one who is quoted.
const QUOTING: [&str; 5] = ["wrote", "writes", "said", "says", "asked"];

/// Covers readers' names in everything that comes from comments.
pub fn veil(contents: &mut Contents) {
    let mut covered = Covered::new();
    for document in &mut contents.documents {
        covered.append(&mut veil_document(document));
    }
    if covered.is_empty() {
        return;
    }
    let texts: BTreeMap<&str, &str> = contents.documents.iter().map(|it| (it.id.as_str(), it.text.as_str())).collect();
    let mut by_claim: BTreeMap<String, &BTreeSet<String>> = BTreeMap::new();
    for claim in contents.claims.iter_mut().filter(|claim| claim.voice == Voice::Comment) {
        if let Some(words) = words_of(claim, &covered) {
            veil_claim(claim, texts.get(claim.document.as_str()).copied().unwrap_or_default(), words);
            by_claim.insert(claim.claim_id.to_string(), words);
        }
    }
    let of = |ids: &mut dyn Iterator<Item = &str>| -> BTreeSet<String> {
        ids.filter_map(|id| by_claim.get(id)).flat_map(|words| words.iter().cloned()).collect()
    };
    for event in &mut contents.events {
        let words = of(&mut event.accounts.iter().map(|account| account.claim_id.as_str()));
        cover_in(&mut event.summary, &words);
        event.actors.iter_mut().chain(&mut event.targets).for_each(|actor| veil_actor(actor, &words));
    }
    for dispute in &mut contents.disputes {
        let words = of(&mut dispute.sides.iter().flat_map(|side| &side.claims).map(|id| id.as_str()));
        dispute.sides.iter_mut().for_each(|side| cover_in(&mut side.value, &words));
        cover_in(&mut dispute.reading, &words);
    }
    for link in &mut contents.links {
        let words = of(&mut [link.from.as_str(), link.to.as_str()].into_iter());
        cover_in(&mut link.why, &words);
    }
    for forecast in &mut contents.forecasts {
        let words = of(&mut std::iter::once(forecast.claim_id.as_str()));
        cover_in(&mut forecast.criteria, &words);
    }
}

/// The same for one document and the claims read from it.
pub fn veil_report(document: &mut Document, claims: &mut [Claim]) {
    let covered = veil_document(document);
    for claim in claims.iter_mut().filter(|claim| claim.voice == Voice::Comment) {
        if let Some(words) = words_of(claim, &covered) {
            veil_claim(claim, &document.text, words);
        }
    }
}

fn words_of<'v>(claim: &Claim, covered: &'v Covered) -> Option<&'v BTreeSet<String>> {
    covered.get(claim.comment_id.as_ref()?.as_str())
}

/// Covers names in the comments of a document and tells what was covered.
fn veil_document(document: &mut Document) -> Covered {
    let known = known(document);
    let mut covered = Covered::new();
    let mut hidden: Vec<Span> = Vec::new();
    for (span, comment) in thread(document) {
        let text = span.of(&document.text);
        for (from, to) in names_in(text, &known, comment.is_none()) {
            if let Some(comment) = comment {
                covered.entry(comment.to_owned()).or_default().insert(text[from..to].to_lowercase());
            }
            let start = span.start as usize;
            hidden.push(Span::new(start + from, start + to));
        }
    }
    if !hidden.is_empty() {
        let mut text = String::with_capacity(document.text.len());
        hidden.sort_by_key(|span| (span.start, span.end));
        let mut at = 0;
        for span in hidden.into_iter().filter(|span| !span.is_empty()) {
            let (start, end) = ((span.start as usize).max(at), span.end as usize);
            if start >= end {
                continue;
            }
            text.push_str(&document.text[at..start]);
            text.extend(document.text[start..end].chars().map(cover));
            at = end;
        }
        text.push_str(&document.text[at..]);
        document.text = text;
    }
    covered
}

/// The words of each comment with its id, and what stands between them: lines that say who wrote when.
fn thread(document: &Document) -> Vec<(Span, Option<&str>)> {
    if document.comments.is_empty() {
        return Vec::new();
    }
    let mut spans: Vec<(Span, Option<&str>)> =
        document.comments.iter().map(|comment| (comment.span, Some(comment.id.as_str()))).collect();
    let article = document.blocks.iter().map(|block| block.span);
    let mut taken: Vec<Span> = article.chain(spans.iter().map(|(span, _)| *span)).collect();
    taken.sort_by_key(|span| (span.start, span.end));
    let mut at = 0;
    let end = u32::try_from(document.text.len()).unwrap_or(u32::MAX);
    for next in taken.into_iter().chain([Span { start: end, end }]) {
        if next.start > at && !document.blocks.is_empty() {
            spans.push((Span { start: at, end: next.start }, None));
        }
        at = at.max(next.end);
    }
    spans
}

fn known(document: &Document) -> Known {
    let mut known = Known::new();
    for author in document.comments.iter().filter_map(|comment| comment.author.as_deref()) {
        let name: Vec<String> = tokens(author).into_iter().map(|(from, to)| author[from..to].to_lowercase()).collect();
        if let Some(first) = name.first() {
            let names = known.entry(first.clone()).or_default();
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    // The longest name first: "Wren Aldous" before "Wren".
    known.values_mut().for_each(|names| names.sort_by_key(|name| std::cmp::Reverse(name.len())));
    known
}

/// Runs of letters, digits and low lines.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if !(c.is_alphanumeric() || c == '_') {
            continue;
        }
        let end = at + c.len_utf8();
        match found.last_mut() {
            Some(last) if last.1 == at => last.1 = end,
            _ => found.push((at, end)),
        }
    }
    found
}

/// Where readers are named in the words of a comment; `anywhere`: every name of a reader counts, however common a word.
fn names_in(text: &str, known: &Known, anywhere: bool) -> Vec<(usize, usize)> {
    let tokens = tokens(text);
    let lower: Vec<String> = tokens.iter().map(|&(from, to)| text[from..to].to_lowercase()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (from, to) = tokens[at];
        let called = text[..from].ends_with('@');
        let fits = |name: &&Vec<String>| lower[at..].starts_with(name);
        let name = known.get(&lower[at]).and_then(|names| names.iter().find(fits));
        let is_named = |name: &&Vec<String>| name.len() > 1 || is_handle(&text[from..to]) || addresses(text, from, to);
        let mut n_words = name.filter(|name| called || anywhere || is_named(name)).map_or(0, Vec::len);
        if called && n_words == 0 {
            n_words = 1;
            // "@wren.aldous"
            while let Some(&(next, _)) = tokens.get(at + n_words) {
                let end = tokens[at + n_words - 1].1;
                if next == end + 1 && matches!(text.as_bytes()[end], b'.' | b'-') { n_words += 1 } else { break }
            }
        }
        if called && at > 0 && tokens[at - 1].1 + 1 == from {
            // "someone@host": the part before names the person.
            found.push(tokens[at - 1]);
        }
        if n_words > 0 {
            found.push((from, tokens[at + n_words - 1].1));
        }
        at += n_words.max(1);
    }
    found
}

/// A word nobody writes but as a handle: `harbour_watch`, `wren77`, `WrenA`.
fn is_handle(word: &str) -> bool {
    word.contains('_')
        || word.contains(char::is_numeric) && word.contains(char::is_alphabetic)
        || word.chars().skip(1).any(char::is_uppercase) && word.contains(char::is_lowercase)
}

/// Whether a word at the start of a line speaks to someone or quotes someone: "Wren, you are wrong", "Wren wrote:".
fn addresses(text: &str, from: usize, to: usize) -> bool {
    let starts_line = text[..from].trim_end_matches([' ', '\t', '>', '“', '"', '*']).chars().next_back();
    let after = &text[to..];
    let next = after.split_whitespace().next().unwrap_or_default().trim_end_matches(':');
    starts_line.is_none_or(|c| c == '\n') && (after.starts_with([',', ':']) || QUOTING.contains(&next))
}

/// A mark as long as `c` in bytes, code points and UTF-16 units.
fn cover(c: char) -> char {
    match (c.is_whitespace(), c.len_utf8()) {
        (true, _) => c,
        (_, 1) => '*',
        (_, 2) => '\u{B7}',
        (_, 3) => '\u{2022}',
        _ => '\u{10101}',
    }
}

/// Covers the given words wherever they stand in `text` as whole words.
fn cover_in(text: &mut String, words: &BTreeSet<String>) {
    for word in words {
        let wanted: Vec<String> = tokens(word).into_iter().map(|(from, to)| word[from..to].to_owned()).collect();
        let spots = tokens(text);
        let lower: Vec<String> = spots.iter().map(|&(from, to)| text[from..to].to_lowercase()).collect();
        let hits: Vec<(usize, usize)> = (0..spots.len())
            .filter(|&at| !wanted.is_empty() && lower[at..].starts_with(&wanted))
            .map(|at| (spots[at].0, spots[at + wanted.len() - 1].1))
            .collect();
        for (from, to) in hits {
            let covered: String = text[from..to].chars().map(cover).collect();
            text.replace_range(from..to, &covered);
        }
    }
}

fn veil_actor(actor: &mut ActorRef, words: &BTreeSet<String>) {
    cover_in(&mut actor.name, words);
    cover_in(&mut actor.text, words);
    actor.refers_to.iter_mut().chain(&mut actor.member_of).for_each(|text| cover_in(text, words));
}

/// `text` is the document's, covered.
fn veil_claim(claim: &mut Claim, text: &str, words: &BTreeSet<String>) {
    let span = Span { start: claim.start, end: claim.end };
    let stands = span.of(text);
    if stands.len() == claim.quote.len() {
        claim.quote = stands.to_owned();
    }
    cover_in(&mut claim.quote, words);
    claim.actors.iter_mut().chain(&mut claim.targets).for_each(|actor| veil_actor(actor, words));
    claim.things.iter_mut().for_each(|it| cover_in(&mut it.text, words));
    claim.instruments.iter_mut().for_each(|it| cover_in(&mut it.text, words));
    claim.operation.iter_mut().chain(&mut claim.condition_text).for_each(|it| cover_in(it, words));
    claim.notes.iter_mut().for_each(|note| cover_in(note, words));
    for place in [&mut claim.place, &mut claim.origin, &mut claim.destination].into_iter().flatten() {
        cover_in(&mut place.text, words);
        place.name.iter_mut().for_each(|name| cover_in(name, words));
    }
    for link in &mut claim.attribution {
        if link.kind != sitrep_model::AttributionType::Commenter {
            link.holder.iter_mut().for_each(|holder| cover_in(holder, words));
        }
        link.cue.iter_mut().for_each(|cue| cover_in(cue, words));
    }
    if let Some(forecast) = &mut claim.forecast {
        cover_in(&mut forecast.criteria, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veiled(authors: &[&str], text: &str) -> String {
        let mut known = Known::new();
        for author in authors {
            let name: Vec<String> = tokens(author).into_iter().map(|(a, b)| author[a..b].to_lowercase()).collect();
            known.entry(name[0].clone()).or_default().push(name);
        }
        let mut out = text.to_owned();
        for (from, to) in names_in(text, &known, false) {
            let covered: String = text[from..to].chars().map(cover).collect();
            out.replace_range(from..to, &covered);
        }
        assert_eq!((out.len(), out.chars().count()), (text.len(), text.chars().count()), "spans stay true");
        out
    }

    #[test]
    fn readers_are_covered_where_they_are_named() {
        let authors = ["Wren Aldous", "harbour_watch", "Peace", "Žofie Ř"];
        for (text, shown) in [
            ("Agree with Wren Aldous on this.", "Agree with **** ****** on this."),
            ("@Wren Aldous no", "@**** ****** no"),
            ("@wren.aldous and @someone-else: no", "@*********** and @************: no"),
            ("As Harbour_Watch told us", "As ************* told us"),
            ("Peace, you are wrong. Peace will come.", "*****, you are wrong. Peace will come."),
            ("> Peace wrote:\nno", "> ***** wrote:\nno"),
            ("write to ann@post.example", "write to ***@************"),
            ("Žofie Ř knows", "·**** · knows"),
            ("The wren sings in Aldous Street.", "The wren sings in Aldous Street."),
        ] {
            assert_eq!(veiled(&authors, text), shown, "{text}");
        }
    }
}
