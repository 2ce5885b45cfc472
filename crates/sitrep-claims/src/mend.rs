//! Mends a few ways the parser goes wrong again and again: lists of names taken for appositions, "helped the army capture Orsk", "took
//! two engineers hostage".
//!
//! In: an analysis and its text. Out: the same with some heads, labels and tags set right. Looks only at words of grammar and at the
//! shape of the tree, never at what is told; never makes a cycle and never moves a token to another sentence.

use sitrep_language::{Analysis, Dep, Tag};

/// Sets right what is known to go wrong in `analysis` of `text`.
pub(crate) fn mend(analysis: &mut Analysis, text: &str) {
    let starts: Vec<(usize, usize)> = analysis.sentences.iter().map(|s| (s.start as usize, s.end as usize)).collect();
    for (start, end) in starts {
        entered(analysis, text, start, end);
        clock(analysis, text, start, end);
        heading(analysis, text, start, end);
    }
    for i in 0..analysis.tokens.len() {
        match analysis.tokens[i].dep {
            Dep::Appos => listed(analysis, text, i),
            Dep::Nmod | Dep::Compound => split_list(analysis, i),
            Dep::Nsubj => {
                doubled(analysis, i);
                reduced(analysis, text, i);
            }
            Dep::Attr => inverted(analysis, text, i),
            Dep::Ccomp | Dep::Dobj => {
                suspected(analysis, text, i);
                hostage(analysis, text, i);
                bare_infinitive(analysis, i);
            }
            _ => {}
        }
    }
}

fn head(analysis: &Analysis, i: usize) -> usize {
    analysis.tokens[i].head as usize
}

/// Farthest a child is looked for; keeps the work on endless sentences small.
const NEAR: usize = 60;

fn kids(analysis: &Analysis, i: usize) -> impl Iterator<Item = usize> + '_ {
    let range = i.saturating_sub(NEAR)..(i + NEAR).min(analysis.tokens.len());
    range.filter(move |&k| k != i && head(analysis, k) == i)
}

fn kid(analysis: &Analysis, i: usize, dep: Dep) -> Option<usize> {
    kids(analysis, i).find(|&k| analysis.tokens[k].dep == dep)
}

fn proper(analysis: &Analysis, i: usize) -> bool {
    matches!(analysis.tokens[i].tag, Tag::Nnp | Tag::Nnps)
}

fn is_noun(analysis: &Analysis, i: usize) -> bool {
    matches!(analysis.tokens[i].tag, Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps)
}

/// "Arland, Borland, Corland and Dorland met": a list, not a name with its explanation, since no comma closes it.
fn listed(analysis: &mut Analysis, text: &str, i: usize) {
    let first = head(analysis, i);
    if first >= i || !proper(analysis, first) || !proper(analysis, i) {
        return;
    }
    let mut last = i;
    while let Some(next) = kid(analysis, last, Dep::Conj).filter(|&k| k > last) {
        last = next;
    }
    let joined = last != i && (i..last).any(|k| analysis.tokens[k].dep == Dep::Cc);
    let only_names = (first..=last).all(|k| {
        proper(analysis, k) || matches!(analysis.tokens[k].dep, Dep::Punct | Dep::Cc | Dep::Det | Dep::Compound)
    });
    let comma = |k: usize| k < analysis.tokens.len() && analysis.text(text, k) == ",";
    if joined && only_names && comma(first + 1) && !comma(last + 1) {
        analysis.tokens[i].dep = Dep::Conj;
    }
}

/// "Arland and the mighty Borland met": the first name taken for a modifier of the second.
fn split_list(analysis: &mut Analysis, i: usize) {
    let second = head(analysis, i);
    let above = head(analysis, second);
    let subject = matches!(analysis.tokens[second].dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj);
    if second <= i || !is_noun(analysis, i) || !subject || above == second {
        return;
    }
    let Some(cc) = kid(analysis, i, Dep::Cc).filter(|&k| k > i && k < second) else { return };
    let Some(joined) = kid(analysis, i, Dep::Conj).filter(|&k| k > cc && k < second) else { return };
    let article = kids(analysis, joined).find(|&k| analysis.tokens[k].tag == Tag::Dt && k < joined);
    if article.is_none() {
        return;
    }
    let below: Vec<usize> = kids(analysis, joined).filter(|&k| k < joined).collect();
    let role = analysis.tokens[second].dep;
    for k in below.into_iter().chain([joined]) {
        analysis.tokens[k].head = second as u32;
    }
    analysis.tokens[joined].dep = Dep::Amod;
    let stray: Vec<usize> = kids(analysis, second).filter(|&k| k < i).collect();
    for k in stray {
        analysis.tokens[k].head = i as u32;
    }
    (analysis.tokens[i].dep, analysis.tokens[i].head) = (role, above as u32);
    (analysis.tokens[second].dep, analysis.tokens[second].head) = (Dep::Conj, i as u32);
}

