//! Shapes put together once: halves of countries, strips along borders and rivers cost a thousand times a look-up.
//!
//! In: what a shape is made from, as words, and how to make it. Out: the shape. What is kept never changes an answer, only the time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::shape::Shape;

/// All are forgotten when there are more.
const MOST_SHAPES: usize = 2048;

/// Shapes by what they are made from.
#[derive(Default)]
pub(crate) struct Memo(Mutex<BTreeMap<String, Option<Shape>>>);

impl Memo {
    /// The shape made from `parts`.
    pub(crate) fn shape(&self, parts: String, make: impl FnOnce() -> Option<Shape>) -> Option<Shape> {
        if let Some(known) = self.kept().get(&parts) {
            return known.clone();
        }
        let made = make();
        let mut kept = self.kept();
        if kept.len() >= MOST_SHAPES {
            kept.clear();
        }
        kept.insert(parts, made.clone());
        made
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Option<Shape>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::shape::ring;
    use super::*;

    #[test]
    fn a_shape_is_made_once() {
        let (memo, town) = (Memo::default(), (34.45, 40.92));
        let first = memo.shape("ring 5".to_owned(), || ring(town, 0.0, 5.0));
        assert!(first.is_some());
        assert_eq!(memo.shape("ring 5".to_owned(), || unreachable!("it is kept")), first);
        for n in 0..MOST_SHAPES {
            assert_eq!(memo.shape(format!("none {n}"), || None), None);
        }
        assert!(memo.kept().len() <= MOST_SHAPES);
    }
}
