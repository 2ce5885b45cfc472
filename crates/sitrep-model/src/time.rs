//! A time as said and as placed on the calendar.
//!
//! In: nothing. Out: [`Time`]: a TIMEX3 value and the days it may mean. Without a year there are no days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::source::codes;

codes! {
    /// TIMEX3 type.
    TimexType {
        /// A day or longer.
        Date = "DATE",
        /// A part of a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A repeated time.
        Set = "SET",
    }
}

codes! {
    /// What a value was worked out from.
    Anchor {
        /// Nothing was needed: the words say it all.
        Calendar = "calendar",
        /// The publication date.
        Published = "published",
        /// The narrative's current date.
        Previous = "previous",
        /// The time of the comment.
        Comment = "comment",
        /// Nothing to anchor on: the year stays open.
        None = "none",
    }
}

/// Precision codes of the two big event sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TimePrecision {
    /// UCDP GED `date_prec`, 1 (exact) to 5.
    pub ucdp: u8,
    /// ACLED `time_precision`, 1 to 3.
    pub acled: u8,
}

/// A time in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Time {
    /// As said; absent when the time follows from the report's own date.
    pub text: Option<String>,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimexType,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 modifier: `START`, `MID`, `END`, `BEFORE`, `AFTER`, `APPROX`, …
    #[serde(rename = "mod", default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<String>,
    /// First possible day; absent when that end is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last possible day; absent when that end is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// What it was worked out from.
    pub anchor: Anchor,
    /// Precision codes; absent when no days are known.
    pub precision: Option<TimePrecision>,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The English name of the month `date` falls in.
#[must_use]
pub fn month_name(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1).min(11)]
}
