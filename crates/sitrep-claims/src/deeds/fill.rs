//! Puts the noun phrases around a trigger into the roles its frame gives them.
//!
//! In: a deed under construction, its frame and what the tree offers. Out: the deed's roles. Never resolves a name.

use sitrep_language::{Dep, Tag};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::deeds::check::{Offer, violent};
use crate::lexicon::actors::Named;
use crate::lexicon::frames::{Frame, Role, Sense};
use crate::lexicon::pattern::Found;
use crate::tree::Tree;

/// Fills one deed.
pub(super) struct Filler<'a, 's, 'd> {
    pub(super) scene: &'a Scene<'s>,
    pub(super) frame: &'a Frame,
    pub(super) sense: &'a Sense,
    pub(super) deed: &'d mut Deed,
    /// How far "the attack on the attack on" is still followed.
    pub(super) left: usize,
}

/// What a filler starts with.
pub(super) const DEEPEST: usize = 8;

/// "according to": whom it names only speaks.
fn according(tree: &Tree<'_>, prep: usize) -> bool {
    let word = |i: usize| matches!(tree.word(i), "according" | "acc" | "acc.");
    word(prep) || word(tree.head(prep)) || prep > 0 && word(prep - 1)
}

/// ", with residents reporting": a clause beside, whose noun is no side of the deed.
fn absolute(tree: &Tree<'_>, prep: usize, object: usize) -> bool {
    let participle = |&k: &usize| k > object && tree.dep(k) == Dep::Acl && matches!(tree.tag(k), Tag::Vbg | Tag::Vbn);
    tree.word(prep) == "with" && prep > 0 && tree.word(prep - 1) == "," && tree.kids(object).iter().any(participle)
}

