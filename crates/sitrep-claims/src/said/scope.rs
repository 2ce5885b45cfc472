//! Which reporting words a deed stands under: adverbs on it, verbs above it, "according to" beside it.
//!
//! In: a deed's place in its tree. Out: links pushed innermost first. Content reached through a purpose or time clause of the
//! reporting verb is not what is reported.

use sitrep_language::{Dep, Tag};
use sitrep_model::{AttributionForm, AttributionType, SourceStance};

use crate::actors::Scene;
use crate::deeds::Deed;
use crate::lexicon::cues::Cue;
use crate::said::{Said, Spoken, hearsay, spoken};

/// "allegedly", "reported" on the deed's own words.
pub(super) fn own_words(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>) {
    let tree = &scene.trees[deed.passage];
    let cues = &scene.lexicon.cues;
    let mut carriers = vec![deed.trigger, deed.clause];
    let first = tree.first_conjunct(deed.clause);
    if tree.dep(first) == Dep::Xcomp {
        carriers.push(tree.head(first));
    }
    carriers.dedup();
    for carrier in carriers {
        for &k in tree.kids(carrier) {
            let word = tree.word(k);
            if let Some(author) = cues.adverbs.get(word).filter(|_| tree.dep(k) == Dep::Advmod) {
                chain.push(hearsay(scene, deed.passage, k, *author, AttributionForm::Adverb));
                return;
            }
            if carrier == deed.trigger
                && tree.is_noun(carrier)
                && let Some(author) = cues.adjectives.get(word).filter(|_| tree.dep(k) == Dep::Amod)
            {
                chain.push(hearsay(scene, deed.passage, k, *author, AttributionForm::Adjective));
                return;
            }
        }
    }
}

/// "clashes were reported", "reports of clashes", "announced an attack".
pub(super) fn reported_noun(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>, said: &mut Said) {
    let tree = &scene.trees[deed.passage];
    let Some(verb) = deed.reported_by else { return };
    if !tree.is_verb(verb) {
        let cue = scene.lexicon.cues.named(if matches!(tree.lemma(verb), "claim" | "allegation" | "accusation") {
            "claim"
        } else {
            "report"
        });
        if let Some(cue) = cue {
            let holder =
                tree.kid(verb, Dep::Poss).or_else(|| tree.pobj(verb, "by")).or_else(|| tree.pobj(verb, "from"));
            chain.push(spoken(scene, deed.passage, holder, cue, verb, AttributionForm::Noun));
        }
        return;
    }
    let Some(cue) = scene.lexicon.cues.of(tree.lemma(verb)).find(|cue| !cue.infinitive && !cue.gerund) else { return };
    let passive = tree.passive(verb);
    let holder = if passive { tree.agent(verb) } else { tree.subject(verb) };
    let form = if passive && holder.is_none() { AttributionForm::PassiveNoSource } else { AttributionForm::Indirect };
    chain.push(spoken(scene, deed.passage, holder, cue, verb, form));
    said.verb = Some(verb);
    said.performative = cue.performative;
}

