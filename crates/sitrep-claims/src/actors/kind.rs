//! What a noun phrase can be: a body, a place, a person, a number of people.
//!
//! In: the head of a noun phrase. Out: its [`ClassSet`]. Asks the words, the names and mentions that cover them, and for "they"
//! what it points back to; never more than one pronoun deep.

use sitrep_language::{Dep, Tag};
use sitrep_model::number_word;

use crate::actors::Scene;
use crate::lexicon::actors::Named;
use crate::lexicon::classes::ClassSet;

/// How far "one of the dozens of" is followed.
const DEEPEST: usize = 4;

impl Scene<'_> {
    /// What the noun phrase headed by `i` can be.
    pub(crate) fn classes(&self, passage: usize, i: usize) -> ClassSet {
        let known = &self.covers[passage].classes[i];
        if let Some(set) = known.get() {
            return set;
        }
        let set = match self.stands_for(passage, i) {
            Some((p, k)) => self.own_classes(p, k).with(self.lexicon.classes.one("bare")),
            None => self.own_classes(passage, i),
        };
        known.set(Some(set));
        set
    }

    /// What "they" points back to. The candidates are judged by their own words alone: "five of them" would otherwise ask what
    /// "them" is again.
    fn stands_for(&self, passage: usize, i: usize) -> Option<(usize, usize)> {
        let tree = &self.trees[passage];
        let plural = tree.tag(i) == Tag::Prp && matches!(tree.word(i), "they" | "them") && !self.is_time(passage, i);
        if plural { self.antecedent(passage, i, &|_, _| true) } else { None }
    }

    /// The classes by the phrase's own words.
    fn own_classes(&self, passage: usize, i: usize) -> ClassSet {
        let known = &self.covers[passage].own_classes[i];
        let set = known.get().unwrap_or_else(|| self.work_out(passage, i, DEEPEST));
        known.set(Some(set));
        set
    }

    fn work_out(&self, passage: usize, i: usize, left: usize) -> ClassSet {
        let tree = &self.trees[passage];
        let one = |name: &str| self.lexicon.classes.one(name);
        if self.is_time(passage, i) {
            return ClassSet::NONE;
        }
        // "Eleven of them were let go": taken for a noun.
        let counts = tree.is_noun(i) && number_word(tree.word(i)).is_some() && tree.pobj(i, "of").is_some();
        match if counts { Tag::Cd } else { tree.tag(i) } {
            Tag::Prp | Tag::Wp | Tag::Wdt => return self.pronoun_classes(passage, i),
            // "uncovered 28 tunnels and destroyed six": six of what was named before.
            Tag::Cd => {
                let number = one("number").with(one("bare"));
                let own = self.measured(passage, i, left).unwrap_or(number);
                return match self.counted_before(passage, i).filter(|_| left > 0 && own == number) {
                    Some(noun) => number.with(self.work_out(passage, noun, left - 1)),
                    None => own,
                };
            }
            Tag::Dt | Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Vbn | Tag::Rb => {
                return self.measured(passage, i, left).unwrap_or(one("bare"));
            }
            _ => {}
        }
        // "hundreds of soldiers" are soldiers, "hundreds fled" is anybody.
        let mut set = self.measured(passage, i, left).unwrap_or_else(|| self.lexicon.classes.of(tree.lemma(i)));
        // "Some 300,000 Rohingya": a people that is counted.
        let name = tree.tag(i) == Tag::Nnps || tree.tag(i) == Tag::Nns && tree.raw(i).starts_with(char::is_uppercase);
        let counted_people = name && set.is_empty() && self.hit(passage, i).is_none();
        if (self.norp(passage, i) || counted_people) && tree.has(i, Dep::Nummod) {
            set = set.with(one("displaced")).with(one("civilian"));
        }
        if set.is_empty() && !tree.is_proper(i) && self.person_like(passage, i) {
            set = set.with(one("person_like"));
        }
        // "the air force struck": it strikes from the air.
        if tree.lemma(i) == "force" && tree.kids(i).iter().any(|&k| k + 1 == i && tree.word(k) == "air") {
            set = set.with(one("aircraft"));
        }
        if self.carries_bomb(passage, i) {
            set = set.with(one("bomb"));
        }
        if self.rigged(passage, i) {
            set = set.with(one("bomb"));
        }
        if self.carries_relief(passage, i) {
            set = set.with(one("relief"));
        }
        match self.hit(passage, i).map(|hit| hit.named) {
            Some(Named::Actor(_)) => set = set.with(one("actor")).with(one("force")),
            Some(Named::State(index)) if self.people(passage, i, index) => {
                set = set.with(one("actor")).with(one("civilian")).with(one("fighter")).with(one("bare"));
            }
            Some(Named::State(_)) if tree.is_proper(i) => {
                set = set.with(one("actor")).with(one("force")).with(one("place"));
            }
            _ if tree.is_proper(i) && set.is_empty() => set = self.unlisted(passage, i),
            _ => {}
        }
        if set.meets(one("fighter").with(one("force"))) && !self.plain_place(passage, i) {
            set = set.with(one("actor"));
        }
        set
    }

    /// "aid convoy", "relief ships", "humanitarian supplies".
    fn carries_relief(&self, passage: usize, i: usize) -> bool {
        let tree = &self.trees[passage];
        let relief = self.lexicon.classes.one("relief");
        let aid = |k: usize| tree.lemma(k) == "medical" || self.lexicon.classes.of(tree.lemma(k)).meets(relief);

        let modifier = |k: usize| k < i && matches!(tree.dep(k), Dep::Compound | Dep::Amod | Dep::Nmod);
        let loaded = |k: usize| {
            tree.dep(k) == Dep::Acl
                && matches!(tree.lemma(k), "carry" | "bring" | "load")
                && tree.object(k).is_some_and(|o| aid(o) || tree.kids(o).iter().any(|&m| aid(m)))
        };
        // "twelve trucks of flour", "the delivery of food".
        let vessel = matches!(
            tree.lemma(i),
            "truck" | "lorry" | "truckload" | "shipment" | "delivery" | "consignment" | "cargo" | "tonne" | "ton"
        );
        let full = |o: usize| aid(o) || tree.kids(o).iter().any(|&m| aid(m));
        let full = vessel && (tree.pobj(i, "of").is_some_and(full) || tree.pobj(i, "with").is_some_and(full));
        full || tree.is_noun(i) && tree.kids(i).iter().any(|&k| modifier(k) && aid(k) || loaded(k))
    }

    /// "Kenyans": the people of a state, not the state.
    fn people(&self, passage: usize, i: usize, state: usize) -> bool {
        let tree = &self.trees[passage];
        let adjective = self.lexicon.actors.states[state].adjective.to_lowercase();
        matches!(tree.tag(i), Tag::Nns | Tag::Nnps)
            && tree.word(i).strip_suffix('s').is_some_and(|stem| stem.starts_with(&adjective))
    }

    fn pronoun_classes(&self, passage: usize, i: usize) -> ClassSet {
        let tree = &self.trees[passage];
        let one = |name: &str| self.lexicon.classes.one(name);
        let thing = matches!(tree.word(i), "it" | "which" | "that" | "itself");
        let set = one("actor").with(one("bare"));
        if thing && matches!(tree.dep(i), Dep::Dobj | Dep::Pobj) {
            return one("place").with(one("bare"));
        }
        if matches!(tree.word(i), "he" | "she" | "him" | "her" | "i" | "you") {
            return set.with(one("civilian")).with(one("person"));
        }
        if thing { set } else { set.with(one("civilian")).with(one("fighter")).with(one("displaced")) }
    }

    /// What a proper noun no list has can be.
    fn unlisted(&self, passage: usize, i: usize) -> ClassSet {
        let tree = &self.trees[passage];
        let one = |name: &str| self.lexicon.classes.one(name);
        let actorish = one("actor").with(one("fighter")).with(one("bare"));
        // "President Oran Vastrez", "General Vastrez": the title says what he is.
        let has_title = |class: &str| {
            tree.kids(i).iter().any(|&k| {
                k < i && tree.dep(k) == Dep::Compound && self.lexicon.classes.of(tree.lemma(k)).meets(one(class))
            })
        };
        let titled = has_title("official");
        let person = has_title("fighter") || has_title("person") || has_title("civilian");
        if titled {
            one("actor").with(one("bare")).with(one("civilian")).with(one("person")).with(one("official"))
        } else if person && self.place_at(passage, i).is_none() {
            actorish.with(one("civilian")).with(one("person"))
        } else if self.place_at(passage, i).is_some() {
            one("place")
        } else if tree.tag(i) == Tag::Nnps || self.norp(passage, i) {
            actorish
        } else {
            one("place").with(actorish).with(one("civilian")).with(one("person"))
        }
    }

    /// A known place mention that names no state: never an actor.
    fn plain_place(&self, passage: usize, i: usize) -> bool {
        self.place_at(passage, i).is_some_and(|m| m.head == i)
            && !matches!(self.hit(passage, i).map(|h| h.named), Some(Named::State(_) | Named::Actor(_)))
    }

    /// "dozens of fighters": what is counted.
    fn measured(&self, passage: usize, i: usize, left: usize) -> Option<ClassSet> {
        let tree = &self.trees[passage];
        let measures = self.kinds.listed("measures", tree.lemma(i))
            || tree.tag(i) == Tag::Cd
            || !tree.is_noun(i)
            || number_word(tree.word(i)).is_some();
        let object = tree.pobj(i, "of").filter(|&o| measures && left > 0 && o != i)?;
        Some(if self.kinds.listed("measures", tree.lemma(object)) {
            self.lexicon.classes.of(tree.lemma(object))
        } else {
            self.work_out(passage, object, left - 1)
        })
    }

    /// Whether the noun phrase can be an actor.
    pub(crate) fn is_actor(&self, passage: usize, i: usize) -> bool {
        self.carries_actor(passage, i) || self.acts(self.classes(passage, i))
    }

    /// The counted things a bare number goes on from: the object of the verb its own verb is coordinated with.
    fn counted_before(&self, passage: usize, i: usize) -> Option<usize> {
        let tree = &self.trees[passage];
        let verb = tree.head(i);
        let before = tree.head(verb);
        let goes_on = tree.dep(i) == Dep::Dobj && tree.dep(verb) == Dep::Conj && before != verb;
        tree.object(before).filter(|&o| goes_on && tree.is_noun(o) && tree.has(o, Dep::Nummod))
    }

    /// "charcoal burners", "40 apostates": nouns in no list that can be people by their ending, or because several are counted. Frames
    /// ask for them only where nothing but people can stand.
    fn person_like(&self, passage: usize, i: usize) -> bool {
        let tree = &self.trees[passage];
        let lemma = tree.lemma(i);
        let ending = self.kinds.ends_as_person(lemma);
        let counted = tree.tag(i) == Tag::Nns && tree.has(i, Dep::Nummod);
        tree.is_noun(i) && (ending || counted)
    }

    /// "a booby-trapped vehicle", "an explosives-laden truck".
    fn rigged(&self, passage: usize, i: usize) -> bool {
        let tree = &self.trees[passage];
        let trapped = |k: usize| {
            matches!(tree.lemma(k), "trap" | "booby-trap" | "laden" | "rigged")
                || matches!(
                    tree.word(k),
                    "trapped" | "booby-trapped" | "laden" | "explosives-laden" | "explosive-laden"
                )
        };
        let vehicle = self.lexicon.classes.of(tree.lemma(i)).meets(self.lexicon.classes.one("vehicle"));
        vehicle && tree.kids(i).iter().any(|&k| k < i && trapped(k))
    }

    /// "a car loaded with explosives", "a truck packed with bombs".
    fn carries_bomb(&self, passage: usize, i: usize) -> bool {
        let tree = &self.trees[passage];
        let one = |name: &str| self.lexicon.classes.one(name);
        let vehicle = self.lexicon.classes.of(tree.lemma(i)).meets(one("vehicle"));
        let load = tree.kids(i).iter().copied().find(|&k| {
            matches!(tree.dep(k), Dep::Acl | Dep::Amod)
                && matches!(tree.word(k), "loaded" | "packed" | "laden" | "filled" | "rigged")
        });
        let with = load.filter(|_| vehicle).and_then(|k| tree.pobj(k, "with"));
        with.is_some_and(|o| self.lexicon.classes.of(tree.lemma(o)).meets(one("bomb")))
    }

    /// Whether the noun phrase can be an actor by its own words: what pronouns ask of their candidates.
    pub(super) fn names_actor(&self, passage: usize, i: usize) -> bool {
        let set = self.own_classes(passage, i);
        self.owned_by_actor(passage, i, set) || self.acts(set)
    }

    fn acts(&self, set: ClassSet) -> bool {
        ["actor", "civilian", "person", "captive", "source"]
            .iter()
            .any(|name| set.meets(self.lexicon.classes.one(name)))
    }
}