impl Filler<'_, '_, '_> {
    /// The roles of a verb's arguments.
    pub(super) fn verb(&mut self, offer: Offer, found: &Found) {
        let i = self.deed.trigger;
        let (mut subject_role, mut object_role) = (self.frame.subject, self.frame.object);
        if self.sense.patient {
            (subject_role, object_role) = (self.frame.object, Role::None);
        } else if self.sense.reverse {
            if offer.object.is_some() && self.frame.object == Role::Victims {
                (subject_role, object_role) = (Role::Target, Role::Victims);
            } else {
                (subject_role, object_role) = (Role::Target, Role::Actor);
            }
        }
        let subject = if subject_role == Role::Place || self.sense.patient { offer.subject } else { offer.doer };
        if let Some(subject) = subject {
            self.put(subject_role, subject);
        }
        if let Some(object) = offer.object.filter(|&o| Some(o) != subject) {
            self.put(object_role, object);
        }
        self.clause(offer);
        // "in rebel hands", "under government control": whose they are stands before the word.
        if self.frame.subject == Role::Place && object_role == Role::Actor {
            let tree = &self.scene.trees[self.deed.passage];
            let before = |&n: &usize| tree.kids(n).iter().copied().filter(move |&k| k < n).collect::<Vec<_>>();
            let owners: Vec<usize> = found.covered.iter().flat_map(before).collect();
            let owners = owners.into_iter().filter(|&k| matches!(tree.dep(k), Dep::Compound | Dep::Amod | Dep::Poss));
            for owner in owners.filter(|&k| !found.covered.contains(&k)).collect::<Vec<_>>() {
                let pronoun = tree.tag(owner) == Tag::PrpPoss;
                if pronoun
                    || self.scene.is_actor(self.deed.passage, owner)
                    || self.scene.hit(self.deed.passage, owner).is_some()
                {
                    self.put(Role::Actor, owner);
                }
            }
        }
        let carriers: Vec<usize> = std::iter::once(i).chain(found.covered.iter().copied()).collect();
        // "dislodged the rebels from the hill": what "from" governs is where, not whom.
        let governed = found.governed.filter(|&g| offer.object.is_none_or(|o| o == g) || subject == Some(g));
        for carrier in carriers {
            self.preps(carrier, governed);
        }
        let worded = matches!(self.deed.event.family(), "statement" | "concession" | "sanction" | "restriction")
            || self.deed.is("support.political");
        let attack = self.scene.lexicon.classes.one("attack");
        let blamed = self.deed.is("statement.accused")
            && offer.object.is_some_and(|o| self.scene.classes(self.deed.passage, o).meets(attack));
        // What is said of an attack was told with it.
        if worded
            && !blamed
            && let Some(object) = offer.object.filter(|o| !self.deed.covered.contains(o))
        {
            self.preps(object, None);
        }
        // "evicted the guerrillas from Orsk": the parser hangs the place on those who left it.
        let object = offer.object.filter(|_| self.frame.needs_place && self.deed.places.is_empty());
        if let Some(object) = object {
            self.preps(object, None);
        }
        if let Some(governor) = self.raised(i) {
            self.preps(governor, None);
        }
        self.reciprocal(offer);
        if self.deed.actors.is_empty() && self.deed.actors_inside.is_empty() && object_role == Role::Mover {
            self.deed.actors = std::mem::take(&mut self.deed.moved);
        }
    }

    /// "plans to storm the base": what is planned is no deed yet, its object is the place or target.
    fn clause(&mut self, offer: Offer) {
        let Some(clause) = offer.clause.filter(|_| offer.object.is_none()) else { return };
        let tree = &self.scene.trees[self.deed.passage];
        if self.deed.is("statement.demanded")
            && let Some(asked) = tree.kid(clause, Dep::Nsubj)
        {
            self.put(Role::Target, asked);
        }
        let own =
            matches!(self.deed.event.as_str(), "operation.planned" | "statement.threatened" | "statement.demanded");
        if !own || !violent(self.scene, tree.lemma(clause)) {
            return;
        }
        self.deed.covered.push(clause);
        let phase = tree.kid(clause, Dep::Xcomp).filter(|&v| tree.tag(v) == Tag::Vbg);
        for verb in tree.conjuncts(clause).into_iter().chain(phase) {
            self.deed.covered.push(verb);
            if let Some(object) = tree.object(verb) {
                self.deed.covered.push(object);
                self.put(Role::Target, object);
            }
            self.preps(verb, None);
        }
    }

    /// The auxiliary construction whose adverbials belong to the deed: "were able to advance", "began bombing".
    fn raised(&self, i: usize) -> Option<usize> {
        let tree = &self.scene.trees[self.deed.passage];
        let first = tree.first_conjunct(i);
        matches!(tree.dep(first), Dep::Xcomp).then(|| tree.head(first)).filter(|&g| tree.is_verb(g))
    }

    /// "the army and the rebels clashed", "fought with": both sides act.
    fn reciprocal(&mut self, offer: Offer) {
        if self.frame.object == Role::Other
            && offer.passive
            && let Some(subject) = offer.subject
        {
            self.put(Role::Other, subject);
        }
    }

    /// The prepositional phrases of `carrier`.
    pub(super) fn preps(&mut self, carrier: usize, governed: Option<usize>) {
        let tree = &self.scene.trees[self.deed.passage];
        let mediates = self.deed.is("talks");
        for prep in self.prepositions(carrier) {
            let verbal = tree.dep(prep) == Dep::Advcl && tree.word(prep) == "using";
            if !matches!(tree.dep(prep), Dep::Prep | Dep::Dative | Dep::Agent | Dep::Conj) && !verbal {
                continue;
            }
            let object = if verbal { tree.object(prep) } else { tree.prep_object(prep) };
            let Some(object) = object.filter(|&o| Some(o) != governed) else { continue };
            if according(tree, prep) || absolute(tree, prep, object) {
                continue;
            }
            let word = if tree.dep(prep) == Dep::Agent { "by" } else { tree.word(prep) };
            let role = self.frame.preps.get(word).copied().or_else(|| self.usual(word, object));
            // "mediated between the two": who mediates is no side.
            let role = role.map(|role| {
                if role == Role::Sides && mediates && !self.deed.actors.is_empty() { Role::Target } else { role }
            });
            if let Some(role) = role
                && !(word == "by"
                    && self.deed.clause == carrier
                    && tree.dep(prep) == Dep::Agent
                    && !self.deed.actors.is_empty())
            {
                self.put(role, object);
            }
        }
    }

    /// The prepositions of `carrier`, coordinated ones too ("around and inside the city"); a quoted name has none.
    fn prepositions(&self, carrier: usize) -> Vec<usize> {
        let tree = &self.scene.trees[self.deed.passage];
        let mut all = Vec::new();
        for &k in tree.kids(carrier) {
            if k > 0 && matches!(tree.word(k - 1), "“" | "\"" | "``" | "‘" | "«") {
                continue;
            }
            all.push(k);
            if matches!(tree.dep(k), Dep::Prep | Dep::Advmod) {
                all.extend(
                    tree.kids(k)
                        .iter()
                        .copied()
                        .filter(|&m| matches!(tree.dep(m), Dep::Conj | Dep::Prep) && tree.has(m, Dep::Pobj)),
                );
            }
        }
        all
    }

    /// What a preposition usually makes of its noun.
    fn usual(&self, prep: &str, object: usize) -> Option<Role> {
        let classes = &self.scene.lexicon.classes;
        let set = self.scene.classes(self.deed.passage, object);
        let place = self.scene.place_at(self.deed.passage, object).is_some() || set.meets(classes.one("place"));
        let body = set.meets(classes.one("actor").with(classes.one("civilian")).with(classes.one("vehicle")));
        let means = set.meets(
            classes
                .one("weapon")
                .with(classes.one("aircraft"))
                .with(classes.one("vehicle"))
                .with(classes.one("bomb"))
                .with(classes.one("projectile")),
        );
        match prep {
            "in" | "inside" | "near" | "around" | "outside" | "within" | "across" | "throughout" | "along" | "over"
            | "at" | "off" | "beside" | "behind" | "through" | "via" | "between" | "under" | "beyond" | "amid"
            | "north" | "south" | "east" | "west"
                if place =>
            {
                Some(Role::Place)
            }
            "on" | "upon" if place || body => Some(if body && !place { Role::Target } else { Role::Place }),
            "against" | "vs" | "vs." | "versus" => Some(Role::Target),
            "to" | "towards" | "toward" | "into" | "onto" if place => Some(Role::Destination),
            "from" if place => Some(Role::Origin),
            "by" if body => Some(Role::Actor),
            "by" | "with" | "using" if means => Some(Role::Instrument),
            _ => None,
        }
    }

    /// Puts the noun phrase headed by `i` into `role`.
    pub(super) fn put(&mut self, role: Role, i: usize) {
        let scene = self.scene;
        let passage = self.deed.passage;
        let tree = &scene.trees[passage];
        if i == self.deed.trigger
            || self.deed.covered.contains(&i) && !matches!(role, Role::Event | Role::OwnEvent | Role::Victims)
        {
            return;
        }
        // "advanced five kilometres": how far is no place and no body.
        let length = matches!(tree.lemma(i), "km" | "kilometre" | "kilometer" | "mile" | "metre" | "meter");
        if length && scene.place_at(passage, i).is_none() {
            return;
        }
        let actor = scene.is_actor(passage, i);
        let plain_place = scene.place_at(passage, i).is_some() && scene.hit(passage, i).is_none();
        match role {
            Role::Actor | Role::Other | Role::Sides => self.actor(i, actor && !plain_place),
            Role::Target | Role::Beneficiary => self.target(i, actor && !plain_place, role),
            Role::Place | Role::Origin | Role::Destination => self.place(i, role, actor, plain_place),
            Role::Instrument => {
                self.deed.instruments.push(i);
                self.deed.actors_inside.push(i);
            }
            Role::Mover => {
                self.deed.moved.push(i);
            }
            Role::Victims => {
                self.deed.victims.push(i);
                let number = matches!(tree.tag(i), Tag::Cd | Tag::Jj | Tag::Dt);
                if actor || !number {
                    self.deed.targets.push(i);
                }
            }
            Role::Things => {
                for k in tree.conjuncts(i) {
                    self.deed.things.push(k);
                    self.deed.targets_inside.push(k);
                    if scene.place_at(passage, k).is_some() {
                        self.deed.places.push((k, Role::Place));
                    }
                }
            }
            Role::Event => self.event(i, true),
            Role::OwnEvent => self.event(i, false),
            Role::About => self.deed.about = Some(i),
            Role::None => {}
        }
    }

    fn actor(&mut self, i: usize, fits: bool) {
        let scene = self.scene;
        let passage = self.deed.passage;
        let classes = &scene.lexicon.classes;
        if scene.trees[passage].has_det(i, &["no", "neither"]) {
            return;
        }
        let owner = matches!(scene.trees[passage].word(i), "its" | "their" | "his" | "her");
        if fits || owner || self.deed.event.family() == "statement" {
            self.deed.actors.push(i);
            return;
        }
        let set = scene.classes(passage, i);
        if set.meets(
            classes
                .one("attack")
                .with(classes.one("projectile"))
                .with(classes.one("bomb"))
                .with(classes.one("aircraft"))
                .with(classes.one("weapon"))
                .with(classes.one("vehicle")),
        ) {
            self.deed.actors_inside.push(i);
            if !set.meets(classes.one("attack")) {
                self.deed.instruments.push(i);
            }
        } else if scene.place_at(passage, i).is_some() {
            self.deed.places.push((i, Role::Place));
        } else {
            self.deed.actors_inside.push(i);
        }
    }

    fn target(&mut self, i: usize, fits: bool, role: Role) {
        let scene = self.scene;
        let passage = self.deed.passage;
        let tree = &scene.trees[passage];
        let classes = &scene.lexicon.classes;
        let set = scene.classes(passage, i);
        if set.meets(classes.one("attack")) && !fits {
            // "condemned the attack by the militia" is aimed at the militia.
            self.event(i, role == Role::Beneficiary || self.deed.is("statement.accused"));
            return;
        }
        let place = scene.place_at(passage, i).is_some();
        let country = scene.place_at(passage, i).is_some_and(|m| m.place.kind.as_deref() == Some("country"));
        let state = matches!(scene.hit(passage, i).map(|hit| hit.named), Some(Named::State(_)));
        let worded = matches!(self.deed.event.family(), "statement" | "sanction" | "support" | "talks");
        let ambiguous =
            !worded && tree.is_proper(i) && scene.hit(passage, i).is_none() && set.meets(classes.one("place"));
        let settlement = set.meets(classes.one("place"))
            && !set.meets(classes.one("fighter").with(classes.one("civilian")))
            && scene.hit(passage, i).is_none()
            && !set.meets(classes.one("force"));
        if country && state {
            self.deed.targets.push(i);
            if self.deed.event.family() == "statement" {
                return;
            }
        } else if fits && !(state && place || ambiguous || settlement) {
            self.deed.targets.push(i);
            return;
        }
        self.deed.targets_inside.push(i);
        if set.meets(
            classes
                .one("infrastructure")
                .with(classes.one("vehicle"))
                .with(classes.one("aircraft"))
                .with(classes.one("depot"))
                .with(classes.one("ship")),
        ) {
            self.deed.things.push(i);
        }
        if self.deed.event.family() != "statement" && (place || set.meets(classes.one("place"))) {
            self.deed.places.push((i, Role::Place));
        }
    }

    fn place(&mut self, i: usize, role: Role, actor: bool, plain_place: bool) {
        let scene = self.scene;
        let passage = self.deed.passage;
        let set = scene.classes(passage, i);
        let place =
            plain_place || scene.place_at(passage, i).is_some() || set.meets(scene.lexicon.classes.one("place"));
        if place {
            self.deed.places.push((i, role));
            if role == Role::Place && !self.deed.targets_inside.contains(&i) {
                self.deed.targets_inside.push(i);
            }
        } else if actor && matches!(role, Role::Place | Role::Destination) {
            self.deed.targets.push(i);
        }
    }

    /// An attack as argument: its doer is the target (or, of one's own, its aim is), its place is the place.
    fn event(&mut self, i: usize, others: bool) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let tree = &self.scene.trees[self.deed.passage];
        for noun in tree.conjuncts(i) {
            self.deed.covered.push(noun);
            if others {
                self.deed.targets_inside.push(noun);
            } else {
                self.deed.actors_inside.push(noun);
            }
            for &prep in tree.kids(noun) {
                if tree.dep(prep) != Dep::Prep {
                    continue;
                }
                let Some(object) = tree.prep_object(prep) else { continue };
                match tree.word(prep) {
                    // "condemned the attack on peacekeepers": who was hit is not who is blamed.
                    "on" | "against" | "at" | "upon" if self.deed.is("statement.accused") => {}
                    "on" | "against" | "at" | "upon" | "to" if others => self.put(Role::Place, object),
                    "on" | "against" | "at" | "upon" => self.put(Role::Target, object),
                    "in" | "near" | "into" | "inside" | "around" | "across" | "for" => self.put(Role::Place, object),
                    "towards" | "toward" => self.put(Role::Destination, object),
                    "from" if !others => self.put(Role::Origin, object),
                    "by" | "from" if others => self.put(Role::Target, object),
                    "of" => {
                        let event = self
                            .scene
                            .classes(self.deed.passage, object)
                            .meets(self.scene.lexicon.classes.one("attack"));
                        if event && object != i {
                            self.event(object, others);
                        }
                    }
                    _ => {}
                }
            }
            for &verb in tree.kids(noun) {
                if matches!(tree.dep(verb), Dep::Acl | Dep::Advcl | Dep::Relcl) && tree.tag(verb) == Tag::Vb {
                    self.deed.covered.push(verb);
                    if let Some(object) = tree.object(verb).filter(|_| !others) {
                        self.put(Role::Target, object);
                    }
                }
            }
        }
        self.left += 1;
    }
}