/// The reporting verbs above the deed, nearest first.
pub(super) fn climb(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>, said: &mut Said) {
    let tree = &scene.trees[deed.passage];
    announcing(scene, deed, chain, said);
    let mut at = if deed.reported_by.is_some() { deed.clause } else { top_of(scene, deed) };
    // What a relative clause or "after the raid" tells beside a plan is no part of the plan.
    let mut beside = false;
    for _ in 0..40 {
        let head = tree.head(at);
        if head == at {
            break;
        }
        beside |= aside(tree, at);
        let content = matches!(tree.dep(at), Dep::Ccomp | Dep::Xcomp | Dep::Parataxis)
            || tree.dep(at) == Dep::Advcl && (marked_that(scene, deed.passage, at) || fronted(tree, at, head));
        // "Residents have left; the council puts the number at 6,500": another sentence but for its mark.
        if at < head && (tree.right_edge(at)..head).any(|k| tree.word(k) == ";") {
            break;
        }
        if content && tree.is_verb(head) {
            if let Some(cue) = cue_over(scene, deed.passage, head, at) {
                if !chain.is_empty()
                    && at < head
                    && cue.stance == SourceStance::Deny
                    && !quoted(scene, deed.passage, at)
                {
                    // "One side says it took the village, the other denies": two speakers beside each other.
                    break;
                }
                let passive = tree.passive(head);
                let holder = if passive { tree.agent(head) } else { tree.subject(head) };
                let holder =
                    if cue.raising || passive && tree.dep(at) == Dep::Xcomp { tree.agent(head) } else { holder };
                let person = holder.is_some_and(|h| scene.is_actor(deed.passage, h) && tree.word(h) != "it");
                if cue.id == "testify" && !person
                    || matches!(tree.lemma(head), "emerge" | "turn") && holder.is_some_and(|h| tree.word(h) != "it")
                {
                    at = head;
                    continue;
                }
                let outer = holder.filter(|&h| tree.dep(head) == Dep::Conj && !speaker(scene, deed.passage, h));
                if let Some(outer) = outer.and_then(|_| reporting_above(scene, deed.passage, head)) {
                    // "denied that the town was lost and said its troops held": the second verb has the first one's subject.
                    let holder = holder_of(scene, deed.passage, outer, tree.subject(outer));
                    chain.push(spoken(scene, deed.passage, holder, cue, head, AttributionForm::Indirect));
                    said.verb = said.verb.or(Some(head));
                    at = outer;
                    continue;
                }
                let holder = holder.or_else(|| displaced(scene, deed.passage, head).filter(|_| !passive));
                // "the agency quoted an officer as saying": the officer says it, the agency that he does.
                let quoting = Some(tree.head(head)).filter(|&p| tree.dep(head) == Dep::Pcomp && tree.word(p) == "as");
                let holder = quoting.and_then(|p| tree.object(tree.head(p))).or(holder);
                let form = if passive && holder.is_none() {
                    AttributionForm::PassiveNoSource
                } else if quoted(scene, deed.passage, at) {
                    AttributionForm::Direct
                } else {
                    AttributionForm::Indirect
                };
                let mut link =
                    spoken(scene, deed.passage, holder_of(scene, deed.passage, head, holder), cue, head, form);
                let footage = scene.lexicon.classes.one("footage");
                let shown = tree.subject(head).filter(|&s| scene.classes(deed.passage, s).meets(footage));
                if let Some(shown) = shown.filter(|_| cue.raising) {
                    // "photographs appear to show": what the pictures are taken to show.
                    link = spoken(scene, deed.passage, Some(shown), cue, head, form);
                } else if cue.raising {
                    link.link.kind = AttributionType::Inference;
                }
                chain.push(link);
                said.status = said.status.or(cue.status.filter(|_| !beside));
                said.verb = said.verb.or(Some(head));
                said.performative |= cue.performative && chain.len() == 1;
            }
        } else if let Some(cue) = reported_fate(scene, deed.passage, at) {
            let verb = if tree.dep(at) == Dep::Conj { head } else { tree.head(head) };
            let holder = holder_of(scene, deed.passage, verb, tree.subject(verb));
            chain.push(spoken(scene, deed.passage, holder, cue, verb, AttributionForm::Indirect));
            said.verb = said.verb.or(Some(verb));
        } else if tree.dep(at) == Dep::Acl
            && tree.is_noun(head)
            && scene.lexicon.cues.nouns.iter().any(|n| n == tree.lemma(head))
            && marked_that(scene, deed.passage, at)
        {
            if let Some(cue) = scene.lexicon.cues.named(if tree.lemma(head) == "claim" { "claim" } else { "report" }) {
                let holder =
                    tree.kid(head, Dep::Poss).or_else(|| tree.pobj(head, "by")).or_else(|| tree.pobj(head, "from"));
                chain.push(spoken(scene, deed.passage, holder, cue, head, AttributionForm::Noun));
            }
        } else if tree.dep(at) == Dep::Acl
            && tree.is_noun(head)
            && let Some(cue) = scene.lexicon.cues.of(tree.lemma(head)).find(|cue| cue.id == "demand-that")
        {
            // "its demand that the army leave": what is demanded is no deed yet.
            let holder =
                tree.kid(head, Dep::Poss).or_else(|| tree.pobj(head, "by")).or_else(|| tree.pobj(head, "from"));
            chain.push(spoken(scene, deed.passage, holder, cue, head, AttributionForm::Noun));
            said.status = said.status.or(cue.status.filter(|_| !beside));
        } else if tree.dep(at) == Dep::Pcomp && tree.dep(head) == Dep::Prep {
            let verb = tree.head(head);
            if let Some(cue) = scene
                .lexicon
                .cues
                .of(tree.lemma(verb))
                .find(|cue| cue.gerund)
                .filter(|_| matches!(tree.word(head), "of" | "for"))
            {
                let holder = if tree.passive(verb) { tree.agent(verb) } else { tree.subject(verb) };
                chain.push(spoken(scene, deed.passage, holder, cue, verb, AttributionForm::Indirect));
            }
        }
        at = head;
    }
}