/// "Old foes Arland and Borland met": two subjects side by side are one, the first a title of the second.
fn doubled(analysis: &mut Analysis, i: usize) {
    let verb = head(analysis, i);
    // "the agency Yug-Inform": the second subject may have parts of its own.
    let next =
        (i + 1..(i + 4).min(analysis.tokens.len())).find(|&k| analysis.tokens[k].dep == Dep::Nsubj).unwrap_or(i + 1);
    let own = |k: usize| matches!(analysis.tokens[k].dep, Dep::Compound | Dep::Punct) && head(analysis, k) == next;
    let pair = next < analysis.tokens.len()
        && (i + 1..next).all(own)
        && analysis.tokens[next].dep == Dep::Nsubj
        && head(analysis, next) == verb
        && next < verb
        && proper(analysis, next);
    if pair && is_noun(analysis, i) && !proper(analysis, i) && kids(analysis, i).all(|k| k < i) {
        (analysis.tokens[i].dep, analysis.tokens[i].head) = (Dep::Nmod, next as u32);
    }
}

/// "0915 Gunmen stormed a bank": the hour of a log's entry counts nobody.
fn clock(analysis: &mut Analysis, text: &str, start: usize, end: usize) {
    let Some(first) = (start..end.min(start + 3)).find(|&k| analysis.tokens[k].tag == Tag::Cd) else { return };
    let word = analysis.text(text, first);
    let hour = word.len() == 4 && word.parse::<u32>().is_ok_and(|n| n / 100 < 24 && n % 100 < 60);
    let next = if first + 1 < end { analysis.text(text, first + 1) } else { "" };
    let entry = word.starts_with('0') || next.starts_with(char::is_uppercase);
    if !hour || !entry || (start..first).any(|k| analysis.text(text, k).starts_with(char::is_alphanumeric)) {
        return;
    }
    let noun = head(analysis, first);
    let Some(root) = (start..end).find(|&k| head(analysis, k) == k).filter(|&root| root != first) else { return };
    if noun != root || analysis.tokens[first].dep == Dep::Nummod {
        (analysis.tokens[first].dep, analysis.tokens[first].head) = (Dep::Dep, root as u32);
    }
}

/// "Orsk: a bridge was blown up": the heading of an entry taken for a part of the clause after it.
fn heading(analysis: &mut Analysis, text: &str, start: usize, end: usize) {
    const REACH: usize = 8;
    let Some(colon) = (start..end.min(start + REACH)).find(|&k| analysis.text(text, k) == ":") else { return };
    let plain = |k: usize| {
        is_noun(analysis, k)
            || matches!(analysis.tokens[k].tag, Tag::Cd | Tag::Jj)
            || !analysis.text(text, k).starts_with(char::is_alphabetic)
    };
    if colon + 2 >= end || !(start..colon).all(plain) {
        return;
    }
    let Some(root) = (start..end).find(|&k| head(analysis, k) == k).filter(|&root| root > colon) else { return };
    let inside = |k: usize| is_noun(analysis, k) && head(analysis, k) > colon;
    let part =
        |dep: Dep| matches!(dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Nmod | Dep::Compound | Dep::Dobj | Dep::Amod);
    let Some(name) = (start..colon).rev().find(|&k| inside(k) && part(analysis.tokens[k].dep)) else { return };
    (analysis.tokens[name].dep, analysis.tokens[name].head) = (Dep::Dep, root as u32);
}

