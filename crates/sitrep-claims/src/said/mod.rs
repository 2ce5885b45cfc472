//! According to whom: the chain of speakers a deed is told by, and what the wording commits them to.
//!
//! In: a deed in its tree. Out: [`Said`]. A deed nobody else is named for is the author's own.

mod holder;
mod scope;

use sitrep_model::{AttributionForm, AttributionLink, AttributionType, AuthorStance, Basis, SourceStance, Status};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::cues::Cue;

/// Who says it, innermost speaker last, and what follows from the words.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// Outermost first; never empty.
    pub(crate) links: Vec<AttributionLink>,
    pub(crate) source: Option<i8>,
    pub(crate) author: Option<i8>,
    /// A status the cue gives its content: planned, ordered, threatened.
    pub(crate) status: Option<Status>,
    /// The reporting verb, whose own time may stand in for the deed's.
    pub(crate) verb: Option<usize>,
    /// The deed is done by announcing it.
    pub(crate) performative: bool,
    pub(crate) word: Option<String>,
}

/// One link while the chain is built, innermost first.
struct Spoken {
    link: AttributionLink,
    source: Option<i8>,
    author: Option<i8>,
    factive: bool,
}

/// The chain for `deed`.
pub(crate) fn said(scene: &Scene<'_>, deed: &Deed) -> Said {
    let mut chain: Vec<Spoken> = Vec::new();
    let mut said = Said {
        links: Vec::new(),
        source: None,
        author: Some(3),
        status: None,
        verb: None,
        performative: false,
        word: None,
    };
    scope::own_words(scene, deed, &mut chain);
    scope::reported_noun(scene, deed, &mut chain, &mut said);
    scope::climb(scene, deed, &mut chain, &mut said);
    scope::parenthetical(scene, deed, &mut chain, &mut said);
    scope::adjuncts(scene, deed, &mut chain);
    scope::behind_dash(scene, deed, &mut chain);
    if said.word.is_none() {
        said.word = chain
            .iter()
            .find(|s| matches!(s.link.form, AttributionForm::Adverb | AttributionForm::Adjective))
            .and_then(|s| s.link.cue.clone());
    }
    said.source = chain.first().and_then(|spoken| spoken.source);
    said.author = chain
        .iter()
        .rev()
        .try_fold(3, |_, spoken| if spoken.factive { Ok(3) } else { Err(spoken.author) })
        .map_or_else(|author| author, Some);
    if chain.is_empty() {
        said.author = Some(3);
        said.source = Some(3);
        chain.push(Spoken { link: author(), source: None, author: None, factive: false });
    }
    said.links = chain.into_iter().rev().map(|spoken| spoken.link).collect();
    said
}

/// The author's own voice.
fn author() -> AttributionLink {
    AttributionLink {
        holder: None,
        kind: AttributionType::Author,
        cue: None,
        stance: SourceStance::Assert,
        author_stance: AuthorStance::Endorse,
        form: AttributionForm::None,
        basis: Basis::Unstated,
        actor_id: None,
        holder_span: None,
        cue_span: None,
    }
}

/// The link a reader's comment puts outermost.
pub(crate) fn commenter() -> AttributionLink {
    AttributionLink { kind: AttributionType::Commenter, author_stance: AuthorStance::Neutral, ..author() }
}

/// What a holder and a cue make together.
fn spoken(
    scene: &Scene<'_>,
    passage: usize,
    holder: Option<usize>,
    cue: &Cue,
    verb: usize,
    form: AttributionForm,
) -> Spoken {
    let tree = &scene.trees[passage];
    let held = holder.map(|h| holder::describe(scene, passage, h));
    let kind = held.as_ref().map_or(AttributionType::Unspecified, |held| held.kind);
    let inferred = kind == AttributionType::Inference;
    let anonymous = holder.is_none();
    Spoken {
        link: AttributionLink {
            holder: held.as_ref().filter(|_| !inferred).map(|held| held.text.clone()),
            kind,
            cue: Some(tree.raw(verb).to_owned()),
            stance: if inferred && cue.stance == SourceStance::Confirm { SourceStance::Assert } else { cue.stance },
            author_stance: cue.author_stance,
            form,
            basis: if inferred { Basis::Inferred } else { cue.basis },
            actor_id: held.as_ref().and_then(|held| held.actor_id.clone()),
            holder_span: held.as_ref().map(|held| held.span),
            cue_span: Some(tree.span(verb, verb)),
        },
        source: if anonymous && cue.passive_author.is_some() { None } else { cue.source },
        author: if anonymous && cue.passive_author.is_some() { cue.passive_author } else { cue.author },
        factive: cue.author_stance == AuthorStance::Endorse && cue.author == Some(3),
    }
}

/// A link that names nobody: an adverb, an adjective.
fn hearsay(scene: &Scene<'_>, passage: usize, word: usize, author: i8, form: AttributionForm) -> Spoken {
    let tree = &scene.trees[passage];
    Spoken {
        link: AttributionLink {
            holder: None,
            kind: AttributionType::Hearsay,
            cue: Some(tree.raw(word).to_owned()),
            stance: SourceStance::Assert,
            author_stance: if author > 0 { AuthorStance::Neutral } else { AuthorStance::Distance },
            form,
            basis: Basis::Heard,
            actor_id: None,
            holder_span: None,
            cue_span: Some(tree.span(word, word)),
        },
        source: None,
        author: Some(author),
        factive: false,
    }
}
