//! Text nobody wrote for reading: pronouns that point at themselves, shouting, mutilated sentences, endless lists.
//!
//! In: such texts, made here. Out: no panic, and every quote where its claim says it stands.

use crate::Kit;
use crate::claims;
use crate::tests::{document, kit};

const SENTENCES: [&str; 12] = [
    "Five of them died in air strikes on the market place which also wounded dozens of people.",
    "On May 5 the army and its allies captured Orsk after repelling two attacks, according to the ministry.",
    "Local residents claimed that rebels, many of whom had fled, shelled the town of Orsk on Monday.",
    "They said that one of the dozens of them was killed in the attack on the attack on the convoy.",
    "The Varnesh Brigade (VB) will likely advance 30km south of Aleppo within a month.",
    "“We hit them,” he said, citing sources, “and they hit us.”",
    "ISIS-linked fighters — 10-15 of them – besieged the T-2 station near the Syrian-Iraqi border.",
    "It was not confirmed whether it, or what it stands for, was taken by those who took it.",
    "Between Homs and Palmyra, on the western bank of the river, clashes erupted at 5:30 p.m.",
    "No soldiers were killed; at least 1,500 people (300 of which children) were displaced since 2014.",
    "The group's allies' fighters' commanders' cars were destroyed by its drones.",
    "PROTESTERS STORMED THE PARLIAMENT IN BAGHDAD ON FRIDAY, THE MINISTER SAID.",
];

/// Analyses the text and checks what holds for every claim.
fn read(kit: &Kit, text: &str) {
    let document = document(text);
    for claim in claims(kit, &document).value {
        assert_eq!(claim.quote, document.text[claim.start as usize..claim.end as usize]);
        assert!(claim.sentence_start <= claim.start && claim.start < claim.end);
    }
}

/// The next of a fixed row of numbers that look random (splitmix64).
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 1) as usize
}

/// Words swapped, dropped, doubled, shouted and mixed with those of another sentence.
fn mutated(state: &mut u64) -> String {
    let mut words: Vec<String> = Vec::new();
    for _ in 0..=next(state) % 3 {
        words.extend(SENTENCES[next(state) % SENTENCES.len()].split(' ').map(str::to_owned));
    }
    for _ in 0..next(state) % 12 {
        let (a, b) = (next(state) % words.len(), next(state) % words.len());
        match next(state) % 6 {
            0 => words.swap(a, b),
            1 if words.len() > 1 => drop(words.remove(a)),
            2 => words.insert(a, words[b].clone()),
            3 => words[a] = words[a].to_uppercase(),
            4 => words[a].insert(0, ['(', '“', '-', '\'', '\u{301}', '\u{200f}', '🔥', 'ß'][b % 8]),
            _ => words[a].push([',', '.', '?', ';', '\n', '\u{a0}', 'İ', '—'][b % 8]),
        }
    }
    words.join(" ")
}

#[test]
fn a_pronoun_inside_what_it_points_to_ends() {
    let kit = kit();
    read(&kit, SENTENCES[0]);
    read(&kit, &"Five of them said that six of them killed seven of them. ".repeat(200));
}

#[test]
fn mutilated_sentences_are_read() {
    let kit = kit();
    let mut state = 7;
    for _ in 0..400 {
        read(&kit, &mutated(&mut state));
    }
}

#[test]
fn shouting_and_signs_are_read() {
    let kit = kit();
    for sentence in SENTENCES {
        read(&kit, &sentence.to_uppercase());
        read(&kit, &sentence.replace(' ', ""));
        read(&kit, &sentence.chars().rev().collect::<String>());
    }
    let mut state = 11;
    for _ in 0..50 {
        let length = next(&mut state) % 60;
        let text: String = (0..length).filter_map(|_| char::from_u32(next(&mut state) as u32 % 0x2_ffff)).collect();
        read(&kit, &text);
    }
}

#[test]
fn endless_sentences_are_read() {
    let kit = kit();
    read(&kit, &"(".repeat(3_000));
    read(&kit, &"rebels attacked, ".repeat(500));
    read(&kit, &"one of ".repeat(1_000));
    read(&kit, &"the attack on ".repeat(700));
    read(&kit, &"and bombed ".repeat(1_000));
    read(&kit, &"part of the outskirts of ".repeat(400));
    read(&kit, &"the army said that ".repeat(300));
    read(&kit, &SENTENCES.join(" ").replace(['.', '?'], ",").repeat(3));
}