/// "Seized from them: three rifles", "Captured in Tibú: two men": a log puts a participle, a colon and what it was done to.
fn entered(analysis: &mut Analysis, text: &str, start: usize, end: usize) {
    const REACH: usize = 8;
    let Some(first) = (start..end).find(|&k| !analysis.tokens[k].is_space && analysis.tokens[k].dep != Dep::Punct)
    else {
        return;
    };
    let participle = analysis.tokens[first].tag == Tag::Vbn && kid(analysis, first, Dep::Nsubj).is_none();
    let colon = (first + 1..(first + REACH).min(end)).find(|&k| analysis.text(text, k) == ":");
    let Some(colon) = colon.filter(|_| participle) else { return };
    let clause = (first + 1..colon).any(|k| matches!(analysis.tokens[k].tag, Tag::Vbd | Tag::Vbz | Tag::Vbp));
    let tied = |k: usize| head(analysis, k) == first || head(analysis, first) == k;
    let Some(noun) = (colon + 1..end).find(|&k| is_noun(analysis, k) && tied(k)).filter(|_| !clause) else { return };
    let above = head(analysis, noun);
    if above == noun || above != first {
        let (dep, root) = (analysis.tokens[noun].dep, if above == noun { first } else { above });
        (analysis.tokens[first].dep, analysis.tokens[first].head) = (dep, root as u32);
    }
    (analysis.tokens[noun].dep, analysis.tokens[noun].head) = (Dep::Nsubjpass, first as u32);
}

/// "Seized were two rifles", "Recovered from the scene were 12 shells": the participle comes first, its subject last.
fn inverted(analysis: &mut Analysis, text: &str, i: usize) {
    let be = head(analysis, i);
    let copula = matches!(analysis.text(text, be), "was" | "were" | "are" | "is") && be < i && be != i;
    let at = analysis.sentences.partition_point(|s| s.end as usize <= i);
    let Some(sentence) = analysis.sentences.get(at) else { return };
    let start = (sentence.start as usize..be).find(|&k| !analysis.tokens[k].is_space);
    let Some(first) = start.filter(|&k| copula && analysis.tokens[k].tag == Tag::Vbn) else { return };
    let tied = head(analysis, first) == be || head(analysis, be) == first;
    // "Killed in action was what he feared": only prepositions may stand between.
    let between = (first + 1..be).all(|k| analysis.tokens[k].dep != Dep::Nsubj && analysis.tokens[k].dep != Dep::Dobj);
    if !tied || !between {
        return;
    }
    if head(analysis, first) == be {
        let above = head(analysis, be);
        (analysis.tokens[first].dep, analysis.tokens[first].head) =
            (analysis.tokens[be].dep, if above == be { first } else { above } as u32);
    }
    (analysis.tokens[be].dep, analysis.tokens[be].head) = (Dep::Auxpass, first as u32);
    (analysis.tokens[i].dep, analysis.tokens[i].head) = (Dep::Nsubjpass, first as u32);
}

/// "Gunmen suspected to be bandits raided the village": the participle is taken for the main verb.
fn suspected(analysis: &mut Analysis, text: &str, i: usize) {
    let first = head(analysis, i);
    let word = |k: usize| analysis.text(text, k);
    let of_guess = matches!(
        word(first),
        "suspected" | "believed" | "thought" | "said" | "alleged" | "presumed" | "known" | "reported"
    );
    let own = |k: usize, dep: Dep| kid(analysis, k, dep);
    let Some(subject) = own(first, Dep::Nsubj).filter(|&s| s + 1 == first) else { return };
    let be = own(first, Dep::Xcomp).filter(|&b| b > first && b < i && word(b) == "be");
    let main =
        analysis.tokens[i].dep == Dep::Ccomp && analysis.tokens[i].tag == Tag::Vbd && own(i, Dep::Nsubj).is_none();
    if !of_guess || be.is_none() || !main || own(first, Dep::Aux).is_some() {
        return;
    }
    let (above, dep) = (head(analysis, first), analysis.tokens[first].dep);
    (analysis.tokens[i].dep, analysis.tokens[i].head) = (dep, if above == first { i } else { above } as u32);
    (analysis.tokens[first].dep, analysis.tokens[first].head) = (Dep::Acl, subject as u32);
    analysis.tokens[subject].head = i as u32;
}

