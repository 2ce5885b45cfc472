//! Which of our templates answers which of the key's, and the tallies of every slot.
//!
//! In: both sides' templates of one text. Out: counts of right, half right, wrong, missing and spurious fills. Two templates may be aligned
//! when their types agree at least in part and they share at least part of a target or perpetrator (as MUC-4 demanded), or the key names
//! neither; the best pairs are taken first. Optional templates and fills that nobody answers are not missed.

use super::slots::*;

/// The counts of one slot.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    pub(super) right: f64,
    pub(super) half: f64,
    pub(super) wrong: f64,
    pub(super) missing: f64,
    pub(super) spurious: f64,
}

impl Tally {
    pub(super) fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.half += other.half;
        self.wrong += other.wrong;
        self.missing += other.missing;
        self.spurious += other.spurious;
    }

    /// Recall, precision and F, in hundredths.
    pub(super) fn figures(self) -> [f64; 3] {
        let credit = self.right + 0.5 * self.half;
        let told = self.right + self.half + self.wrong;
        let (recall, precision) = (credit / (told + self.missing).max(1.0), credit / (told + self.spurious).max(1.0));
        let f = 2.0 * recall * precision / (recall + precision).max(f64::MIN_POSITIVE);
        [recall * 100.0, precision * 100.0, f * 100.0]
    }
}

/// A text's scores: of aligned templates, of key templates nobody answered, of ours that answer none.
#[derive(Default)]
pub(super) struct Scored {
    pub(super) matched: [Tally; 23],
    pub(super) missing: [Tally; 23],
    pub(super) spurious: [Tally; 23],
    /// Templates aligned, missed, too many.
    pub(super) templates: [usize; 3],
    /// For each of ours, the key it answers.
    pub(super) answers: Vec<Option<usize>>,
}

/// Aligns and scores one text.
pub(super) fn score(ours: &[Template], key: &[Template]) -> Scored {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (o, our) in ours.iter().enumerate() {
        for (k, gold) in key.iter().enumerate() {
            if alike(our, gold) {
                let credit = (0..SLOTS.len()).map(|slot| compare(slot, &our.slots[slot], &gold.slots[slot]));
                let sum: f64 = credit.map(|t| t.right + 0.5 * t.half).sum();
                pairs.push((sum - if gold.optional { 0.25 } else { 0.0 }, o, k));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut answers, mut taken) = (vec![None; ours.len()], vec![false; key.len()]);
    let mut scored = Scored::default();
    for (_, o, k) in pairs {
        if answers[o].is_none() && !taken[k] {
            (answers[o], taken[k]) = (Some(k), true);
            scored.templates[0] += 1;
            for slot in 0..SLOTS.len() {
                scored.matched[slot].add(compare(slot, &ours[o].slots[slot], &key[k].slots[slot]));
            }
        }
    }
    for (gold, _) in key.iter().zip(&taken).filter(|(gold, taken)| !**taken && !gold.optional) {
        scored.templates[1] += 1;
        for slot in 0..SLOTS.len() {
            scored.missing[slot].add(compare(slot, &[], &gold.slots[slot]));
        }
    }
    for (our, _) in ours.iter().zip(&answers).filter(|(_, answer)| answer.is_none()) {
        scored.templates[2] += 1;
        for slot in 0..SLOTS.len() {
            scored.spurious[slot].add(compare(slot, &our.slots[slot], &[]));
        }
    }
    scored.answers = answers;
    scored
}

fn alike(ours: &Template, key: &Template) -> bool {
    let some = |slot: usize| {
        let tally = compare(slot, &ours.slots[slot], &key.slots[slot]);
        tally.right + tally.half > 0.0
    };
    const SHARED: [usize; 5] = [INDIVIDUAL, ORGANISATION, PHYSICAL, HUMAN_NAME, HUMAN];
    some(TYPE) && (SHARED.iter().any(|slot| some(*slot)) || SHARED.iter().all(|slot| key.slots[*slot].is_empty()))
}

/// Whether nothing differs in a slot.
pub(super) fn all_right(slot: usize, ours: &[Fill], key: &[Fill]) -> bool {
    let tally = compare(slot, ours, key);
    tally.half + tally.wrong + tally.missing + tally.spurious == 0.0
}

/// Scores the fills of one slot, best pairs first.
fn compare(slot: usize, ours: &[Fill], key: &[Fill]) -> Tally {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (o, our) in ours.iter().enumerate() {
        for (k, gold) in key.iter().enumerate() {
            let credit = credit(slot, our, gold);
            if credit > 0.0 {
                pairs.push((credit, o, k));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used, mut met) = (vec![false; ours.len()], vec![false; key.len()]);
    let mut tally = Tally::default();
    for (credit, o, k) in pairs {
        if !used[o] && !met[k] {
            (used[o], met[k]) = (true, true);
            *if credit > 0.75 { &mut tally.right } else { &mut tally.half } += 1.0;
        }
    }
    let left = used.iter().filter(|used| !**used).count();
    let open = key.iter().zip(&met).filter(|(gold, met)| !**met && !gold.optional).count();
    tally.wrong = left.min(open) as f64;
    tally.missing = open.saturating_sub(left) as f64;
    tally.spurious = left.saturating_sub(open) as f64;
    tally
}
