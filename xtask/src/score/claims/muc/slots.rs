//! Templates, their fills, and how one fill is scored against another: right, half right, wrong.
//!
//! In: fills as the keys write them. Out: credit. The rules are MUC-4's as far as they are mechanical:
//! - a set fill is right when it is one of the key's alternatives, half right when it is the more general value the key's belongs to;
//! - a string is right when, without articles and numbers in front, it equals an alternative of the key, half right when they share a word
//!   of content (MUC-4 let people judge such cases by hand);
//! - a set fill that points at a string (`DEATH: "PEASANTS"`) is half right when only the set value is right;
//! - dates and numbers are right when equal, half right when one lies within the other; places are right when country and most precise
//!   name are, half right when the country is.

use jiff::civil::Date;

use super::texts::{MONTHS, day};

/// What a slot holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Location,
    Set,
    Strings,
    /// A set value that points at a string.
    Cross,
    /// A number that points at a string.
    Counted,
    Number,
}

/// The scored slots, in the keys' order from slot 2.
pub(super) const SLOTS: [(&str, Kind); 23] = [
    ("incident date", Kind::Date),
    ("incident location", Kind::Location),
    ("incident type", Kind::Set),
    ("incident stage", Kind::Set),
    ("instrument id", Kind::Strings),
    ("instrument type", Kind::Cross),
    ("perp category", Kind::Set),
    ("perp individual", Kind::Strings),
    ("perp organisation", Kind::Strings),
    ("perp org confidence", Kind::Cross),
    ("physical target", Kind::Strings),
    ("physical type", Kind::Cross),
    ("physical number", Kind::Counted),
    ("physical nation", Kind::Cross),
    ("physical effect", Kind::Cross),
    ("physical total", Kind::Number),
    ("human name", Kind::Strings),
    ("human description", Kind::Strings),
    ("human type", Kind::Cross),
    ("human number", Kind::Counted),
    ("human nation", Kind::Cross),
    ("human effect", Kind::Cross),
    ("human total", Kind::Number),
];
pub(super) const DATE: usize = 0;
pub(super) const LOCATION: usize = 1;
pub(super) const TYPE: usize = 2;
pub(super) const STAGE: usize = 3;
pub(super) const INSTRUMENT: usize = 4;
pub(super) const INSTRUMENT_TYPE: usize = 5;
pub(super) const CATEGORY: usize = 6;
pub(super) const INDIVIDUAL: usize = 7;
pub(super) const ORGANISATION: usize = 8;
pub(super) const CONFIDENCE: usize = 9;
pub(super) const PHYSICAL: usize = 10;
pub(super) const PHYSICAL_TYPE: usize = 11;
pub(super) const PHYSICAL_NUMBER: usize = 12;
pub(super) const PHYSICAL_NATION: usize = 13;
pub(super) const PHYSICAL_EFFECT: usize = 14;
pub(super) const HUMAN_NAME: usize = 16;
pub(super) const HUMAN: usize = 17;
pub(super) const HUMAN_TYPE: usize = 18;
pub(super) const HUMAN_NUMBER: usize = 19;
pub(super) const HUMAN_NATION: usize = 20;
pub(super) const HUMAN_EFFECT: usize = 21;

/// One fill with its alternatives.
#[derive(Debug, Clone, Default)]
pub(super) struct Fill {
    /// The key need not be met.
    pub(super) optional: bool,
    /// Set values, dates, places, numbers.
    pub(super) values: Vec<String>,
    /// Strings, or the strings the value points at.
    pub(super) strings: Vec<String>,
}

/// One incident.
#[derive(Debug, Clone, Default)]
pub(super) struct Template {
    pub(super) optional: bool,
    pub(super) slots: [Vec<Fill>; 23],
}

impl Fill {
    /// A plain value.
    pub(super) fn value(value: &str) -> Fill {
        Fill { values: vec![value.to_owned()], ..Fill::default() }
    }

    /// A string.
    pub(super) fn string(text: &str) -> Fill {
        Fill { strings: vec![text.to_uppercase()], ..Fill::default() }
    }

    /// A value pointing at a string.
    pub(super) fn cross(value: &str, text: &str) -> Fill {
        Fill { strings: vec![text.to_uppercase()], ..Fill::value(value) }
    }