/// "Three were killed and one wounded when the rebels attacked, the staff said": the time clause of what is said before the verb of saying.
fn fronted(tree: &crate::tree::Tree<'_>, at: usize, says: usize) -> bool {
    let subject = tree.kid(says, Dep::Nsubj);
    let told = tree.kids(says).iter().any(|&k| tree.dep(k) == Dep::Ccomp && k < at);
    told && at < says && subject.is_some_and(|s| s > at && s < says)
}

/// "reported two children killed and 33 people injured": participles on what a reporting verb counts; its cue.
fn reported_fate<'k>(scene: &Scene<'k>, passage: usize, at: usize) -> Option<&'k Cue> {
    let tree = &scene.trees[passage];
    let past = tree.tag(at) == Tag::Vbd && tree.dep(at) == Dep::Conj && !tree.has(at, Dep::Dobj);
    let participle = past || matches!(tree.tag(at), Tag::Vbn | Tag::Vbg);
    let bare = participle && !tree.has(at, Dep::Aux) && !tree.has(at, Dep::Auxpass);
    let noun = tree.head(at);
    let verb = match tree.dep(at) {
        Dep::Acl if tree.dep(noun) == Dep::Dobj || tree.dep(noun) == Dep::Conj && tree.is_verb(tree.head(noun)) => {
            tree.head(noun)
        }
        // The second of them is taken for a verb beside the reporting one.
        Dep::Conj if tree.counts_subject(at) => noun,
        _ => return None,
    };
    let reports = matches!(
        tree.lemma(verb),
        "report" | "record" | "document" | "count" | "confirm" | "register" | "observe" | "describe" | "film"
    );
    let cue = || scene.lexicon.cues.of(tree.lemma(verb)).find(|cue| !cue.infinitive && !cue.gerund);
    if bare && reports && !tree.passive(verb) { cue() } else { None }
}

/// Whether `at` only stands beside what its head tells: a relative clause, "after the raid", "in retaliation for the raid".
fn aside(tree: &crate::tree::Tree<'_>, at: usize) -> bool {
    let mark = |words: &[&str]| {
        tree.kids(at).iter().any(|&k| matches!(tree.dep(k), Dep::Mark | Dep::Advmod) && words.contains(&tree.word(k)))
    };
    match tree.dep(at) {
        Dep::Relcl => true,
        Dep::Acl => tree.tag(at) == Tag::Vbn,
        Dep::Advcl => mark(&["after", "as", "because", "since", "although", "though"]),
        Dep::Prep => match tree.word(at) {
            "after" | "following" | "since" | "over" | "despite" | "amid" => true,
            "to" => matches!(tree.lemma(tree.head(at)), "response" | "reaction"),
            "for" => matches!(
                tree.lemma(tree.head(at)),
                "retaliation" | "revenge" | "reprisal" | "response" | "compensation"
            ),
            _ => false,
        },
        _ => false,
    }
}