/// "The mayor, kidnapped on Monday, was freed": a participle between commas taken for the main verb.
fn reduced(analysis: &mut Analysis, text: &str, i: usize) {
    let first = head(analysis, i);
    let comma = |k: usize| analysis.text(text, k) == ",";
    let between = first > i + 1 && comma(first - 1) && analysis.tokens[first].tag == Tag::Vbd;
    let own = |k: usize, dep: Dep| kid(analysis, k, dep).is_some();
    if !between || own(first, Dep::Dobj) || own(first, Dep::Aux) || own(first, Dep::Cc) {
        return;
    }
    let main = kids(analysis, first).find(|&k| {
        let auxiliary = kids(analysis, k).find(|&a| matches!(analysis.tokens[a].dep, Dep::Aux | Dep::Auxpass));
        let opened = auxiliary.is_some_and(|a| a > first && a > 0 && comma(a - 1));
        k > first && analysis.tokens[k].dep == Dep::Conj && opened && !own(k, Dep::Nsubj) && !own(k, Dep::Nsubjpass)
    });
    let Some(main) = main else { return };
    let (role, above) = (analysis.tokens[first].dep, head(analysis, first));
    let passive = own(main, Dep::Auxpass);
    let after: Vec<usize> = kids(analysis, first).filter(|&k| k > main).collect();
    for k in after {
        analysis.tokens[k].head = main as u32;
    }
    analysis.tokens[main].dep = role;
    analysis.tokens[main].head = if above == first { main as u32 } else { above as u32 };
    analysis.tokens[i].head = main as u32;
    analysis.tokens[i].dep = if passive { Dep::Nsubjpass } else { Dep::Nsubj };
    (analysis.tokens[first].tag, analysis.tokens[first].dep) = (Tag::Vbn, Dep::Acl);
    analysis.tokens[first].head = i as u32;
}

/// "took two engineers hostage", "holding 40 people hostage": what they become is no object and no clause.
fn hostage(analysis: &mut Analysis, text: &str, i: usize) {
    if !matches!(
        analysis.text(text, i).to_ascii_lowercase().as_str(),
        "hostage" | "captive" | "prisoner" | "hostages" | "captives"
    ) {
        return;
    }
    let verb = head(analysis, i);
    if verb >= i {
        return;
    }
    if analysis.tokens[i].dep == Dep::Ccomp && kid(analysis, verb, Dep::Dobj).is_some_and(|k| k < i) {
        analysis.tokens[i].dep = Dep::Oprd;
        analysis.tokens[i].tag = Tag::Nn;
        return;
    }
    let people = i.checked_sub(1).filter(|&k| {
        matches!(analysis.tokens[k].tag, Tag::Nns | Tag::Nnps)
            && head(analysis, k) == i
            && analysis.tokens[k].dep == Dep::Compound
    });
    let Some(people) = people else { return };
    let below: Vec<usize> = kids(analysis, i).filter(|&k| k < people).collect();
    for k in below {
        analysis.tokens[k].head = people as u32;
    }
    let after: Vec<usize> = kids(analysis, i).filter(|&k| k > i).collect();
    for k in after {
        analysis.tokens[k].head = verb as u32;
    }
    (analysis.tokens[people].dep, analysis.tokens[people].head) = (Dep::Dobj, verb as u32);
    analysis.tokens[i].dep = Dep::Oprd;
}

/// "helped the army capture Orsk": a bare infinitive taken for a noun.
fn bare_infinitive(analysis: &mut Analysis, i: usize) {
    let verb = head(analysis, i);
    let helps = matches!(analysis.lemma(verb), "help" | "let" | "make" | "see" | "watch" | "have");
    if !helps || verb >= i || !matches!(analysis.tokens[i].tag, Tag::Nn | Tag::Nns) {
        return;
    }
    let doer = i.checked_sub(1).filter(|&k| {
        analysis.tokens[k].dep == Dep::Compound && head(analysis, k) == i && is_noun(analysis, k) && k > verb
    });
    let place = kids(analysis, verb)
        .find(|&k| k == i + 1 && matches!(analysis.tokens[k].dep, Dep::Npadvmod | Dep::Dobj) && proper(analysis, k));
    let (Some(doer), Some(place)) = (doer, place) else { return };
    let below: Vec<usize> = kids(analysis, i).filter(|&k| k < doer).collect();
    for k in below {
        analysis.tokens[k].head = doer as u32;
    }
    analysis.tokens[doer].dep = Dep::Nsubj;
    (analysis.tokens[place].dep, analysis.tokens[place].head) = (Dep::Dobj, i as u32);
    (analysis.tokens[i].dep, analysis.tokens[i].tag) = (Dep::Ccomp, Tag::Vb);
}