    /// One line of a key; `None` for an empty or inapplicable slot.
    pub(super) fn read(slot: usize, line: &str) -> Option<Fill> {
        let optional = line.starts_with('?');
        let line = line.trim_start_matches('?').trim();
        if line.is_empty() || line == "-" || line == "*" {
            return None;
        }
        let (values, strings) = match SLOTS[slot].1 {
            Kind::Strings => {
                // "PRESIDENT": "CEREZO" describes whom it points at.
                let head = line.split("\":").next().unwrap_or(line);
                (Vec::new(), quoted(head))
            }
            Kind::Date => (alternatives(line), Vec::new()),
            Kind::Location => (vec![line.to_owned()], Vec::new()),
            Kind::Cross | Kind::Counted if line.contains(':') => {
                let (value, rest) = line.split_once(':').unwrap_or((line, ""));
                (alternatives(value), quoted(rest))
            }
            _ => (alternatives(line), Vec::new()),
        };
        (!values.is_empty() || !strings.is_empty()).then_some(Fill { optional, values, strings })
    }
}

fn alternatives(value: &str) -> Vec<String> {
    let bare = value.replace(['(', ')', '?'], "");
    bare.split('/').map(str::trim).filter(|v| !v.is_empty() && *v != "-").map(str::to_owned).collect()
}

/// The quoted strings of a line; `\"` inside one is a quotation mark.
fn quoted(line: &str) -> Vec<String> {
    let plain = line.replace("\\\"", "'");
    plain.split('"').skip(1).step_by(2).filter(|s| *s != "-").map(|s| s.trim().to_uppercase()).collect()
}

/// The credit of `ours` for `key`: 0, 0.5 or 1.
pub(super) fn credit(slot: usize, ours: &Fill, key: &Fill) -> f64 {
    let best = |score: &dyn Fn(&str, &str) -> f64| {
        let pairs = ours.values.iter().flat_map(|o| key.values.iter().map(move |k| (o, k)));
        pairs.map(|(o, k)| score(o, k)).fold(0.0, f64::max)
    };
    match SLOTS[slot].1 {
        Kind::Strings => strings(&ours.strings, &key.strings),
        Kind::Date => best(&dates),
        Kind::Location => best(&places),
        Kind::Number => best(&numbers),
        Kind::Set => best(&|o, k| set(slot, o, k)),
        Kind::Cross | Kind::Counted => {
            let value = if SLOTS[slot].1 == Kind::Counted { best(&numbers) } else { best(&|o, k| set(slot, o, k)) };
            let pointed = key.strings.is_empty() || strings(&ours.strings, &key.strings) > 0.0;
            if pointed { value } else { value.min(0.5) }
        }
    }
}

fn set(slot: usize, ours: &str, key: &str) -> f64 {
    let general = match slot {
        TYPE => ours == "ATTACK" && matches!(key, "BOMBING" | "ARSON"),
        INSTRUMENT_TYPE => match ours {
            "GUN" => matches!(key, "MACHINE GUN" | "RIFLE" | "HANDGUN" | "MORTAR"),
            "EXPLOSIVE" => key.contains("BOMB") || matches!(key, "DYNAMITE" | "GRENADE" | "MINE" | "MOLOTOV COCKTAIL"),
            "BOMB" => key.contains("BOMB"),
            _ => false,
        },
        CONFIDENCE => ours == "SUSPECTED OR ACCUSED" && key == "SUSPECTED OR ACCUSED BY AUTHORITIES",
        PHYSICAL_EFFECT => ours == "SOME DAMAGE" && key == "DESTROYED",
        _ => false,
    };
    if ours == key { 1.0 } else { f64::from(u8::from(general)) * 0.5 }
}

fn strings(ours: &[String], key: &[String]) -> f64 {
    let one = |o: &String, k: &String| {
        let (o, k) = (content(o), content(k));
        if o == k {
            1.0
        } else if o.iter().any(|word| word.len() > 2 && k.contains(word)) {
            0.5
        } else {
            0.0
        }
    };
    ours.iter().flat_map(|o| key.iter().map(move |k| one(o, k))).fold(0.0, f64::max)
}

