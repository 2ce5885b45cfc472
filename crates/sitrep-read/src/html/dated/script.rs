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
    let key = |names: &[String]| {
        format!(r#"["'_.\s](?:{})\\*["']?\s*[:=]\s*\\*["']?(?P<value>[^"'\\<>{{}}\[\]]{{8,40}})"#, any_of(names))
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
    for (form, kind) in [(&forms.published, Kind::Script), (&forms.remark, Kind::Remark)] {
        let values = form.captures_iter(window).take(MAX_VALUES);
        for told in values.filter_map(|c| dates::told(c.name("value")?.as_str().trim(), order)) {
            signals.add(kind, told);
        }
    }
}
