//! Sentence starts from heads, as spaCy derives them.
//!
//! In: the head of every token. Out: the leftmost and rightmost token below each, and where sentences start. A sentence
//! starts at the leftmost token below a root; arcs that cross are handled by spaCy's own repeated passes.

/// Passes over a tree whose arcs cross before its edges are taken as they are.
const MAX_PASSES: usize = 12;

/// What lies below each token, and where sentences start.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    /// Leftmost token at or below each token.
    pub(crate) left: Vec<u32>,
    /// Rightmost token at or below each token.
    pub(crate) right: Vec<u32>,
    /// Whether a sentence starts at each token.
    pub(crate) starts: Vec<bool>,
}

impl Edges {
    /// Recomputes everything for `heads`, where a root is its own head.
    pub(crate) fn compute(&mut self, heads: &[u32]) {
        let n_tokens = heads.len();
        self.left.clear();
        self.left.extend(0..n_tokens as u32);
        self.right.clear();
        self.right.extend(0..n_tokens as u32);
        for _ in 0..MAX_PASSES {
            for (token, &head) in heads.iter().enumerate() {
                self.widen(token, head as usize);
            }
            for (token, &head) in heads.iter().enumerate().rev() {
                self.widen(token, head as usize);
            }
            self.mark_starts(heads);
            if self.heads_stay_within(heads) {
                break;
            }
        }
    }

    fn widen(&mut self, token: usize, head: usize) {
        self.left[head] = self.left[head].min(self.left[token]);
        self.right[head] = self.right[head].max(self.right[token]);
    }

    fn mark_starts(&mut self, heads: &[u32]) {
        self.starts.clear();
        self.starts.resize(heads.len(), false);
        for (token, &head) in heads.iter().enumerate() {
            if head as usize == token {
                self.starts[self.left[token] as usize] = true;
            }
        }
    }

    /// Whether every head lies in its token's own sentence. The last token is not looked at: nor does spaCy.
    fn heads_stay_within(&self, heads: &[u32]) -> bool {
        let last = heads.len().saturating_sub(1);
        let mut start = 0;
        for end in 0..heads.len() {
            if (end > 0 && self.starts[end]) || end == last {
                let inside = start as u32..end as u32 + 1;
                if heads[start..end].iter().any(|head| !inside.contains(head)) {
                    return false;
                }
                start = end;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(heads: &[u32]) -> Vec<usize> {
        let mut edges = Edges::default();
        edges.compute(heads);
        (0..heads.len()).filter(|&token| edges.starts[token]).collect()
    }

    #[test]
    fn a_sentence_starts_left_of_its_root() {
        assert_eq!(starts(&[1, 1, 1, 4, 4]), [0, 3]);
        assert_eq!(starts(&[0]), [0]);
        assert_eq!(starts(&[]), [0; 0]);
    }

    #[test]
    fn crossing_arcs_settle() {
        assert_eq!(starts(&[3, 1, 1, 3, 2]), [0, 1]);
    }
}
