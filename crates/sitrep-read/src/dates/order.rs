//! Which of two numbers is the day when both could be: "04/05/2017".
//!
//! In: other dates of the same page, its declared locale, its address. Out: [`Order`]. Where these disagree or are silent the
//! order is unknown, and such a date is no date.

use std::sync::LazyLock;

use regex::Regex;

use super::words::WORDS;

/// The order in which a page writes day and month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing tells.
    #[default]
    Unknown,
    /// 4 May.
    DayFirst,
    /// 5 April.
    MonthFirst,
}

/// The order that the dates in `text` betray: a number past 12 can only be a day.
pub(crate) fn betrayed_order(text: &str) -> Order {
    static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(\d\d?)([/-])(\d\d?)[/-](?:19|20)\d\d\b").expect("a constant checked by the tests")
    });
    if !text.bytes().any(|b| b == b'/' || b == b'-') || !text.bytes().any(|b| b.is_ascii_digit()) {
        return Order::Unknown;
    }
    let (mut n_day_first, mut n_month_first) = (0usize, 0usize);
    for found in NUMBERS.captures_iter(text).take(200) {
        let [first, second] = [1, 3].map(|i| found.get(i).and_then(|m| m.as_str().parse::<u8>().ok()).unwrap_or(0));
        n_day_first += usize::from((13..=31).contains(&first) && (1..=12).contains(&second));
        n_month_first += usize::from((13..=31).contains(&second) && (1..=12).contains(&first));
    }
    match (n_day_first, n_month_first) {
        (1.., 0) => Order::DayFirst,
        (0, 1..) => Order::MonthFirst,
        _ => Order::Unknown,
    }
}

/// The order that a language tag ("en-GB") and an address ("…/courier.example.uk/…") make likely; unknown when they disagree.
pub(crate) fn order_of_place(language: Option<&str>, address: Option<&str>) -> Order {
    let by_language = language.map_or(Order::Unknown, by_language);
    let by_address = address.map_or(Order::Unknown, by_address);
    match (by_language, by_address) {
        (Order::Unknown, other) | (other, Order::Unknown) => other,
        (one, other) if one == other => one,
        _ => Order::Unknown,
    }
}

fn by_language(tag: &str) -> Order {
    let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
    let (language, rest) = tag.split_once('-').unwrap_or((&tag, ""));
    let region = rest.rsplit('-').next().unwrap_or("");
    let order = &WORDS.order;
    let holds = |list: &[String], word: &str| list.iter().any(|w| w == word);
    if holds(&order.month_first_regions, region) && language == "en" {
        Order::MonthFirst
    } else if holds(&order.day_first_regions, region) || holds(&order.day_first_languages, language) {
        Order::DayFirst
    } else {
        Order::Unknown
    }
}

fn by_address(address: &str) -> Order {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    let top = host.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let order = &WORDS.order;
    if order.month_first_domains.contains(&top) {
        Order::MonthFirst
    } else if order.day_first_regions.contains(&top) {
        Order::DayFirst
    } else {
        Order::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_dates_the_locale_and_the_country_settle_the_order() {
        assert_eq!(betrayed_order("04/05/2017 and 17/05/2017"), Order::DayFirst);
        assert_eq!(betrayed_order("04/05/2017 and 5/17/2017"), Order::MonthFirst);
        assert_eq!(betrayed_order("17/05/2017 and 5/17/2017"), Order::Unknown);
        assert_eq!(order_of_place(Some("en-GB"), None), Order::DayFirst);
        assert_eq!(order_of_place(Some("en_US"), Some("https://courier.example/a")), Order::MonthFirst);
        assert_eq!(order_of_place(Some("en"), Some("https://courier.co.uk/a")), Order::DayFirst);
        assert_eq!(order_of_place(Some("en-US"), Some("https://courier.co.uk/a")), Order::Unknown);
        assert_eq!(order_of_place(Some("de"), None), Order::DayFirst);
        assert_eq!(order_of_place(Some("en"), Some("https://courier.example/a")), Order::Unknown);
    }
}
