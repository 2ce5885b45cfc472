//! Countries as other event sets write them.
//!
//! In: an ISO 3166-1 alpha-2 code. Out: a row of `data/countries.tsv`. Never guesses from a name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/countries.tsv");

/// One country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3.
    pub(super) alpha3: &'static str,
    /// ISO 3166-1 numeric; absent for what has none.
    pub(super) numeric: Option<u16>,
    pub(super) name: &'static str,
    /// As ACLED divides the world; empty where it does not say.
    pub(super) acled_region: &'static str,
    /// Gleditsch and Ward's number.
    pub(super) gwno: Option<u16>,
}

static BY_CODE: LazyLock<BTreeMap<&'static str, Country>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or_default();
        let (code, alpha3, numeric, name, acled_region) = (next(), next(), next().parse().ok(), next(), next());
        (code, Country { alpha3, numeric, name, acled_region, gwno: next().parse().ok() })
    };
    rows.map(row).collect()
});

/// The country with this alpha-2 code, or `None`.
pub(super) fn of(alpha2: &str) -> Option<Country> {
    BY_CODE.get(alpha2).copied()
}

impl Country {
    /// The region as UCDP GED divides the world, which follows the ranges of Gleditsch and Ward's numbers.
    pub(super) fn ged_region(&self) -> Option<&'static str> {
        Some(match self.gwno? {
            2..=199 => "Americas",
            200..=399 => "Europe",
            400..=626 => "Africa",
            630..=699 => "Middle East",
            _ => "Asia",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_what_the_published_lists_say() {
        let syria = of("SY").unwrap();
        assert_eq!((syria.alpha3, syria.numeric, syria.gwno), ("SYR", Some(760), Some(652)));
        assert_eq!((syria.acled_region, syria.ged_region()), ("Middle East", Some("Middle East")));
        let yemen = of("YE").unwrap();
        assert_eq!(yemen.gwno, Some(678), "Gleditsch and Ward's number, not that of the Correlates of War");
        assert_eq!(of("EG").unwrap().ged_region(), Some("Middle East"));
        assert_eq!(of("XX"), None);
        assert!(BY_CODE.len() > 240 && BY_CODE.values().all(|it| it.alpha3.len() == 3 && !it.name.is_empty()));
    }
}
