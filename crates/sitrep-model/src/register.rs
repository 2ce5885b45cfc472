//! The source register: what a user knows of outlets and holders, and how far he relies on them.
//!
//! In: nothing. Out: [`RegisteredSource`]. Never filled from a report: what texts say of sources are claims.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::source::codes;

codes! {
    /// How far a source is relied on, after the Admiralty (NATO) code; not how sure one report is.
    #[derive(Default)]
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged; what every source is until a user rates it.
        #[default]
        F = "F",
    }
}

/// A rating, with who gave it, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rating {
    /// How far it is relied on.
    pub reliability: Reliability,
    /// Who rates.
    pub rater: String,
    /// On what day.
    pub on: Option<Date>,
    /// Why.
    pub why: Option<String>,
}

/// What a user noted of one outlet or holder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisteredSource {
    /// Its name as the user wrote it.
    pub name: String,
    /// Whose side it is on, in the user's words.
    pub alignment: Option<String>,
    /// Who owns it. Outlets of one owner are one origin.
    pub owner: Option<String>,
    /// The group of outlets it belongs to, where they have no owner in common. One family is one origin.
    pub family: Option<String>,
    /// The language it publishes in, as a BCP 47 tag.
    pub language: Option<String>,
    /// How far it is relied on; none until somebody rates it.
    pub rating: Option<Rating>,
}

impl RegisteredSource {
    /// Whether `name` is its name, but for capitals, gaps and signs.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let folded = |name: &str| -> String {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        folded(&self.name) == folded(name)
    }
}
