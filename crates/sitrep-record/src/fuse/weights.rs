//! What each outcome of comparing a field weighs. The knowledge is `data/weights.toml`.
//!
//! In: an [`Outcome`]. Out: its [`Weight`], in tenths of a bit. Never looks at claims.

use std::sync::LazyLock;

use serde::Deserialize;

macro_rules! outcomes {
    ($($name:ident = $field:literal $code:literal,)*) => {
        /// What comparing one field of two claims may come to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Outcome {
            $(#[doc = concat!("`", $field, "`: `", $code, "`.")] $name,)*
        }

        impl Outcome {
            /// Every outcome.
            const ALL: &'static [Outcome] = &[$(Outcome::$name,)*];

            /// Its field.
            pub(crate) fn field(self) -> &'static str {
                match self { $(Outcome::$name => $field,)* }
            }

            /// Its code within the field.
            pub(crate) fn code(self) -> &'static str {
                match self { $(Outcome::$name => $code,)* }
            }
        }
    };
}

outcomes! {
    EventSameType = "event" "same_type",
    EventSameFamily = "event" "same_family",
    DateSameDay = "date" "same_day",
    DateOneSpan = "date" "one_span",
    DatePossible = "date" "possible",
    DateUnknown = "date" "unknown",
    DateDayApart = "date" "day_apart",
    PlaceSame = "place" "same",
    PlaceSameCity = "place" "same_city",
    PlaceSameOnce = "place" "same_once",
    PlaceMeasured = "place" "measured",
    PlaceLessSaid = "place" "less_said",
    PlaceGoal = "place" "goal",
    PlaceGoalElsewhere = "place" "goal_elsewhere",
    PlaceNear = "place" "near",
    PlaceSameArea = "place" "same_area",
    PlaceWithin = "place" "within",
    PlaceUnknown = "place" "unknown",
    ActorShared = "actor" "shared",
    ActorSharedDescription = "actor" "shared_description",
    ActorPartOf = "actor" "part_of",
    ActorOpen = "actor" "open",
    ActorUnknown = "actor" "unknown",
    ActorOther = "actor" "other",
    TargetShared = "target" "shared",
    TargetUnknown = "target" "unknown",
    TargetOther = "target" "other",
    NumberSameOdd = "number" "same_odd",
    NumberSame = "number" "same",
    NumberUnknown = "number" "unknown",
    NumberOther = "number" "other",
    WordsNearlyEqual = "words" "nearly_equal",
    WordsAlike = "words" "alike",
    WordsSome = "words" "some",
    WordsFew = "words" "few",
    OperationSame = "operation" "same",
    OperationWithin = "operation" "within",
}

/// What one outcome weighs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Weight {
    field: String,
    outcome: String,
    /// Tenths of a bit for one event.
    pub points: i32,
    /// The outcome in words.
    pub says: String,
    /// Whether it is an agreement that a join may rest on.
    #[serde(default)]
    pub firm: bool,
}

/// Sums from which two claims are, or may be, one event.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Threshold {
    /// One event.
    pub same: i32,
    /// Perhaps one.
    pub perhaps: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    threshold: Threshold,
    weight: Vec<Weight>,
}

/// Weights in the order of [`Outcome::ALL`].
static WEIGHTS: LazyLock<(Threshold, Vec<Weight>)> = LazyLock::new(|| {
    let listed: Listed = toml::from_str(include_str!("../../data/weights.toml")).expect("checked by a test");
    let of = |outcome: &Outcome| {
        let found = listed.weight.iter().find(|w| w.field == outcome.field() && w.outcome == outcome.code());
        found.cloned().expect("every outcome is listed: checked by a test")
    };
    (listed.threshold, Outcome::ALL.iter().map(of).collect())
});

impl Outcome {
    /// What it weighs.
    pub(crate) fn weight(self) -> &'static Weight {
        &WEIGHTS.1[self as usize]
    }

    /// Its points.
    pub(crate) fn points(self) -> i32 {
        self.weight().points
    }
}

/// The sums that decide.
pub(crate) fn threshold() -> Threshold {
    WEIGHTS.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_has_its_outcome_and_every_outcome_its_weight() {
        let listed: Listed = toml::from_str(include_str!("../../data/weights.toml")).unwrap();
        assert_eq!(listed.weight.len(), Outcome::ALL.len());
        for outcome in Outcome::ALL {
            let weight = outcome.weight();
            assert_eq!((weight.field.as_str(), weight.outcome.as_str()), (outcome.field(), outcome.code()));
            assert!(!weight.says.is_empty() && weight.points.abs() <= 150);
            assert!(!weight.firm || weight.points >= 20, "{} {} is firm and light", outcome.field(), outcome.code());
        }
        assert!(threshold().perhaps < threshold().same);
    }
}