/// The words of a string without articles, numbers and quantifiers in front; marks and possessives are no part of them.
pub(super) fn content(text: &str) -> Vec<String> {
    let plain = text.to_uppercase().replace("'S", "").replace('Í', "I").replace('Ó', "O").replace('É', "E");
    let words: Vec<String> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let light = |w: &String| LIGHT.contains(&w.as_str()) || w.chars().all(|c| c.is_ascii_digit());
    let first = words.iter().position(|w| !light(w)).unwrap_or(0);
    words[first..].iter().filter(|w| !FUNCTION.contains(&w.as_str())).cloned().collect()
}

const LIGHT: [&str; 24] = [
    "A", "AN", "THE", "SOME", "SEVERAL", "ABOUT", "AT", "LEAST", "MORE", "THAN", "TWO", "THREE", "FOUR", "FIVE", "SIX",
    "SEVEN", "EIGHT", "NINE", "TEN", "ONE", "OTHER", "MANY", "HIS", "THEIR",
];
const FUNCTION: [&str; 6] = ["THE", "OF", "A", "AN", "AND", "IN"];

/// "30 DEC 89", "- 8 JAN 90", "3 JAN 90 - 8 JAN 90" as first and last day.
fn range(text: &str) -> Option<[Option<Date>; 2]> {
    let one = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.windows(3).find_map(|w| day(w[0], w[1], w[2]))
    };
    match text.split_once('-') {
        Some((from, to)) => Some([one(from), one(to)]),
        None => one(text).map(|d| [Some(d); 2]),
    }
}

fn dates(ours: &str, key: &str) -> f64 {
    let (Some(ours), Some(key)) = (range(ours), range(key)) else { return 0.0 };
    let before = |a: Option<Date>, b: Option<Date>| a.is_none() || b.is_none() || a <= b;
    if ours == key {
        1.0
    } else if before(ours[0], key[1]) && before(key[0], ours[1]) {
        0.5
    } else {
        0.0
    }
}

/// A day or a range as keys write it.
pub(super) fn dated(from: Option<Date>, to: Option<Date>) -> Option<String> {
    let one = |d: Date| {
        let month = usize::try_from(d.month()).unwrap_or(1);
        format!("{:02} {} {:02}", d.day(), MONTHS[(month - 1) % 12], d.year() % 100)
    };
    Some(match (from, to) {
        (Some(from), Some(to)) if from == to => one(from),
        (Some(from), Some(to)) => format!("{} - {}", one(from), one(to)),
        (None, Some(to)) => format!("- {}", one(to)),
        (Some(from), None) => format!("{} -", one(from)),
        (None, None) => return None,
    })
}

/// "EL SALVADOR: SAN MIGUEL (DEPARTMENT): SAN LUIS (TOWN)" from the country down, kinds left out.
fn levels(place: &str) -> Vec<String> {
    let bare = |part: &str| part.split('(').next().unwrap_or("").trim().to_owned();
    place.split(':').map(bare).filter(|part| !part.is_empty()).collect()
}

fn places(ours: &str, key: &str) -> f64 {
    let ours = levels(ours);
    let best = |key: &str| {
        let key = levels(key);
        if ours.first() != key.first() {
            0.0
        } else if ours.last() == key.last() {
            1.0
        } else {
            0.5
        }
    };
    key.split('/').map(best).fold(0.0, f64::max)
}

fn numbers(ours: &str, key: &str) -> f64 {
    let range = |text: &str| -> Option<[f64; 2]> {
        let bare = text.trim_matches(['~', ' ']);
        if bare == "PLURAL" {
            return Some([2.0, f64::INFINITY]);
        }
        if let Some(most) = bare.strip_prefix('-') {
            return Some([0.0, most.trim().parse().ok()?]);
        }
        match bare.split_once('-') {
            Some((low, high)) if !high.trim().is_empty() => Some([low.trim().parse().ok()?, high.trim().parse().ok()?]),
            Some((low, _)) => Some([low.trim().parse().ok()?, f64::INFINITY]),
            None => bare.parse().ok().map(|n| [n, n]),
        }
    };
    let (Some(o), Some(k)) = (range(ours), range(key)) else { return 0.0 };
    if o == k {
        1.0
    } else if o[0] <= k[1] && k[0] <= o[1] {
        0.5
    } else {
        0.0
    }
}
