//! The state of the arc-eager transition system: stack, buffer, arcs made so far.
//!
//! In: moves. Out: the tokens the next move is scored by, and which moves are allowed. Every step takes constant time:
//! a token's outermost children are kept at hand, not searched for.

use super::{Action, PLACES};

/// Stands where no token is.
pub(super) const NOBODY: u32 = u32::MAX;

/// Bits of [`State::allowed`].
pub(super) const SHIFT: u8 = 1;
pub(super) const REDUCE: u8 = 2;
pub(super) const ARC: u8 = 4;
pub(super) const BREAK: u8 = 8;

/// Stack, buffer and arcs over the tokens of one text.
#[derive(Debug, Default)]
pub(super) struct State {
    n_tokens: u32,
    stack: Vec<u32>,
    /// Tokens given back to the buffer; the last comes first.
    returned: Vec<u32>,
    /// First token that was never on the stack.
    next: u32,
    /// Head per token, or [`NOBODY`].
    pub(super) heads: Vec<u32>,
    /// The move that gave the token its head.
    pub(super) moves: Vec<u16>,
    /// Outermost (latest attached) left and right child per token, or [`NOBODY`].
    last_child: Vec<[u32; 2]>,
    /// The child of the same head and side that was attached before this one.
    older_sibling: Vec<u32>,
    /// Whether the token was given back and may not be shifted again.
    was_returned: Vec<bool>,
    starts_sentence: Vec<bool>,
}

impl State {
    pub(super) fn start(&mut self, n_tokens: usize) {
        self.n_tokens = n_tokens as u32;
        self.next = 0;
        self.stack.clear();
        self.returned.clear();
        refill(&mut self.heads, n_tokens, NOBODY);
        refill(&mut self.moves, n_tokens, 0);
        refill(&mut self.last_child, n_tokens, [NOBODY; 2]);
        refill(&mut self.older_sibling, n_tokens, NOBODY);
        refill(&mut self.was_returned, n_tokens, false);
        refill(&mut self.starts_sentence, n_tokens, false);
    }

    pub(super) fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn buffer_length(&self) -> usize {
        (self.n_tokens - self.next) as usize + self.returned.len()
    }

    fn on_stack(&self, depth: usize) -> u32 {
        self.stack.len().checked_sub(depth + 1).map_or(NOBODY, |place| self.stack[place])
    }

    fn in_buffer(&self, place: usize) -> u32 {
        match self.returned.len().checked_sub(place + 1) {
            Some(place) => self.returned[place],
            None => {
                let token = self.next + (place - self.returned.len()) as u32;
                if token < self.n_tokens { token } else { NOBODY }
            }
        }
    }

    fn child(&self, head: u32, side: usize) -> u32 {
        if head == NOBODY { NOBODY } else { self.last_child[head as usize][side] }
    }

    /// The tokens a move is scored by: first and second of the buffer; first, second and third of the stack; leftmost
    /// child of the buffer's first; leftmost and rightmost child of the stack's first.
    pub(super) fn context(&self) -> [u32; PLACES] {
        let (first, top) = (self.in_buffer(0), self.on_stack(0));
        [
            first,
            self.in_buffer(1),
            top,
            self.on_stack(1),
            self.on_stack(2),
            self.child(first, 0),
            self.child(top, 0),
            self.child(top, 1),
        ]
    }

    /// Which actions spaCy's transition system allows now, as a set of bits.
    pub(super) fn allowed(&self, context: &[u32; PLACES]) -> u8 {
        let [first, second, ..] = *context;
        let n_left = self.buffer_length();
        let has = |flags: &[bool], token: u32| token != NOBODY && flags[token as usize];
        let mut allowed = 0;
        if self.stack.is_empty() {
            allowed |= SHIFT;
        } else {
            allowed |= REDUCE;
            let starts = has(&self.starts_sentence, first);
            if n_left >= 2 && !starts && !has(&self.was_returned, first) {
                allowed |= SHIFT;
            }
            if n_left >= 1 && !starts {
                allowed |= ARC;
            }
        }
        if n_left >= 2 && second == first + 1 && !has(&self.starts_sentence, second) {
            allowed |= BREAK;
        }
        allowed
    }

    /// Makes a move that [`State::allowed`] has allowed for this `context`.
    pub(super) fn apply(&mut self, action: Action, number: u16, context: &[u32; PLACES]) {
        let [first, second, top, ..] = *context;
        match action {
            Action::Shift => self.shift(),
            Action::Reduce => {
                if self.heads[top as usize] == NOBODY && self.stack.len() > 1 {
                    self.was_returned[top as usize] = true;
                    self.returned.push(top);
                }
                self.stack.pop();
            }
            Action::Left => {
                self.attach(first, top, number);
                self.was_returned[first as usize] = false;
                self.stack.pop();
            }
            Action::Right => {
                self.attach(top, first, number);
                self.shift();
            }
            Action::Break => self.starts_sentence[second as usize] = true,
        }
    }

    fn shift(&mut self) {
        let token = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    fn attach(&mut self, head: u32, child: u32, number: u16) {
        let old = self.heads[child as usize];
        if old != NOBODY {
            // A token that has a head and is attached anew was that head's latest child: nothing can be attached to a
            // head that lies under it on the stack.
            let latest = &mut self.last_child[old as usize][usize::from(old < child)];
            debug_assert_eq!(*latest, child);
            if *latest == child {
                *latest = self.older_sibling[child as usize];
            }
        }
        let latest = &mut self.last_child[head as usize][usize::from(head < child)];
        self.older_sibling[child as usize] = *latest;
        *latest = child;
        self.heads[child as usize] = head;
        self.moves[child as usize] = number;
    }
}

fn refill<T: Clone>(values: &mut Vec<T>, length: usize, value: T) {
    values.clear();
    values.resize(length, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(n_tokens: usize, actions: &[Action]) -> State {
        let mut state = State::default();
        state.start(n_tokens);
        for &action in actions {
            let context = state.context();
            let bit = match action {
                Action::Shift => SHIFT,
                Action::Reduce => REDUCE,
                Action::Left | Action::Right => ARC,
                Action::Break => BREAK,
            };
            assert!(state.allowed(&context) & bit != 0, "{action:?} is not allowed");
            state.apply(action, 0, &context);
        }
        state
    }

    #[test]
    fn a_token_without_head_goes_back_to_the_buffer_once() {
        let state = after(3, &[Action::Shift, Action::Shift, Action::Reduce]);
        let context = state.context();
        assert_eq!(context[..3], [1, 2, 0]);
        assert_eq!(state.allowed(&context), REDUCE | ARC | BREAK);
    }

    #[test]
    fn a_new_head_takes_the_child_from_the_old_one() {
        let state = after(3, &[Action::Shift, Action::Right, Action::Left]);
        assert_eq!(state.heads, [NOBODY, 2, NOBODY]);
        assert_eq!(state.context(), [2, NOBODY, 0, NOBODY, NOBODY, 1, NOBODY, NOBODY]);
    }

    #[test]
    fn nothing_is_attached_across_a_break() {
        let state = after(3, &[Action::Shift, Action::Break, Action::Reduce, Action::Shift]);
        assert_eq!(state.allowed(&state.context()), REDUCE);
    }
}
