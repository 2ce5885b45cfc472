//! The last resort: dates in a page's scripts and in its HTML comments.
//!
//! In: the page's source. Out: signs. Runs nothing; looks for a key and a value beside it, over the opening of the page only.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::marks::MARKS;
use crate::dates::{self, Order, WORDS, any_of};
use crate::published::{Kind, Signals};

/// How much of a page is searched.
const WINDOW_BYTES: usize = 4 << 20;
/// How many values are taken.
const MAX_VALUES: usize = 50;

struct Forms {
    published: Regex,
    remark: Regex,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let make = |pattern: String| {
        let regex = RegexBuilder::new(&pattern).case_insensitive(true).size_limit(16 << 20).build();
        regex.expect("the keys are constants checked by the tests")
    };
    // Begins with the key, which is searched for faster than what stands before it; its letters are ASCII alone.
    let key = |names: &[String]| {
        format!(r#"(?-u:{})\\*["']?\s*[:=]\s*\\*["']?(?P<value>[^"'\\<>{{}}\[\]]{{8,40}})"#, any_of(names))
    };
    Forms {
        published: make(key(&MARKS.script.published)),
        remark: make(format!(
            r"<!--[^<>]{{0,120}}?(?:{})[\s:=]+(?P<value>[^<>]{{8,60}}?)-->",
            any_of(&WORDS.published)
        )),
    }
});

/// Searches `source`.
pub(super) fn read(source: &str, order: Order, signals: &mut Signals) {
    let mut end = source.len().min(WINDOW_BYTES);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let window = &source[..end];
    let forms = &*FORMS;
    let published = values(&forms.published, window, |before| before.ends_with(is_before_key));
    let remarks = values(&forms.remark, window, |_| true);
    for (value, kind) in published.map(|v| (v, Kind::Script)).chain(remarks.map(|v| (v, Kind::Remark))) {
        if let Some(told) = dates::told(value.trim(), order) {
            signals.add(kind, told);
        }
    }
}

/// What may stand before a key.
fn is_before_key(c: char) -> bool {
    matches!(c, '"' | '\'' | '_' | '.') || c.is_whitespace()
}

/// The values `form` finds where what stands before it fits.
fn values<'w>(form: &'w Regex, window: &'w str, fits: fn(&str) -> bool) -> impl Iterator<Item = &'w str> {
    let mut at = 0;
    let found = move || {
        while let Some(captures) = form.captures_at(window, at) {
            let (whole, value) = (captures.get(0)?, captures.name("value")?);
            let fits = fits(&window[..whole.start()]);
            at = if fits { whole.end() } else { whole.start() + 1 };
            if fits {
                return Some(value.as_str());
            }
        }
        None
    };
    std::iter::from_fn(found).take(MAX_VALUES)
}
