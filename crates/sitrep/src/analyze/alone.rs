//! One report as contents of its own, for tables of what many reports say before anything is compared.
//!
//! In: a page. Out: [`Alone`], in which nothing is derived from other reports. The same page gives the same wherever it is read.

use sitrep_model::{Contents, PageRow};
use sitrep_show::Names;

use super::unless_refused;
use crate::{Kit, Understood, pipeline, readers};

/// One report, with nothing else known.
#[derive(Debug, Clone)]
pub struct Alone {
    /// Its page, document and claims; readers' names inside comments are covered.
    pub contents: Contents,
    key: [u8; 32],
}

impl Alone {
    /// Pseudonyms for its readers: the ones [`super::of_page`] gives them.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names::Pseudonyms(&self.key)
    }
}

/// Reads one page.
///
/// # Errors
/// As [`super::of_page`].
pub fn alone(kit: &Kit, page: sitrep_model::Page) -> Result<Alone, String> {
    unless_refused(page, |page| {
        let Understood { page, document, claims, notes, .. } = pipeline::understand(kit, page);
        let carrier = page.custody.carrier;
        let row = PageRow {
            id: page.id,
            path: page.path,
            sha256: page.sha256,
            n_bytes: page.raw.len() as u64,
            media_type: page.media_type,
            retrieved: page.meta.retrieved.or_else(|| carrier.as_ref()?.retrieved),
            carrier: carrier.map(|carrier| carrier.kind),
            collector: page.custody.collector,
            tool: page.custody.tool,
            original: None,
            notes,
        };
        let mut contents = Contents {
            edition: kit.edition(),
            pages: vec![row],
            documents: vec![document],
            claims,
            events: Vec::new(),
            disputes: Vec::new(),
            links: Vec::new(),
            forecasts: Vec::new(),
            copies: Vec::new(),
            register: Vec::new(),
            rulings: Vec::new(),
        };
        sitrep_show::veil(&mut contents);
        Alone { contents, key: readers::key_of_page(&page.raw) }
    })
}
