//! Values inside a JSON text, one at a time, while it streams.
//!
//! In: a reader and the paths at which values are wanted (`["chats", "list", "*", "messages", "*"]`, `*` for any element of a list).
//! Out: [`Item`]s: the bytes of each such value, where it starts, and the plain facts written before it in the objects around it.
//! Holds one value at a time, so a file of any size takes the memory of its largest wanted value, which is bounded; what is not
//! wanted is passed over. Never parses a value: whoever asked does, and a bad one costs only itself.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// The largest value that is handed out, in bytes.
const MAX_ITEM_BYTES: usize = 16 * 1024 * 1024;
/// The longest fact or key that is kept, in bytes.
const MAX_FACT_BYTES: usize = 2_000;
/// Facts kept of one object.
const MAX_FACTS: usize = 200;

/// A value that was asked for.
#[derive(Debug)]
pub(super) struct Item {
    /// Its bytes as found.
    pub(super) raw: Vec<u8>,
    /// Where it starts in the file.
    pub(super) offset_bytes: u64,
    /// Strings and numbers written before it in the objects around it, the inner ones first.
    pub(super) about: BTreeMap<String, String>,
}

/// Paths from their short form, `chats.list.*.messages.*`; an empty one is the whole text.
pub(super) fn paths(short: &[&str]) -> Vec<Vec<String>> {
    let path = |short: &&str| short.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    short.iter().map(path).collect()
}

/// Why a value, or the rest of the text, could not be read.
#[derive(Debug)]
pub(super) struct Trouble {
    /// Where.
    pub(super) offset_bytes: u64,
    /// A short name.
    pub(super) code: &'static str,
    /// What is wrong.
    pub(super) why: String,
}

struct Level {
    is_object: bool,
    /// The name under which this level stands in its parent; `*` in a list.
    key: String,
    facts: BTreeMap<String, String>,
}

/// The wanted values of one text. Ends after the first [`Trouble`] that leaves no way to go on.
pub(super) struct Items<R> {
    reader: R,
    offset_bytes: u64,
    wanted: Vec<Vec<String>>,
    open: Vec<Level>,
    begun: bool,
    done: bool,
}

