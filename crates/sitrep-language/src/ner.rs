//! The entity recogniser: one greedy move per token (begin, inside, last, unit, outside), as spaCy runs it.
//!
//! In: encoded tokens block by block, and where sentences start. Out: entities, which never cross a sentence start and
//! never begin on whitespace. Keeps only what an open entity needs between blocks.

use std::ops::Range;

use crate::analysis::Entity;
use crate::kernels::{HIDDEN, Level, WIDTH};
use crate::labels::EntityLabel;
use crate::model_file::{ModelError, ModelFile};
use crate::network::TokenFeatures;
use crate::transitions::{FEATURE, TransitionModel};

/// Places of a state: the token, the first token of the open entity, the token before if an entity is open.
const PLACES: usize = 3;

/// Bits of the situation a move is chosen in.
const IS_LAST: usize = 1;
const SENTENCE_ENDS: usize = 2;
const IS_SPACE: usize = 4;
const SITUATIONS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Begin,
    Inside,
    Last,
    Unit,
    Outside,
}

#[derive(Debug, Clone, Copy)]
struct Move {
    action: Action,
    /// Absent for "outside", and for moves that only training uses.
    label: Option<EntityLabel>,
}

/// The recogniser's weights and moves.
#[derive(Debug)]
pub(crate) struct Recognizer {
    model: TransitionModel,
    moves: Vec<Move>,
    /// Which moves are allowed, per open entity (none, or its label) and situation.
    masks: Vec<Vec<f32>>,
}

/// Work space of one recognising thread.
#[derive(Debug, Default)]
pub(crate) struct RecognizerSpace {
    inputs: Vec<f32>,
    features: Vec<f32>,
    scores: Vec<f32>,
    open: Option<(u32, EntityLabel)>,
    /// Feature row of the open entity's first token.
    open_row: Vec<f32>,
    /// Feature row, as the token before, of the last token of the block before.
    before_row: Vec<f32>,
}

impl Recognizer {
    /// Reads the weights and the list of moves.
    pub(crate) fn load(file: &ModelFile<'_>, level: Level) -> Result<Recognizer, ModelError> {
        let moves = file.lines("labels.ner")?.into_iter().map(parse_move).collect::<Result<Vec<Move>, ModelError>>()?;
        let model = TransitionModel::load(file, "ner", PLACES, moves.len(), level)?;
        let open = std::iter::once(None).chain(EntityLabel::ALL.iter().copied().map(Some));
        let masks = open
            .flat_map(|open| (0..SITUATIONS).map(move |situation| (open, situation)))
            .map(|(open, situation)| model.mask(&moves, |candidate| is_allowed(*candidate, open, situation)))
            .collect();
        Ok(Recognizer { model, moves, masks })
    }

    /// Makes `space` ready for a new text.
    pub(crate) fn start(&self, space: &mut RecognizerSpace) {
        space.open = None;
        space.open_row.resize(FEATURE, 0.0);
        space.before_row.resize(FEATURE, 0.0);
        space.scores.resize(self.model.scorer.n_padded(), 0.0);
    }

    /// Takes in the encoded tokens of `range` and appends the entities that end there.
    pub(crate) fn read(
        &self,
        tokens: &[TokenFeatures],
        range: Range<usize>,
        encoded: &[f32],
        starts: &[bool],
        space: &mut RecognizerSpace,
        entities: &mut Vec<Entity>,
    ) {
        let n_rows = encoded.len() / WIDTH;
        let width = self.model.features.n_padded();
        space.inputs.resize(n_rows * HIDDEN, 0.0);
        self.model.input.apply(encoded, n_rows, &mut space.inputs);
        space.features.resize(n_rows * width, 0.0);
        self.model.features.apply(&space.inputs, n_rows, &mut space.features);
        for token in range.clone() {
            let at = token - range.start;
            let is_last = token + 1 == tokens.len();
            let mut situation = usize::from(is_last) * IS_LAST;
            situation |= usize::from(!is_last && starts.get(token + 1).copied().unwrap_or(false)) * SENTENCE_ENDS;
            situation |= usize::from(tokens[token].is_space) * IS_SPACE;
            if let Some(best) = self.best_move(at, width, situation, space) {
                self.apply(self.moves[best], token as u32, at, width, space, entities);
            }
        }
        let last_row = &space.features[(n_rows - 1) * width..];
        space.before_row.copy_from_slice(&last_row[2 * FEATURE..3 * FEATURE]);
    }