/// "Troops took the village and pushed on, the institute reported": a reporting clause the parser coordinates with what it reports.
pub(super) fn parenthetical(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>, said: &mut Said) {
    let tree = &scene.trees[deed.passage];
    if said.verb.is_some() {
        return;
    }
    let range = tree.sentence_range(tree.sentence(deed.trigger));
    // "In Laboule, residents said, men had gone": set off by commas on both sides, it speaks of the whole sentence.
    for verb in range.start..deed.trigger {
        let own = tree.kid(verb, Dep::Nsubj).filter(|&h| h < verb && speaker(scene, deed.passage, h));
        let Some(holder) = own.filter(|_| tree.dep(verb) == Dep::Parataxis && tree.is_verb(verb)) else { continue };
        let before = tree.left_edge(holder).checked_sub(1).is_some_and(|k| tree.word(k) == ",");
        let set_off = before && verb + 1 < tree.len() && tree.word(verb + 1) == ",";
        let cue = scene.lexicon.cues.of(tree.lemma(verb)).find(|cue| !cue.infinitive && !cue.gerund && !cue.raising);
        if let Some(cue) = cue.filter(|_| set_off && tree.under(deed.trigger, tree.head(verb))) {
            chain.push(spoken(scene, deed.passage, Some(holder), cue, verb, AttributionForm::Parenthetical));
            said.verb = Some(verb);
            return;
        }
    }
    for verb in deed.trigger + 1..range.end {
        let loose = tree.is_verb(verb)
            && matches!(tree.dep(verb), Dep::Conj | Dep::Parataxis | Dep::Dep)
            && verb != deed.clause;
        let own = tree.kids(verb).iter().copied().find(|&k| tree.dep(k) == Dep::Nsubj);
        let Some(holder) = own.filter(|&h| loose && speaker(scene, deed.passage, h)) else { continue };
        let says = tree
            .kids(verb)
            .iter()
            .all(|&k| !matches!(tree.dep(k), Dep::Dobj | Dep::Ccomp | Dep::Xcomp | Dep::Mark | Dep::Cc));
        let first = tree.left_edge(holder).min(verb);
        let comma = first > 0 && matches!(tree.word(first - 1), "," | "\"" | "”" | "''");
        let above = tree
            .ancestors(verb)
            .any(|a| a == deed.clause || tree.first_conjunct(a) == tree.first_conjunct(deed.clause));
        let cue = scene.lexicon.cues.of(tree.lemma(verb)).find(|cue| !cue.infinitive && !cue.gerund && !cue.raising);
        if let Some(cue) = cue.filter(|_| says && comma && above && first > deed.trigger) {
            chain.push(spoken(scene, deed.passage, Some(holder), cue, verb, AttributionForm::Parenthetical));
            said.verb = Some(verb);
            return;
        }
    }
}

/// "took the village of Ostrel, President Tamm said": a speaker the parser hangs on the name before the comma.
fn displaced(scene: &Scene<'_>, passage: usize, verb: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    let last = verb.checked_sub(1)?;
    let ends = |h: &usize| tree.right_edge(*h) == last;
    let fits = |&head: &usize| {
        let first = tree.noun_phrase(head).0;
        let loose = matches!(tree.dep(head), Dep::Appos | Dep::Conj | Dep::Npadvmod) && tree.is_noun(head);
        loose && first > 0 && tree.word(first - 1) == "," && speaker(scene, passage, head)
    };
    // "close to the border, a member of the council said": the speaker's own "of the council" stands between.
    std::iter::once(last).chain(tree.ancestors(last).take(6)).take_while(ends).find(fits)
}

/// Whether the phrase can say something.
fn speaker(scene: &Scene<'_>, passage: usize, i: usize) -> bool {
    let classes = &scene.lexicon.classes;
    let set = scene.classes(passage, i);
    let place = scene.place_at(passage, i).is_some() && scene.hit(passage, i).is_none();
    let speaks =
        ["actor", "person", "source", "medium", "civilian", "footage"].iter().any(|name| set.meets(classes.one(name)));
    speaks
        && !place
        && !(set.meets(classes.one("place")) && !scene.trees[passage].is_proper(i) && !set.meets(classes.one("actor")))
}

/// The nearest reporting verb above.
fn reporting_above(scene: &Scene<'_>, passage: usize, verb: usize) -> Option<usize> {
    let tree = &scene.trees[passage];
    tree.ancestors(verb).find(|&a| tree.is_verb(a) && scene.lexicon.cues.of(tree.lemma(a)).any(|cue| !cue.infinitive))
}

