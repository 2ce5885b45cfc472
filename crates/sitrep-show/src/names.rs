//! Readers' names: shown as pseudonyms unless someone asks for the names themselves.
//!
//! In: a name and a key. Out: `reader-` and a short keyed hash: the same reader keeps the same pseudonym within one key, and
//! nobody without the key can test a guess. Never writes the key anywhere.

use std::borrow::Cow;
use std::collections::BTreeSet;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use sitrep_model::{AttributionType, Contents, Document};

/// Whether readers' names are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Names<'k> {
    /// Every one is `a reader`.
    #[default]
    Hidden,
    /// Replaced, with this key.
    Pseudonyms(&'k [u8]),
    /// As they stand on the page.
    Keep,
}

impl Names<'_> {
    /// What to show for `name`.
    #[must_use]
    pub fn shown<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self {
            Names::Hidden => Cow::Borrowed("a reader"),
            Names::Keep => Cow::Borrowed(name),
            Names::Pseudonyms(key) => Cow::Owned(pseudonym(key, name)),
        }
    }
}

/// Who wrote comments where: a holder of that name in that document is a reader, and is shown as one.
#[derive(Debug, Default)]
pub(crate) struct Authors<'c>(BTreeSet<(&'c str, &'c str)>);

impl<'c> Authors<'c> {
    pub(crate) fn of(documents: impl IntoIterator<Item = &'c Document>) -> Authors<'c> {
        let of_one = |document: &'c Document| {
            let named = document.comments.iter().filter_map(|comment| comment.author.as_deref());
            named.map(|author| (document.id.as_str(), author))
        };
        Authors(documents.into_iter().flat_map(of_one).collect())
    }

    /// A commenter as the holder of a claim: the author's name is hidden, "a reader" and the like stay.
    pub(crate) fn shown<'h>(&self, holder: &'h str, document: &str, names: Names<'_>) -> Cow<'h, str> {
        if self.0.contains(&(document, holder)) { names.shown(holder) } else { Cow::Borrowed(holder) }
    }
}

/// Replaces readers' names wherever they stand as names: as authors of comments, and as holders of what these claim.
pub fn pseudonymize(contents: &mut Contents, names: Names<'_>) {
    let mut shown: Vec<(usize, String)> = Vec::new();
    let authors = Authors::of(&contents.documents);
    for (row, claim) in contents.claims.iter().enumerate() {
        for link in claim.attribution.iter().filter(|link| link.kind == AttributionType::Commenter) {
            let holder = link.holder.as_deref().map(|holder| authors.shown(holder, claim.document.as_str(), names));
            shown.extend(holder.map(|holder| (row, holder.into_owned())));
        }
    }
    let mut shown = shown.into_iter().peekable();
    for (row, claim) in contents.claims.iter_mut().enumerate() {
        for link in claim.attribution.iter_mut().filter(|link| link.kind == AttributionType::Commenter) {
            if let Some((_, holder)) = shown.next_if(|(at, _)| *at == row && link.holder.is_some()) {
                link.holder = Some(holder);
            }
        }
    }
    for comment in contents.documents.iter_mut().flat_map(|document| &mut document.comments) {
        comment.author = comment.author.take().map(|author| names.shown(&author).into_owned());
    }
}

/// Eight hex digits tell the readers of one project apart; more would only be harder to read.
const PSEUDONYM_BYTES: usize = 4;

fn pseudonym(key: &[u8], name: &str) -> String {
    use std::fmt::Write as _;
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(name.trim().as_bytes());
    let mut out = String::from("reader-");
    for byte in &mac.finalize().into_bytes()[..PSEUDONYM_BYTES] {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pseudonym_is_stable_within_a_key_and_differs_between_keys() {
        let (one, two) = (Names::Pseudonyms(b"one"), Names::Pseudonyms(b"two"));
        assert_eq!(one.shown("Wren Aldous"), one.shown(" Wren Aldous "));
        assert_ne!(one.shown("Wren Aldous"), one.shown("Wren Aldouz"));
        assert_ne!(one.shown("Wren Aldous"), two.shown("Wren Aldous"));
        assert!(!one.shown("Wren Aldous").contains("Wren"));
        assert_eq!(Names::default().shown("Wren Aldous"), "a reader");
        assert_eq!(Names::Keep.shown("Wren Aldous"), "Wren Aldous");
    }
}