impl<R: BufRead> Items<R> {
    /// The values of `reader` at `wanted`.
    pub(super) fn new(reader: R, wanted: Vec<Vec<String>>) -> Items<R> {
        Items { reader, offset_bytes: 0, wanted, open: Vec::new(), begun: false, done: false }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn bump(&mut self) {
        self.reader.consume(1);
        self.offset_bytes += 1;
    }

    /// The next byte that is neither white space nor a comma.
    fn next_sign(&mut self) -> io::Result<Option<u8>> {
        while let Some(b) = self.peek()? {
            if !(b.is_ascii_whitespace() || b == b',' || !self.begun && matches!(b, 0xEF | 0xBB | 0xBF)) {
                return Ok(Some(b));
            }
            self.bump();
        }
        Ok(None)
    }

    fn trouble(&mut self, code: &'static str, why: impl Into<String>) -> Trouble {
        self.done = true;
        Trouble { offset_bytes: self.offset_bytes, code, why: why.into() }
    }

    fn cut_short(&mut self) -> Trouble {
        self.trouble("cut-short", "the file ends in the middle (is it still being written?)")
    }

    /// Takes the next step: a wanted value, or `None` when the step gave none.
    fn step(&mut self) -> io::Result<Option<Result<Item, Trouble>>> {
        let Some(sign) = self.next_sign()? else {
            let whole = self.open.is_empty();
            self.done = true;
            return Ok((!whole).then(|| Err(self.cut_short())));
        };
        self.begun = true;
        match self.open.last().map(|level| level.is_object) {
            Some(true) if sign == b'}' => {
                self.bump();
                self.open.pop();
                Ok(None)
            }
            Some(true) if sign == b'"' => {
                let name = match self.value(MAX_FACT_BYTES)? {
                    Taken::Whole(raw) => serde_json::from_slice(&raw).unwrap_or_default(),
                    Taken::TooLarge => String::new(),
                    Taken::CutShort => return Ok(Some(Err(self.cut_short()))),
                };
                if self.next_sign()? != Some(b':') {
                    return Ok(Some(Err(
                        self.trouble("not-json", "a name without a value: this is not JSON from here on")
                    )));
                }
                self.bump();
                match self.next_sign()? {
                    Some(sign) => self.enter(name, sign),
                    None => Ok(Some(Err(self.cut_short()))),
                }
            }
            Some(false) if sign == b']' => {
                self.bump();
                self.open.pop();
                Ok(None)
            }
            Some(false) => self.enter("*".to_owned(), sign),
            None => self.enter(String::new(), sign),
            Some(true) => Ok(Some(Err(self.trouble("not-json", "this is not JSON from here on")))),
        }
    }

    /// The value that begins with `sign` under the name `key`: handed out, opened, kept as a fact, or passed over.
    fn enter(&mut self, key: String, sign: u8) -> io::Result<Option<Result<Item, Trouble>>> {
        let root = self.open.is_empty();
        let names = |path: &[String], open: &[Level]| {
            // The root has no name of its own.
            let mut at = open.iter().skip(1).map(|l| l.key.as_str()).chain((!root).then_some(key.as_str()));
            let n = open.len();
            path.len() >= n && path.iter().take(n).all(|p| at.next() == Some(p.as_str()))
        };
        let n = self.open.len();
        let whole = self.wanted.iter().any(|p| p.len() == n && names(p, &self.open));
        let on_the_way = self.wanted.iter().any(|p| p.len() > n && names(p, &self.open));
        let container = matches!(sign, b'{' | b'[');
        if whole {
            let offset_bytes = self.offset_bytes;
            return Ok(Some(match self.value(MAX_ITEM_BYTES)? {
                Taken::Whole(raw) => Ok(Item { raw, offset_bytes, about: self.about() }),
                Taken::TooLarge => Err(Trouble {
                    offset_bytes,
                    code: "too-large",
                    why: format!("a record larger than {} MiB is left out", MAX_ITEM_BYTES / (1024 * 1024)),
                }),
                Taken::CutShort => Err(self.cut_short()),
            }));
        }
        if container && on_the_way {
            self.bump();
            self.open.push(Level { is_object: sign == b'{', key, facts: BTreeMap::new() });
            return Ok(None);
        }
        match self.value(MAX_FACT_BYTES)? {
            Taken::CutShort => return Ok(Some(Err(self.cut_short()))),
            Taken::Whole(raw) if !container => self.keep(key, &raw),
            Taken::Whole(_) | Taken::TooLarge => {}
        }
        Ok(None)
    }

    fn keep(&mut self, key: String, raw: &[u8]) {
        let Some(level) = self.open.last_mut().filter(|l| l.is_object && l.facts.len() < MAX_FACTS) else { return };
        let said = match serde_json::from_slice(raw) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(serde_json::Value::Number(number)) => number.to_string(),
            _ => return,
        };
        level.facts.insert(key, said);
    }

    fn about(&self) -> BTreeMap<String, String> {
        self.open.iter().flat_map(|level| level.facts.clone()).collect()
    }

    /// Takes one whole value, keeping at most `limit_bytes` of it.
    fn value(&mut self, limit_bytes: usize) -> io::Result<Taken> {
        let mut kept = Vec::new();
        let mut shape = Shape::default();
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                // A bare number may end with the file.
                let whole = shape.is_bare() && !kept.is_empty();
                return Ok(if whole { Taken::Whole(kept) } else { Taken::CutShort });
            }
            let (n_taken, ended) = shape.take(buffer);
            if kept.len() <= limit_bytes {
                kept.extend_from_slice(&buffer[..n_taken]);
            }
            self.reader.consume(n_taken);
            self.offset_bytes += n_taken as u64;
            if ended {
                return Ok(if kept.len() > limit_bytes { Taken::TooLarge } else { Taken::Whole(kept) });
            }
        }
    }
}

enum Taken {
    Whole(Vec<u8>),
    TooLarge,
    CutShort,
}