/// A force that announces its own deed: the deed is "announced an attack".
fn announcing(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>, said: &mut Said) {
    let tree = &scene.trees[deed.passage];
    let code = deed.event.as_str();
    let statement = matches!(code, "operation.announced" | "statement.responsibility");
    if statement && tree.is_verb(deed.clause) {
        let verb = deed.clause;
        let id = if code == "operation.announced" { "announce" } else { "claim" };
        if let (Some(cue), Some(holder)) =
            (scene.lexicon.cues.named(id), if tree.passive(verb) { tree.agent(verb) } else { tree.subject(verb) })
        {
            chain.push(spoken(scene, deed.passage, Some(holder), cue, verb, AttributionForm::Indirect));
            said.performative = true;
        }
    } else if matches!(code, "statement.confirmed" | "statement.no_comment" | "statement.denied") {
        let cue = scene.lexicon.cues.named(match code {
            "statement.confirmed" => "confirm",
            "statement.denied" => "deny",
            _ => "say",
        });
        if let (Some(cue), Some(holder)) = (cue, tree.subject(deed.clause).filter(|_| tree.is_verb(deed.clause))) {
            let mut link = spoken(scene, deed.passage, Some(holder), cue, deed.clause, AttributionForm::Indirect);
            if code == "statement.no_comment" {
                link.link.stance = sitrep_model::SourceStance::Decline;
                link.source = None;
                link.author = Some(3);
            } else if code == "statement.confirmed" && tree.negated(deed.clause) {
                // "could not verify": nothing is said for the report, and nothing against it.
                link.link.stance = sitrep_model::SourceStance::Decline;
                link.link.author_stance = sitrep_model::AuthorStance::Neutral;
                (link.source, link.author, link.factive) = (Some(0), Some(0), false);
            }
            chain.push(link);
        }
    }
}

/// The verb from which the way up starts.
fn top_of(scene: &Scene<'_>, deed: &Deed) -> usize {
    let tree = &scene.trees[deed.passage];
    if tree.under(deed.trigger, deed.clause) { deed.trigger } else { deed.clause }
}

/// The cue of `verb` when `content` is what it reports.
fn cue_over<'k>(scene: &Scene<'k>, passage: usize, verb: usize, content: usize) -> Option<&'k Cue> {
    let tree = &scene.trees[passage];
    let to = tree.kids(content).iter().any(|&k| tree.dep(k) == Dep::Aux && tree.tag(k) == Tag::To);
    let gerund = tree.tag(content) == Tag::Vbg && tree.dep(content) == Dep::Xcomp;
    let all: Vec<&Cue> = scene.lexicon.cues.of(tree.lemma(verb)).collect();
    if to {
        let passive = tree.passive(verb);
        return all
            .iter()
            .copied()
            .find(|cue| cue.infinitive || cue.raising || cue.status.is_some())
            .or_else(|| all.into_iter().find(|_| passive || tree.lemma(verb) == "claim"));
    }
    if gerund {
        return all.into_iter().find(|cue| matches!(cue.id.as_str(), "deny" | "admit" | "report" | "testify" | "plan"));
    }
    if tree.dep(content) == Dep::Xcomp {
        return all.into_iter().find(|cue| cue.raising);
    }
    all.into_iter()
        .find(|cue| !cue.infinitive && !cue.gerund && cue.id != "put" && (!cue.raising || tree.has(verb, Dep::Expl)))
}

/// An expletive or "it" subject names nobody.
fn holder_of(scene: &Scene<'_>, passage: usize, verb: usize, holder: Option<usize>) -> Option<usize> {
    let tree = &scene.trees[passage];
    let holder = holder?;
    let own = tree.kids(verb).iter().copied().find(|&k| matches!(tree.dep(k), Dep::Nsubj | Dep::Nsubjpass));
    if own.is_some_and(|o| tree.is_relative(o)) && tree.lemma(verb) != "say" {
        return own;
    }
    let empty = tree.word(holder) == "it"
        && (tree.passive(verb) || matches!(tree.lemma(verb), "seem" | "appear" | "emerge" | "turn"));
    (!empty).then_some(holder)
}

fn marked_that(scene: &Scene<'_>, passage: usize, clause: usize) -> bool {
    let tree = &scene.trees[passage];
    tree.kids(clause).iter().any(|&k| tree.dep(k) == Dep::Mark && tree.word(k) == "that")
}

/// Whether quotation marks stand around the clause.
fn quoted(scene: &Scene<'_>, passage: usize, clause: usize) -> bool {
    let tree = &scene.trees[passage];
    let quote = |i: usize| matches!(tree.word(i), "\"" | "“" | "”" | "''" | "``" | "«" | "»");
    let (first, last) = (tree.left_edge(clause), tree.right_edge(clause));
    quote(first) || first > 0 && quote(first - 1) || quote(last) && last > first + 2 && (first..last).any(quote)
}

