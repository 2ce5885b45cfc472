//! The dependency parser: arc-eager transitions with sentence breaks, as spaCy runs them.
//!
//! In: encoded tokens. Out: a head and a label per token, and where sentences start. Greedy: the best-scored move that the
//! state allows, until nothing is left. Cost is linear in the number of tokens, however long a sentence.

mod lift;
mod state;

use crate::kernels::{HIDDEN, Level};
use crate::labels::Dep;
use crate::model_file::{ModelError, ModelFile};
use crate::network::TokenFeatures;
use crate::sentences::Edges;
use crate::transitions::{FEATURE, TransitionModel};
use state::{NOBODY, State};

/// Places of a state: first and second of the buffer, top three of the stack, and children (see [`State::context`]).
const PLACES: usize = 8;
/// Tokens whose feature rows are computed at once.
const FEATURE_BLOCK: usize = 64;
/// Blocks of feature rows kept behind the reading point: sentences of up to seven blocks never look further back.
const KEPT_BLOCKS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// Moves the first of the buffer to the stack.
    Shift,
    /// Pops the stack, or gives a token without a head back to the buffer.
    Reduce,
    /// Makes the first of the buffer the head of the top of the stack.
    Left,
    /// Makes the top of the stack the head of the first of the buffer.
    Right,
    /// Starts a sentence at the second of the buffer.
    Break,
}

#[derive(Debug, Clone, Copy)]
struct Move {
    action: Action,
    label: Label,
}

/// A dependency label, perhaps with the label of the token it is to be lowered to.
#[derive(Debug, Clone, Copy)]
struct Label {
    dep: Dep,
    lowered_to: Option<Dep>,
}

/// The parser's weights and moves.
#[derive(Debug)]
pub(crate) struct Parser {
    model: TransitionModel,
    moves: Vec<Move>,
    /// Per set of allowed actions (see [`State::allowed`]), which moves those are.
    masks: Vec<Vec<f32>>,
}

/// Work space of one parsing thread.
#[derive(Debug, Default)]
pub(crate) struct ParserSpace {
    /// `HIDDEN` numbers per token.
    inputs: Vec<f32>,
    state: State,
    window: FeatureWindow,
    scores: Vec<f32>,
    pub(crate) edges: Edges,
}

impl ParserSpace {
    /// Bytes that grow with the longest text seen.
    pub(crate) fn size_bytes(&self) -> usize {
        self.inputs.capacity() * size_of::<f32>()
    }
}

impl Parser {
    /// Reads the weights and the list of moves.
    pub(crate) fn load(file: &ModelFile<'_>, level: Level) -> Result<Parser, ModelError> {
        let moves =
            file.lines("labels.parser")?.into_iter().map(parse_move).collect::<Result<Vec<Move>, ModelError>>()?;
        let model = TransitionModel::load(file, "par", PLACES, moves.len(), level)?;
        let masks = (0..16)
            .map(|allowed| {
                model.mask(&moves, |candidate| {
                    allowed
                        & match candidate.action {
                            Action::Shift => state::SHIFT,
                            Action::Reduce => state::REDUCE,
                            Action::Left | Action::Right => state::ARC,
                            Action::Break => state::BREAK,
                        }
                        != 0
                })
            })
            .collect();
        Ok(Parser { model, moves, masks })
    }

    /// Makes `space` ready for a new text.
    pub(crate) fn start(&self, space: &mut ParserSpace) {
        space.inputs.clear();
    }

    /// Takes in the next tokens of the text.
    pub(crate) fn read(&self, encoded: &[f32], space: &mut ParserSpace) {
        let n_rows = encoded.len() / crate::kernels::WIDTH;
        let read = space.inputs.len();
        space.inputs.resize(read + n_rows * HIDDEN, 0.0);
        self.model.input.apply(encoded, n_rows, &mut space.inputs[read..]);
    }

    /// Parses the tokens read: fills `heads` and `deps`, and `space.edges` with the sentence starts.
    pub(crate) fn parse(
        &self,
        tokens: &[TokenFeatures],
        space: &mut ParserSpace,
        heads: &mut Vec<u32>,
        deps: &mut Vec<Dep>,
    ) {
        self.run(tokens.len(), space);
        let ParserSpace { state, edges, .. } = space;
        heads.clear();
        heads.extend(state.heads.iter().zip(0..).map(|(&head, token)| if head == NOBODY { token } else { head }));
        deps.clear();
        deps.extend(state.heads.iter().zip(&state.moves).map(|(&head, &number)| {
            if head == NOBODY { Dep::Root } else { self.moves[usize::from(number)].label.dep }
        }));
        edges.compute(heads);
        let lowered = |token: usize| {
            if state.heads[token] == NOBODY {
                None
            } else {
                self.moves[usize::from(state.moves[token])].label.lowered_to
            }
        };
        if lift::lower(tokens, heads, deps, lowered, edges) {
            edges.compute(heads);
        }
    }