/// Where in a value the scanner stands.
#[derive(Default)]
struct Shape {
    n_open: u64,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl Shape {
    fn is_bare(&self) -> bool {
        self.begun && self.n_open == 0 && !self.in_string
    }

    /// How many bytes of `buffer` belong to the value, and whether it ends there.
    fn take(&mut self, buffer: &[u8]) -> (usize, bool) {
        for (i, &b) in buffer.iter().enumerate() {
            if self.in_string {
                match b {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.in_string = false;
                        if self.n_open == 0 {
                            return (i + 1, true);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match b {
                // A bare value ends before what follows it; its first byte always counts, so every step takes at least one.
                b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'{' | b'['
                    if self.n_open == 0 && self.begun =>
                {
                    return (i, true);
                }
                b'"' => self.in_string = true,
                b'{' | b'[' => self.n_open += 1,
                b'}' | b']' => {
                    self.n_open = self.n_open.saturating_sub(1);
                    if self.n_open == 0 {
                        return (i + 1, true);
                    }
                }
                _ => {}
            }
            self.begun = true;
        }
        (buffer.len(), false)
    }
}

impl<R: BufRead> Iterator for Items<R> {
    type Item = Result<Item, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.step() {
                Ok(None) => {}
                Ok(Some(found)) => return Some(found),
                Err(error) => return Some(Err(self.trouble("cannot-read", error.to_string()))),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    const CHATS: &[&str] = &["messages.*", "chats.list.*.messages.*"];

    fn items(json: &str, wanted: &[&str]) -> Vec<String> {
        // A tiny buffer, so that every value straddles its end.
        let told = Items::new(BufReader::with_capacity(3, json.as_bytes()), paths(wanted)).map(|item| match item {
            Ok(item) => {
                format!("{} {}", item.about.get("name").map_or("-", String::as_str), String::from_utf8_lossy(&item.raw))
            }
            Err(trouble) => format!("{} at {}", trouble.code, trouble.offset_bytes),
        });
        told.collect()
    }

    #[test]
    fn values_are_found_by_path() {
        let one = r#"{"name": "A \"b\"", "x": {"messages": [9]}, "messages": [{"id":1, "t":["]}", "\\"]}, 7 ,"s"]}"#;
        assert_eq!(items(one, CHATS), [r#"A "b" {"id":1, "t":["]}", "\\"]}"#, "A \"b\" 7", "A \"b\" \"s\""]);
        let all = r#"{"chats":{"list":[{"name":"A","messages":[1]},{"name":"B","messages":[2,3]}]},"messages":[4]}"#;
        assert_eq!(items(all, CHATS), ["A 1", "B 2", "B 3", "- 4"]);
        assert_eq!(items("\u{FEFF}[1, {\"a\":[]}]", &["*"]), ["- 1", "- {\"a\":[]}"]);
        assert_eq!(items("{\"a\":1}\n{\"b\":2} 5", &[""]), ["- {\"a\":1}", "- {\"b\":2}", "- 5"]);
    }

    #[test]
    fn a_file_cut_short_gives_what_is_whole() {
        assert_eq!(
            items(r#"{"name":"A","messages":[1,{"id":2},{"id"#, CHATS),
            ["A 1", "A {\"id\":2}", "cut-short at 39"]
        );
        assert_eq!(items(r#"{"messages":[1"#, CHATS), ["- 1", "cut-short at 14"]);
        assert_eq!(items(r#"{"messages" 1}"#, CHATS), ["not-json at 12"]);
        assert_eq!(items("{]", CHATS), ["not-json at 1"]);
        assert_eq!(items("", CHATS), Vec::<String>::new());
    }

    #[test]
    fn nesting_and_length_are_no_trouble() {
        let deep = format!("{{\"messages\":[{}{},1]}}", "[".repeat(200_000), "]".repeat(200_000));
        let told = items(&deep, CHATS);
        assert_eq!((told.len(), told[1].as_str()), (2, "- 1"));
        let long =
            format!("{{\"name\":\"{}\",\"messages\":[\"{}\",1]}}", "x".repeat(9_000), "y".repeat(17 * 1024 * 1024));
        let told: Vec<_> =
            Items::new(long.as_bytes(), paths(CHATS)).map(|i| i.map(|i| i.raw).map_err(|t| t.code)).collect();
        assert_eq!(told, [Err("too-large"), Ok(b"1".to_vec())]);
    }
}