    fn best_move(&self, at: usize, width: usize, situation: usize, space: &mut RecognizerSpace) -> Option<usize> {
        let row = |at: usize, place: usize| &space.features[at * width + place * FEATURE..][..FEATURE];
        let before = if at == 0 { &space.before_row[..] } else { row(at - 1, 2) };
        let features = match space.open {
            Some(_) => [row(at, 0), &space.open_row[..], before],
            None => [row(at, 0), self.model.padding(1), self.model.padding(2)],
        };
        let open = space.open.map_or(0, |(_, label)| 1 + label as usize);
        self.model.scorer.best(&features, &self.masks[open * SITUATIONS + situation], &mut space.scores)
    }

    fn apply(
        &self,
        chosen: Move,
        token: u32,
        at: usize,
        width: usize,
        space: &mut RecognizerSpace,
        entities: &mut Vec<Entity>,
    ) {
        match (chosen.action, chosen.label) {
            (Action::Begin, Some(label)) => {
                space.open = Some((token, label));
                space.open_row.copy_from_slice(&space.features[at * width + FEATURE..][..FEATURE]);
            }
            (Action::Last, Some(_)) => {
                if let Some((first, label)) = space.open.take() {
                    entities.push(Entity { first, end: token + 1, label });
                }
            }
            (Action::Unit, Some(label)) => entities.push(Entity { first: token, end: token + 1, label }),
            _ => {}
        }
    }
}

fn parse_move(name: &str) -> Result<Move, ModelError> {
    let unknown = || ModelError::malformed("labels.ner", format!("no such move: {name}"));
    let (action, label) = name.split_once('-').unwrap_or((name, ""));
    let action = match action {
        "B" => Action::Begin,
        "I" => Action::Inside,
        "L" => Action::Last,
        "U" => Action::Unit,
        "O" => Action::Outside,
        _ => return Err(unknown()),
    };
    let label = if label.is_empty() { None } else { Some(EntityLabel::from_label(label).ok_or_else(unknown)?) };
    Ok(Move { action, label })
}

/// Whether spaCy's transition system allows the move while `open` is the open entity.
fn is_allowed(candidate: Move, open: Option<EntityLabel>, situation: usize) -> bool {
    let goes_on = situation & (IS_LAST | SENTENCE_ENDS) == 0;
    let starts_well = situation & IS_SPACE == 0;
    match (candidate.action, candidate.label) {
        (Action::Begin, Some(_)) => open.is_none() && goes_on && starts_well,
        (Action::Inside, Some(_)) => open == candidate.label && goes_on,
        (Action::Last, Some(_)) => open == candidate.label,
        (Action::Unit, Some(_)) => open.is_none() && starts_well,
        (Action::Outside, None) => open.is_none(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_ends_with_the_sentence() {
        let inside = parse_move("I-GPE").expect("a move");
        let last = parse_move("L-GPE").expect("a move");
        let open = Some(EntityLabel::Gpe);
        assert!(is_allowed(inside, open, 0) && is_allowed(last, open, 0));
        for situation in [IS_LAST, SENTENCE_ENDS, IS_LAST | IS_SPACE] {
            assert!(!is_allowed(inside, open, situation) && is_allowed(last, open, situation));
        }
        assert!(!is_allowed(last, Some(EntityLabel::Org), 0) && !is_allowed(last, None, 0));
    }

    #[test]
    fn no_entity_begins_on_whitespace() {
        for name in ["B-ORG", "U-ORG"] {
            assert!(!is_allowed(parse_move(name).expect("a move"), None, IS_SPACE));
        }
        assert!(is_allowed(parse_move("O").expect("a move"), None, IS_SPACE));
        assert!(!is_allowed(parse_move("U-").expect("a move"), None, 0));
    }
}
