//! Turns a noun phrase into actors: names, "ISIS fighters", "Iraqi army", "its allies", pronouns, and bodies nobody listed.
//!
//! In: the head of a noun phrase. Out: one [`ActorRef`] per coordinated body. Never drops a body because it is unknown.

use sitrep_language::{Dep, Tag};
use sitrep_model::ActorRef;

use crate::actors::{Hit, Scene};
use crate::lexicon::actors::Named;
use crate::lexicon::classes::ClassSet;

/// How deep "its allies' fighters" is followed.
const DEEPEST: usize = 3;

impl Scene<'_> {
    /// The actors of the noun phrase headed by `head`, coordination taken apart. Things that are no bodies give nothing.
    pub(crate) fn actors(&self, passage: usize, head: usize) -> Vec<ActorRef> {
        self.actors_within(passage, head, DEEPEST)
    }

    fn actors_within(&self, passage: usize, head: usize, left: usize) -> Vec<ActorRef> {
        let tree = &self.trees[passage];
        let mut refs: Vec<ActorRef> = Vec::new();
        for part in tree.conjuncts(tree.antecedent(head)) {
            if tree.is_verb(part) && part != head {
                continue;
            }
            for actor in self.one(passage, part, left) {
                if !refs.iter().any(|known| known.name == actor.name && known.text == actor.text) {
                    refs.push(actor);
                }
            }
        }
        refs
    }

    fn one(&self, passage: usize, i: usize, left: usize) -> Vec<ActorRef> {
        let tree = &self.trees[passage];
        if left == 0 {
            return Vec::new();
        }
        if matches!(tree.tag(i), Tag::Prp | Tag::Wp | Tag::PrpPoss) || tree.tag(i) == Tag::Dt && tree.kids(i).is_empty()
        {
            return self.pronoun(passage, i, left);
        }
        if let Some(hit) = self.hit(passage, i)
            && self.tie(passage, hit).is_none()
        {
            return vec![self.named(passage, i, hit)];
        }
        if !self.is_actor(passage, i) && !self.carries_actor(passage, i) {
            return self.inside(passage, i, left);
        }
        if let Some(found) = self.modified(passage, i, left) {
            return found;
        }
        if self.is_bare(passage, i) && !matches!(tree.lemma(i), "side" | "party") {
            let lemma = tree.lemma(i).to_owned();
            let known =
                self.antecedent(passage, i, &|p, k| self.hit(p, k).is_some_and(|hit| self.suits(&lemma, hit.named)));
            if let Some((p, k)) = known {
                return self.pointing(passage, i, self.actors_within(p, k, left - 1), p == passage && k == i);
            }
        }
        vec![self.plain(passage, i)]
    }

    /// Whether "the army", "the group" … can mean this body.
    fn suits(&self, lemma: &str, named: Named) -> bool {
        let (kind, name) = match named {
            Named::Actor(row) => {
                (self.lexicon.actors.actors[row].kind.as_str(), self.lexicon.actors.actors[row].name.as_str())
            }
            Named::State(_) => ("state", ""),
        };
        let armed = matches!(kind, "rebels" | "militia" | "mercenaries" | "criminal");
        match lemma {
            "army" | "military" => {
                kind == "state forces" && (name.contains("Army") || name.contains("Armed") || name.contains("Defen"))
            }
            "soldier" | "troop" | "brigade" => kind == "state forces",
            "government" | "regime" => matches!(kind, "government" | "state"),
            "coalition" | "alliance" => name.to_lowercase().contains("coalition") || name.contains("Alliance"),
            "rebel" | "insurgent" | "guerrilla" | "insurgency" => matches!(kind, "rebels" | "militia"),
            "force" => armed || kind == "state forces",
            "organization" | "organisation" => kind != "state",
            _ => armed || kind == "political",
        }
    }

    /// Positions, attacks and vehicles name their owner: "ISIS positions", "a tank of the brigade".
    pub(crate) fn carries_actor(&self, passage: usize, i: usize) -> bool {
        self.owned_by_actor(passage, i, self.classes(passage, i))
    }

    /// The same, of a phrase whose classes are known.
    pub(super) fn owned_by_actor(&self, passage: usize, i: usize, set: ClassSet) -> bool {
        let classes = &self.lexicon.classes;
        set.meets(classes.one("aircraft").with(classes.one("vehicle")).with(classes.one("ship")))
            && self.modifier_hit(passage, i).is_some()
    }

    /// The bodies inside a phrase that is none itself: its owner, its "of" or "by" phrase, its modifiers.
    pub(crate) fn inside(&self, passage: usize, i: usize, left: usize) -> Vec<ActorRef> {
        let tree = &self.trees[passage];
        let mut refs = Vec::new();
        if left == 0 {
            return refs;
        }
        for &k in tree.kids(i) {
            match tree.dep(k) {
                Dep::Poss if self.is_actor(passage, k) || tree.tag(k) == Tag::PrpPoss => {
                    refs.extend(self.actors_within(passage, k, left - 1))
                }
                Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Nsubj if k < i => {
                    let hit = self.hit(passage, k).filter(|&h| self.tie(passage, h).is_none());
                    if let Some(hit) = hit {
                        if matches!(hit.named, Named::Actor(_)) || !tree.is_proper(i) {
                            refs.extend(
                                tree.conjuncts(k)
                                    .into_iter()
                                    .filter_map(|c| Some(self.named(passage, c, self.hit(passage, c)?))),
                            );
                        }
                    } else if tree.is_noun(k) && self.kinds.of(tree.lemma(k)).is_some_and(|kind| kind != "civilians") {
                        refs.push(self.plain(passage, k));
                    }
                }
                // "the shelling of the town" is not the town's.
                Dep::Prep if tree.word(k) == "of" && undergone(tree.lemma(i)) => {}
                Dep::Prep | Dep::Agent if matches!(tree.word(k), "of" | "by" | "belonging") => {
                    if let Some(object) = tree.prep_object(k)
                        && self.is_actor(passage, object)
                        && object != i
                        && self.place_at(passage, object).is_none()
                    {
                        refs.extend(self.actors_within(passage, object, left - 1));
                    }
                }
                _ => {}
            }
        }
        refs
    }

    /// Whether words right after (or before) a name only tie something to it: "ISIS-linked", "anti-ISIS".
    pub(crate) fn tie(&self, passage: usize, hit: Hit) -> Option<usize> {
        let tree = &self.trees[passage];
        let mut after = hit.last + 1;
        if after < tree.len() && matches!(tree.word(after), "-" | "–") {
            after += 1;
        }
        if after < tree.len()
            && self.kinds.listed("ties", tree.lemma(after)) | self.kinds.listed("ties", tree.word(after))
            && matches!(tree.dep(after), Dep::Amod | Dep::Compound | Dep::Nmod)
        {
            return Some(after);
        }
        let before = hit.first.checked_sub(2).filter(|_| tree.word(hit.first - 1) == "-")?;
        self.kinds.listed("against", tree.word(before)).then_some(before)
    }

    fn named(&self, passage: usize, i: usize, hit: Hit) -> ActorRef {
        let tree = &self.trees[passage];
        let text = if i >= hit.first && i <= hit.last {
            tree.phrase(self.article(passage, i, hit), hit.last)
        } else {
            self.words(passage, i)
        };
        self.listed(hit.named, text)
    }

    /// Where the words of a name begin, "the" included.
    fn article(&self, passage: usize, i: usize, hit: Hit) -> usize {
        let tree = &self.trees[passage];
        let first = tree.left_edge(i).min(hit.first);
        if hit.first > 0 && first < hit.first && tree.word(hit.first - 1) == "the" { hit.first - 1 } else { hit.first }
    }

    fn listed(&self, named: Named, text: String) -> ActorRef {
        match named {
            Named::Actor(row) => {
                let actor = &self.lexicon.actors.actors[row];
                ActorRef {
                    text,
                    name: actor.name.clone(),
                    actor_id: Some(actor.id.clone()),
                    kind: Some(actor.kind.clone()),
                    member_of: actor.member_of.clone(),
                    refers_to: None,
                }
            }
            Named::State(row) => {
                let state = &self.lexicon.actors.states[row];
                ActorRef {
                    text,
                    name: state.country.clone(),
                    actor_id: Some(format!("state-{}", state.iso2.to_lowercase())),
                    kind: Some("state".to_owned()),
                    member_of: Vec::new(),
                    refers_to: None,
                }
            }
        }
    }

    /// A name among the words before the head, nothing tying it away.
    fn modifier_hit(&self, passage: usize, i: usize) -> Option<Hit> {
        let tree = &self.trees[passage];
        let (first, _) = tree.noun_phrase(i);
        let before = i.checked_sub(1)?;
        self.hits_within(passage, first, before).rfind(|hit| self.tie(passage, *hit).is_none())
    }

    /// "ISIS fighters", "Iraqi army", "its allies": a head told by its modifiers.
    fn modified(&self, passage: usize, i: usize, left: usize) -> Option<Vec<ActorRef>> {
        let tree = &self.trees[passage];
        let text = self.words(passage, i);
        let lemma = tree.lemma(i).to_owned();
        if let Some(owner) = tree.kids(i).iter().copied().find(|&k| tree.dep(k) == Dep::Poss) {
            let owners = self.actors_within(passage, owner, left - 1);
            if let Some(first) = owners.first() {
                // "the republic's General Staff" is a name; its owner only says whose.
                if tree.is_proper(i)
                    && !self.kinds.listed("members", &lemma)
                    && self.kinds.of(&lemma) != Some("government")
                {
                    let mut named = self.plain(passage, i);
                    named.member_of = vec![first.name.clone()];
                    return Some(vec![named]);
                }
                return Some(vec![self.owned(first, &text, &lemma)]);
            }
        }
        let hit = self.modifier_hit(passage, i)?;
        if !self.kinds.listed("members", &lemma) && !matches!(hit.named, Named::State(_)) {
            return None;
        }
        let mut actor = self.listed(hit.named, text.clone());
        if let Named::State(row) = hit.named {
            let state = &self.lexicon.actors.states[row];
            let kind = self.kinds.of(&lemma);
            let forces = matches!(
                lemma.as_str(),
                "force"
                    | "airstrike"
                    | "strike"
                    | "artillery"
                    | "missile"
                    | "drone"
                    | "tank"
                    | "vehicle"
                    | "unit"
                    | "plane"
                    | "attack"
                    | "raid"
                    | "operation"
                    | "shelling"
                    | "convoy"
            ) && !text.to_lowercase().contains("-backed");
            match kind {
                Some("state forces") => state_forces(&mut actor, &state.adjective, &state.iso2),
                _ if forces => state_forces(&mut actor, &state.adjective, &state.iso2),
                Some("government") => {
                    actor.name = format!("Government of {}", state.country);
                    actor.kind = Some("government".to_owned());
                    actor.actor_id = Some(format!("state-{}-government", state.iso2.to_lowercase()));
                }
                other => {
                    let member_of = vec![actor.name.clone()];
                    actor = ActorRef {
                        name: bare_name(&text),
                        text,
                        actor_id: None,
                        kind: other.map(str::to_owned),
                        member_of,
                        refers_to: None,
                    };
                }
            }
        }
        Some(vec![actor])
    }

    /// What "its fighters" or "their allies" are, given whose.
    fn owned(&self, owner: &ActorRef, text: &str, lemma: &str) -> ActorRef {
        if lemma != "ally" && lemma != "partner" && self.kinds.listed("members", lemma) {
            let mut same = owner.clone();
            same.text = text.to_owned();
            same.refers_to = Some(owner.refers_to.clone().unwrap_or_else(|| owner.text.clone()));
            if same.kind.as_deref() == Some("state") {
                same.kind = self.kinds.of(lemma).map(str::to_owned).or(same.kind);
            }
            return same;
        }
        ActorRef {
            text: text.to_owned(),
            name: format!("{} of {}", lemma_plural(lemma), owner.name),
            actor_id: None,
            kind: self.kinds.of(lemma).map(str::to_owned),
            member_of: Vec::new(),
            refers_to: Some(owner.name.clone()),
        }
    }

    fn pronoun(&self, passage: usize, i: usize, left: usize) -> Vec<ActorRef> {
        let tree = &self.trees[passage];
        if matches!(tree.word(i), "i" | "we" | "you" | "me" | "us" | "who" | "this" | "that" | "my" | "our" | "your") {
            return match tree.word(i) {
                "we" | "us" | "our" => vec![self.plain(passage, i)],
                _ => Vec::new(),
            };
        }
        let person = matches!(tree.word(i), "he" | "she" | "his" | "her" | "him");
        let fits = |p: usize, k: usize| {
            let set = self.classes(p, k);
            let people = set.meets(self.lexicon.classes.one("person"))
                || set.meets(self.lexicon.classes.one("fighter"))
                || self.trees[p].is_proper(k);
            if person { people && self.hit(p, k).is_none() } else { true }
        };
        match self.antecedent(passage, i, &fits) {
            Some((p, k)) => self.pointing(passage, i, self.actors_within(p, k, left - 1), false),
            None => vec![self.plain(passage, i)],
        }
    }

    fn pointing(&self, passage: usize, i: usize, found: Vec<ActorRef>, same: bool) -> Vec<ActorRef> {
        if found.is_empty() || same {
            return vec![self.plain(passage, i)];
        }
        let text = self.words(passage, i);
        found
            .into_iter()
            .map(|mut actor| {
                actor.refers_to = Some(actor.refers_to.unwrap_or_else(|| actor.text.clone()));
                actor.text = text.clone();
                actor
            })
            .collect()
    }

    /// The words of the noun phrase, without a date that only stands before it.
    fn words(&self, passage: usize, i: usize) -> String {
        let tree = &self.trees[passage];
        let (mut first, mut last) = tree.noun_phrase(i);
        if last > i && tree.dep(last) == Dep::Case {
            last -= 1;
        }
        // "troops loyal to the governor": the adjective alone says nothing.
        if last > i && tree.dep(last) == Dep::Amod && tree.head(last) == i {
            last = i;
        }
        // "former president Orel Tamm": the name right after its title.
        let name = tree
            .kids(i)
            .iter()
            .copied()
            .find(|&k| tree.dep(k) == Dep::Appos && tree.is_proper(k) && tree.left_edge(k) == i + 1 && last == i);
        if let Some(k) = name.filter(|_| !tree.is_proper(i)) {
            last = k;
        }
        while first < i && (self.is_time(passage, first) || tree.analysis.tokens[first].is_space) {
            first += 1;
        }
        tree.phrase(first, last)
    }

    /// A body as said.
    fn plain(&self, passage: usize, i: usize) -> ActorRef {
        let tree = &self.trees[passage];
        let text = self.words(passage, i);
        let long = self.abbreviations.get(tree.raw(i)).cloned();
        let kind = self.kinds.of(tree.lemma(i)).map(str::to_owned);
        ActorRef {
            name: long.unwrap_or_else(|| bare_name(&text)),
            text,
            actor_id: None,
            kind,
            member_of: Vec::new(),
            refers_to: None,
        }
    }
}

/// Nouns of attack whose "of" phrase is what is attacked.
fn undergone(lemma: &str) -> bool {
    matches!(
        lemma,
        "shelling"
            | "bombing"
            | "bombardment"
            | "storming"
            | "siege"
            | "blockade"
            | "capture"
            | "seizure"
            | "invasion"
            | "occupation"
            | "killing"
            | "murder"
            | "assassination"
            | "massacre"
            | "execution"
            | "destruction"
    )
}

fn state_forces(actor: &mut ActorRef, adjective: &str, iso2: &str) {
    actor.member_of = vec![actor.name.clone()];
    actor.name = format!("{adjective} armed forces");
    actor.kind = Some("state forces".to_owned());
    actor.actor_id = Some(format!("state-{}-forces", iso2.to_lowercase()));
}

/// The words without their article.
fn bare_name(text: &str) -> String {
    let lower = text.to_lowercase();
    let cut = ["the ", "a ", "an ", "some ", "these ", "those ", "this ", "that "]
        .iter()
        .find(|d| lower.starts_with(**d))
        .map_or(0, |d| d.len());
    text.get(cut..).unwrap_or(text).to_owned()
}

fn lemma_plural(lemma: &str) -> String {
    match lemma.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{lemma}s"),
    }
}
