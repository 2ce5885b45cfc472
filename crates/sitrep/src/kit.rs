//! The kit: language model, knowledge and gazetteer, all inside the program, loaded once; a user's own gazetteer and actors beside it.
//!
//! In: nothing, as the files are compiled in, or the folder of a user's gazetteer and a list of actors. Out: [`Kit`] and the [`Edition`] that names every
//! part by its hash. Never reads another file.

use std::path::Path;
use std::sync::LazyLock;

use sitrep_claims::{self as claims, OwnRows};
use sitrep_gazetteer::Shelf;
use sitrep_language::Language;
use sitrep_model::{Edition, sha256_hex};

use crate::Error;

/// The English model that comes with the program; see `crates/sitrep-language/model`.
const MODEL: &[u8] = include_bytes!("../../sitrep-language/model/en_core_web_sm-3.8.0.bin");

/// Hashing 14 MB takes longer than reading a report, and the edition is asked for with each one.
static MODEL_SHA256: LazyLock<String> = LazyLock::new(|| sha256_hex(MODEL));

/// The longest list of a user's own actors, in bytes.
pub const MAX_ACTORS_BYTES: usize = 4 * 1024 * 1024;

/// The language engine alone, with the model that comes with the program: a tenth of a second, against the kit's fraction of one.
///
/// # Errors
/// When the model that is compiled in is damaged: a broken build.
pub fn english() -> Result<Language, Error> {
    Ok(Language::load(MODEL)?)
}

/// Everything understanding needs. Cheap to share by reference, a fraction of a second to load.
pub struct Kit {
    pub(crate) claims: claims::Kit,
    shelf: Option<Shelf>,
    actors: Option<Vec<u8>>,
}

impl Kit {
    /// Loads the kit.
    ///
    /// # Errors
    /// When what is compiled in is damaged: a broken build.
    pub fn load() -> Result<Kit, Error> {
        Ok(Kit { claims: claims::Kit::new(Language::load(MODEL)?)?, shelf: None, actors: None })
    }

    /// Loads the kit with the gazetteer that `sitrep gazetteer import` put into `folder`, beside the built-in one.
    ///
    /// # Errors
    /// When the folder holds no places or one of its files is damaged.
    pub fn with_gazetteer(folder: &Path) -> Result<Kit, Error> {
        let shelf = Shelf::open(folder)?;
        let claims = claims::Kit::with_places(Language::load(MODEL)?, Some(Box::new(shelf.clone())))?;
        Ok(Kit { claims, shelf: Some(shelf), actors: None })
    }

    /// The same with a user's own actors: lines of id, name, kind, country (two letters), part of, other names (`;`), parted by tabs, the
    /// last three may be left out. Where a name is in the built-in list too, the user's holds. Rows that cannot be used are told and left
    /// out. Meant to be called once: a record keeps one list.
    ///
    /// # Errors
    /// When the list is longer than [`MAX_ACTORS_BYTES`].
    pub fn with_actors(self, list: &[u8]) -> Result<(Kit, OwnRows), Error> {
        if list.len() > MAX_ACTORS_BYTES {
            return Err(Error::ActorsTooLong);
        }
        let (claims, rows) = self.claims.with_own_actors(list);
        Ok((Kit { claims, actors: Some(list.to_vec()), ..self }, rows))
    }

    /// The user's own list of actors, as it was given.
    #[must_use]
    pub fn actors(&self) -> Option<&[u8]> {
        self.actors.as_deref()
    }

    /// Whether everything that was looked up so far could be.
    ///
    /// # Errors
    /// When the user's gazetteer could not be read: then names may have stayed open that it knows.
    pub fn check(&self) -> Result<(), Error> {
        let fault = self.shelf.as_ref().and_then(Shelf::fault);
        fault.map_or(Ok(()), |fault| Err(Error::GazetteerLost(fault.to_owned())))
    }

    /// What a record made with this kit is made with.
    #[must_use]
    pub fn edition(&self) -> Edition {
        Edition {
            version: crate::VERSION.to_owned(),
            rules: env!("SITREP_RULES_SHA256").to_owned(),
            world: env!("SITREP_WORLD_SHA256").to_owned(),
            model: MODEL_SHA256.clone(),
            gazetteer: self.shelf.as_ref().map(Shelf::edition),
            actors: self.actors.as_deref().map(sha256_hex),
        }
    }

    /// The language engine.
    #[must_use]
    pub fn language(&self) -> &Language {
        self.claims.language()
    }
}