/// "Jets bomb base - interior ministry": who says so stands behind a dash at the end.
pub(super) fn behind_dash(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>) {
    const LONGEST: usize = 7;
    let tree = &scene.trees[deed.passage];
    let Some(cue) = scene.lexicon.cues.named("say").filter(|_| chain.is_empty()) else { return };
    let range = tree.sentence_range(tree.sentence(deed.trigger));
    let tokens = &tree.passage.analysis.tokens;
    let blank = |k: usize| tokens[k].space_after || tokens[k].is_space;
    let apart = |k: usize| k > 0 && matches!(tree.word(k), "-" | "–" | "—") && blank(k) && blank(k - 1);
    let Some(dash) = (deed.trigger + 1..range.end).rev().find(|&k| apart(k)) else { return };
    let stops = |k: &usize| tokens[*k].is_space || matches!(tree.word(*k), "." | "!" | "?");
    let Some(last) = (dash + 1..range.end).rev().find(|k| !stops(k)) else { return };
    let plain =
        last - dash <= LONGEST && (dash + 1..=last).all(|k| !tree.is_verb(k) && !matches!(tree.tag(k), Tag::Cd));
    let noun = (dash + 1..=last).rev().find(|&k| tree.is_noun(k));
    if let Some(holder) = noun.filter(|&k| plain && speaker(scene, deed.passage, k) && !is_told(scene, deed, k)) {
        let mut link = spoken(scene, deed.passage, Some(holder), cue, dash, AttributionForm::HeadlineDash);
        // The parser may tie what stands before the dash to it.
        link.link.holder = Some(tree.phrase(dash + 1, last));
        link.link.holder_span = Some(tree.span(dash + 1, last));
        chain.push(link);
    }
}

/// Whether the noun is one of the deed's own.
fn is_told(scene: &Scene<'_>, deed: &Deed, k: usize) -> bool {
    let tree = &scene.trees[deed.passage];
    let within = |i: usize| {
        let (first, last) = tree.noun_phrase(i);
        (first..=last).contains(&k)
    };
    deed.actors.iter().chain(&deed.targets).chain(&deed.victims).any(|&i| within(i))
}

/// "according to", "citing", "per": adjuncts of the deed's clause or of a clause above it.
pub(super) fn adjuncts(scene: &Scene<'_>, deed: &Deed, chain: &mut Vec<Spoken>) {
    let tree = &scene.trees[deed.passage];
    let Some(cue) = scene.lexicon.cues.named("say") else { return };
    let mut path = vec![deed.trigger, deed.clause];
    path.extend(tree.ancestors(deed.trigger));
    path.extend(tree.ancestors(deed.clause));
    let range = tree.sentence_range(tree.sentence(deed.trigger));
    let opening = range.start;
    for i in range {
        let word = tree.word(i);
        // "driven from their homes, by the government's count".
        let reckoned = |o: usize| tree.reckons(o);
        if word == "by"
            && path.contains(&tree.head(i))
            && let Some(owner) = tree.prep_object(i).filter(|&o| reckoned(o)).and_then(|o| tree.kid(o, Dep::Poss))
        {
            chain.insert(0, spoken(scene, deed.passage, Some(owner), cue, i, AttributionForm::Adjunct));
            return;
        }
        let short = matches!(word, "acc" | "acc.");
        if !matches!(word, "according" | "citing" | "per" | "quoting") && !short {
            continue;
        }
        // At the head of a sentence it speaks of all of it.
        let opens = i == opening && word == "according";
        if !(path.contains(&tree.head(i)) || opens) || path.contains(&i) {
            continue;
        }
        let object = match word {
            "citing" | "quoting" => tree.object(i),
            "per" => tree.kid(i, Dep::Pobj).filter(|&o| tree.lemma(o) != "cent" && scene.is_actor(deed.passage, o)),
            _ => tree.kids(i).iter().copied().find(|&k| tree.word(k) == "to").and_then(|to| tree.kid(to, Dep::Pobj)),
        };
        if let Some(object) = object {
            chain.insert(0, spoken(scene, deed.passage, Some(object), cue, i, AttributionForm::Adjunct));
            return;
        }
    }
}
