//! Undoes the projective encoding: a label such as `prep||dobj` says that the token belongs below a `dobj` further down.
//!
//! In: projective heads with the wanted label of the true head. Out: heads moved down, as in Nivre and Nilsson (2005) and
//! spaCy: breadth first, left to right. A budget that grows with the text keeps the search linear.

use crate::labels::Dep;
use crate::network::TokenFeatures;
use crate::sentences::Edges;

/// Tokens looked at per token of the text, and once more per text. Only sentences of thousands of words come near it;
/// what is not found by then stays where it is.
const LOOKS_PER_TOKEN: usize = 64;
const LOOKS_PER_TEXT: usize = 1 << 20;

/// Moves the tokens that `lowered` names a label for. Tells whether there were any.
pub(super) fn lower(
    tokens: &[TokenFeatures],
    heads: &mut [u32],
    deps: &mut [Dep],
    lowered: impl Fn(usize) -> Option<Dep>,
    edges: &Edges,
) -> bool {
    let mut budget = LOOKS_PER_TEXT + LOOKS_PER_TOKEN * tokens.len();
    let mut any = false;
    for token in 0..tokens.len() {
        if let Some(wanted) = lowered(token) {
            any = true;
            // A label still to be undone is not yet the plain label it will become.
            let is_wanted =
                |child: usize, deps: &[Dep]| deps[child] == wanted && (child < token || lowered(child).is_none());
            if let Some(head) = find(token, tokens, heads, edges, &mut budget, |child| is_wanted(child, deps)) {
                heads[token] = head;
            }
        }
    }
    any
}

/// The first token below the head of `token` that `is_wanted` says yes to.
fn find(
    token: usize,
    tokens: &[TokenFeatures],
    heads: &[u32],
    edges: &Edges,
    budget: &mut usize,
    is_wanted: impl Fn(usize) -> bool,
) -> Option<u32> {
    let mut queue = vec![heads[token]];
    let mut at = 0;
    while let Some(&head) = queue.get(at) {
        at += 1;
        for child in edges.left[head as usize]..=edges.right[head as usize] {
            *budget = budget.checked_sub(1)?;
            if heads[child as usize] != head || child == head || child as usize == token {
                continue;
            }
            if tokens[child as usize].is_space {
                continue;
            }
            if is_wanted(child as usize) {
                return Some(child);
            }
            queue.push(child);
        }
    }
    None
}
