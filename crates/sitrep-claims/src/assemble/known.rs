//! What a report only speaks of as known is told where nothing else in it tells the deed: "the murder of Senator Vastrez".
//!
//! In: all deeds of a document. Out: the same without those whose victims another deed of the kind has. Never drops a deed told outright.

use std::collections::BTreeSet;

use crate::actors::Scene;
use crate::assemble::Told;
use crate::deeds::Deed;

/// Drops deeds spoken of as known that are told elsewhere, and every such mention of one deed but the first.
pub(super) fn drop_told(scene: &Scene<'_>, told: &mut Vec<Told>) {
    let mut seen: BTreeSet<String> = told
        .iter()
        .filter(|one| !one.deed.presupposed && harms(&one.deed))
        .flat_map(|one| victims(scene, &one.deed))
        .collect();
    told.retain(|one| {
        if !one.deed.presupposed {
            return true;
        }
        let own = victims(scene, &one.deed);
        let new = own.iter().all(|word| !seen.contains(word));
        seen.extend(own);
        new
    });
}

fn harms(deed: &Deed) -> bool {
    matches!(deed.event.family(), "civilians" | "casualties" | "attack" | "suicide_attack" | "explosive")
}

/// The last words of the victims' names and of the nouns that count them.
fn victims(scene: &Scene<'_>, deed: &Deed) -> BTreeSet<String> {
    let tree = &scene.trees[deed.passage];
    let all = deed.victims.iter().chain(&deed.targets).flat_map(|&i| tree.conjuncts(i));
    all.map(|i| tree.lemma(i).to_owned()).collect()
}