    /// Runs the transitions until no token is left.
    fn run(&self, n_tokens: usize, space: &mut ParserSpace) {
        let ParserSpace { inputs, state, window, scores, .. } = space;
        state.start(n_tokens);
        window.start();
        scores.resize(self.model.scorer.n_padded(), 0.0);
        while !state.is_final() {
            let context = state.context();
            window.reach(context[1].min(context[0].wrapping_add(1)), &self.model, inputs);
            window.recall(&context, &self.model, inputs);
            let features: [&[f32]; PLACES] =
                std::array::from_fn(|place| window.row(context[place], place, &self.model));
            let mask = &self.masks[usize::from(state.allowed(&context))];
            let Some(best) = self.model.scorer.best(&features, mask, scores) else { break };
            state.apply(self.moves[best].action, best as u16, &context);
        }
    }
}

fn parse_move(name: &str) -> Result<Move, ModelError> {
    let unknown = || ModelError::malformed("labels.parser", format!("no such move: {name}"));
    let (action, label) = name.split_once('-').unwrap_or((name, "ROOT"));
    let action = match action {
        "S" => Action::Shift,
        "D" => Action::Reduce,
        "L" => Action::Left,
        "R" => Action::Right,
        "B" => Action::Break,
        _ => return Err(unknown()),
    };
    let (dep, lowered_to) = match label.split_once("||") {
        Some((dep, to)) => (dep, Some(Dep::from_label(to).ok_or_else(unknown)?)),
        None => (label, None),
    };
    Ok(Move { action, label: Label { dep: Dep::from_label(dep).ok_or_else(unknown)?, lowered_to } })
}

/// Feature rows of the tokens around the reading point, computed block by block as it moves on. Rows further back than
/// the kept blocks are computed again, one place at a time, when a state still looks at them.
#[derive(Debug, Default)]
struct FeatureWindow {
    /// `[KEPT_BLOCKS][FEATURE_BLOCK][PLACES][FEATURE]`
    rows: Vec<f32>,
    /// Blocks computed so far.
    n_blocks: usize,
    /// Rows computed again for the current state, one per place.
    recalled: Vec<f32>,
}

impl FeatureWindow {
    fn start(&mut self) {
        self.n_blocks = 0;
        self.rows.resize(KEPT_BLOCKS * FEATURE_BLOCK * PLACES * FEATURE, 0.0);
        self.recalled.resize(PLACES * FEATURE, 0.0);
    }

    /// Computes blocks up to the one that holds `token`.
    fn reach(&mut self, token: u32, model: &TransitionModel, inputs: &[f32]) {
        let n_tokens = inputs.len() / HIDDEN;
        if n_tokens == 0 {
            return;
        }
        let wanted = (token as usize).min(n_tokens - 1) / FEATURE_BLOCK;
        while self.n_blocks <= wanted {
            let first = self.n_blocks * FEATURE_BLOCK;
            let n_rows = (n_tokens - first).min(FEATURE_BLOCK);
            let slot = self.n_blocks % KEPT_BLOCKS * FEATURE_BLOCK * PLACES * FEATURE;
            model.features.apply(&inputs[first * HIDDEN..], n_rows, &mut self.rows[slot..]);
            self.n_blocks += 1;
        }
    }

    fn is_kept(&self, token: u32) -> bool {
        token as usize / FEATURE_BLOCK + KEPT_BLOCKS >= self.n_blocks
    }

    /// Computes the rows of the context that are no longer kept.
    fn recall(&mut self, context: &[u32; PLACES], model: &TransitionModel, inputs: &[f32]) {
        for (place, &token) in context.iter().enumerate() {
            if token != NOBODY && !self.is_kept(token) {
                let input = &inputs[token as usize * HIDDEN..][..HIDDEN];
                let output = &mut self.recalled[place * FEATURE..(place + 1) * FEATURE];
                model.features.apply_columns(place * FEATURE..(place + 1) * FEATURE, input, 1, output);
            }
        }
    }

    fn row<'w>(&'w self, token: u32, place: usize, model: &'w TransitionModel) -> &'w [f32] {
        if token == NOBODY {
            model.padding(place)
        } else if self.is_kept(token) {
            let slot = token as usize % (KEPT_BLOCKS * FEATURE_BLOCK);
            &self.rows[(slot * PLACES + place) * FEATURE..][..FEATURE]
        } else {
            &self.recalled[place * FEATURE..(place + 1) * FEATURE]
        }
    }
}
