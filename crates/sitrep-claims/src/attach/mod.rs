//! Where and when a deed happened, as far as its own words, its sentence and the narrative say.
//!
//! In: deeds and the mentions found in their passage. Out: places and a time for each. Never invents either.

pub(crate) mod length;
pub(crate) mod place;
pub(crate) mod relation;
pub(crate) mod time;
mod widen;

use sitrep_language::Dep;

use crate::actors::Scene;
use crate::deeds::Deed;

/// Whether token `i` tells one of `deeds`, which are those of one passage in text order.
fn triggers(deeds: &[Deed], i: usize) -> bool {
    deeds.binary_search_by_key(&i, |deed| deed.trigger).is_ok()
}

/// Whether token `i` belongs to `deed`: it hangs on the deed's words with no other deed, and no relative clause, in between.
pub(crate) fn belongs(scene: &Scene<'_>, deed: &Deed, others: &[Deed], i: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let mut at = i;
    for above in std::iter::once(i).chain(tree.ancestors(i)) {
        if above == deed.trigger || above == deed.clause {
            return true;
        }
        if triggers(others, above) {
            return false;
        }
        if tree.dep(at) == Dep::Relcl && at != above {
            return false;
        }
        if matches!(tree.dep(above), Dep::Ccomp) && tree.is_verb(above) {
            return false;
        }
        at = above;
    }
    false
}
