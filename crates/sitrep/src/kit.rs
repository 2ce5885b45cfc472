//! The kit: language model, knowledge and gazetteer, all inside the program, loaded once.
//!
//! In: nothing; the files are compiled in. Out: [`Kit`] and the [`Edition`] that names every part by its hash. Never reads a file.

use sitrep_claims as claims;
use sitrep_language::Language;
use sitrep_model::{Edition, sha256_hex};

use crate::Error;

/// The English model that comes with the program; see `crates/sitrep-language/model`.
const MODEL: &[u8] = include_bytes!("../../sitrep-language/model/en_core_web_sm-3.8.0.bin");

/// Everything understanding needs. Cheap to share by reference, a fraction of a second to load.
pub struct Kit {
    pub(crate) claims: claims::Kit,
}

impl Kit {
    /// Loads the kit.
    ///
    /// # Errors
    /// When what is compiled in is damaged: a broken build.
    pub fn load() -> Result<Kit, Error> {
        Ok(Kit { claims: claims::Kit::new(Language::load(MODEL)?)? })
    }

    /// What a record made with this kit is made with.
    #[must_use]
    pub fn edition(&self) -> Edition {
        Edition {
            version: crate::VERSION.to_owned(),
            rules: env!("SITREP_RULES_SHA256").to_owned(),
            world: env!("SITREP_WORLD_SHA256").to_owned(),
            model: sha256_hex(MODEL),
        }
    }

    /// The language engine.
    #[must_use]
    pub fn language(&self) -> &Language {
        self.claims.language()
    }
}
