//! Runs the examples of the place rules and reads the reference reports.

use std::sync::OnceLock;

use jiff::civil::date;
use sitrep_language::Language;
use sitrep_model::{Block, BlockKind, DocumentId, HowKnown, PageId, Published, Voice};

use super::*;

fn tools() -> &'static (Language, Gazetteer) {
    static TOOLS: OnceLock<(Language, Gazetteer)> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let path = format!("{}/../sitrep-language/model/en_core_web_sm-3.8.0.bin", env!("CARGO_MANIFEST_DIR"));
        let bytes = std::fs::read(path).unwrap();
        let gazetteer = Gazetteer::load(None).unwrap_or_else(|e| panic!("{}: {}", e.file, e.message));
        (Language::load(&bytes).unwrap(), gazetteer)
    })
}

/// A document of the paragraphs of `text`; those from `comments` on are readers' comments.
fn read(text: &str, comments: usize) -> (Document, Vec<Passage>) {
    let mut document = Document {
        id: DocumentId::of(&[]),
        page: PageId::of(&[]),
        path: String::new(),
        url: None,
        title: None,
        byline: None,
        outlet: None,
        language: None,
        published: Some(Published { date: date(2031, 5, 9), how: HowKnown::Given, confidence: 1.0 }),
        modified: None,
        text: text.to_owned(),
        blocks: Vec::new(),
        comments: Vec::new(),
        media: Vec::new(),
        reply_to: None,
        forwarded_from: None,
        translation: None,
    };
    let mut passages = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let start = at + (part.len() - part.trim_start().len());
        let span = Span::new(start, start + part.trim().len());
        at += part.len() + 2;
        if span.is_empty() {
            continue;
        }
        let comment = (span.start as usize >= comments).then_some(0);
        document.blocks.push(Block { kind: BlockKind::Body, span, links: Vec::new(), language: None });
        let analysis = tools().0.analyze(span.of(text));
        let voice = if comment.is_some() { Voice::Comment } else { Voice::Article };
        passages.push(Passage { voice, block: None, comment, span, recased: None, analysis });
    }
    (document, passages)
}

fn places_in(text: &str) -> Vec<PlaceMention> {
    let (document, passages) = read(text, usize::MAX);
    places(&tools().1, &document, &passages).into_iter().flatten().collect()
}

fn line(m: &PlaceMention) -> String {
    let p = &m.place;
    let relation = p.relation.as_ref().map_or(String::new(), |r| {
        format!(" {{{:?} {:?} km {:?} of {:?} between {:?}}}", r.kind, r.bearing, r.distance_km, r.anchor, r.between)
    });
    let use_ = if m.usage == PlaceUse::Demonym {
        "demonym"
    } else if m.anchor_only {
        "anchor"
    } else {
        ""
    };
    format!(
        "{:?} -> {:?} {:?} {:?} {:?},{:?} r{:?} {:?}{relation} {use_}",
        p.text, p.name, p.status, p.kind, p.lat, p.lon, p.radius_km, p.country
    )
}

#[test]
fn seed_reports_are_mapped_without_wrong_points() {
    let folder = format!("{}/../../../shared/seeds", env!("CARGO_MANIFEST_DIR"));
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("SKIPPED: ../shared is absent");
        return;
    };
    let mut files: Vec<_> = files.flatten().map(|f| f.path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let comments = ["  • Now the two", "  • Lupus"].iter().find_map(|m| text.find(m)).unwrap();
        let (document, passages) = read(&text, comments);
        for (passage, mentions) in passages.iter().zip(places(&tools().1, &document, &passages)) {
            let article = passage.comment.is_none();
            for (words, ends) in
                [("between al-Bukamal and Mayadin", "Euphrates River"), ("south of Mayadin", "Mayadin")]
            {
                let said = article && passage.text(&document).contains(words);
                let found = mentions.iter().any(|m| m.place.text.starts_with(words) && m.place.text.ends_with(ends));
                assert!(!said || found, "{words}: {:?}", mentions.iter().map(line).collect::<Vec<_>>());
            }
            for mention in &mentions {
                println!("{} {}", if passage.comment.is_some() { "  C" } else { "A" }, line(mention));
            }
        }
    }
}

/// Reads the reference articles with located names: (article text, [(name, code point range, lat, lon)]).
#[allow(clippy::type_complexity)]
fn located() -> Option<Vec<(String, Vec<(String, usize, usize, f64, f64)>)>> {
    let path = format!("{}/../../../shared/gold/geovirus/GeoVirus.xml", env!("CARGO_MANIFEST_DIR"));
    let Ok(xml) = std::fs::read_to_string(path) else {
        println!("SKIPPED: ../shared is absent");
        return None;
    };
    let plain = |t: &str| {
        t.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
    };
    let inside = |part: &str, tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        part.split_once(&open)
            .and_then(|(_, rest)| rest.split_once(&close))
            .map(|(inner, _)| plain(inner))
            .unwrap_or_default()
    };
    let articles = xml.split("<article>").skip(1).map(|article| {
        let names = article.split("<location>").skip(1).map(|l| {
            let number = |tag: &str| inside(l, tag).trim().parse::<f64>().unwrap_or(f64::NAN);
            (inside(l, "name"), number("start") as usize, number("end") as usize, number("lat"), number("lon"))
        });
        (inside(article, "text"), names.collect())
    });
    Some(articles.collect())
}

#[test]
fn news_of_outbreaks_are_mapped() {
    const NEAR_KM: f64 = 161.0;
    let Some(articles) = located() else { return };
    let (mut gold, mut found, mut pointed, mut right, mut ours, mut spurious) = (0, 0, 0, 0, 0, 0);
    for (text, names) in &articles {
        let offsets = sitrep_model::Offsets::new(text, sitrep_model::OffsetUnit::Chars);
        let mentions = places_in(text);
        let plain: Vec<_> = mentions
            .iter()
            .filter(|m| m.usage == PlaceUse::Literal && m.place.status != PlaceStatus::Relative)
            .collect();
        let range = |m: &PlaceMention| (offsets.at(m.span.start), offsets.at(m.span.end));
        for (name, start, end, lat, lon) in names {
            gold += 1;
            let Some(m) = plain.iter().find(|m| range(m).0 < *end && *start < range(m).1) else {
                println!(
                    "missed {name} in {:?}",
                    text.chars().skip(start.saturating_sub(30)).take(70).collect::<String>()
                );
                continue;
            };
            found += 1;
            let Some(spot) = m.place.lat.zip(m.place.lon) else {
                println!("no point {name}: {}", line(m));
                continue;
            };
            pointed += 1;
            let away = shape::distance_km(spot, (*lat, *lon));
            if away <= NEAR_KM || m.place.kind.as_deref() == Some("country") && away < m.place.radius_km.unwrap() {
                right += 1;
            } else {
                println!("wrong {name} {away:.0} km off {lat},{lon}: {}", line(m));
            }
        }
        ours += plain.len();
        for m in plain.iter().filter(|m| !names.iter().any(|(_, s, e, _, _)| range(m).0 < *e && *s < range(m).1)) {
            spurious += 1;
            println!(
                "spurious {} in {:?}",
                line(m),
                text.get(m.span.start as usize..).map(|t| t.chars().take(40).collect::<String>())
            );
        }
    }
    println!(
        "geovirus: gold {gold} found {found} with point {pointed} right {right}; ours {ours} unmatched {spurious}"
    );
    assert!(found * 100 >= gold * 91 && right * 100 >= pointed * 95, "see the lists above");
}

#[test]
fn every_relation_keeps_its_examples() {
    let words = words::Words::load().unwrap_or_else(|e| panic!("{}: {}", e.file, e.message));
    let mut wrong = Vec::new();
    for pattern in &words.patterns {
        for no in &pattern.no {
            if places_in(no).iter().any(|m| m.place.status == PlaceStatus::Relative) {
                wrong.push(format!("{}: {no} holds no relative place", pattern.id));
            }
        }
        for yes in &pattern.yes {
            let (before, rest) = yes.split_once('[').unwrap();
            let (inside, after) = rest.split_once(']').unwrap();
            let (said, wanted) = inside.split_once('|').unwrap();
            let text = format!("{before}{said}{after}");
            let anchor = wanted.rsplit(' ').next().unwrap();
            let start = text.find(anchor).unwrap();
            let end = start + anchor.len();
            let end = if text[end..].starts_with(" station") { end + 8 } else { end };
            let got = relate::told(&words, &text, start, end).map(|told| {
                let relation = told.relation(anchor);
                let bearing = relation.bearing.map_or("-".to_owned(), |b| b.as_str().to_owned());
                let km = relation.distance_km.map_or("-".to_owned(), |km| km.to_string());
                let said = text[start - told.before..end + told.after].to_owned();
                (said, format!("{} {bearing} {km} {anchor}", relation.kind.unwrap()))
            });
            if got != Some((said.to_owned(), wanted.to_owned())) {
                wrong.push(format!("{}: {text}\n  wanted {said:?} {wanted}\n  got    {got:?}", pattern.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the places of `text` are called, with their points.
fn points(text: &str) -> Vec<(String, Option<(f64, f64)>)> {
    let plain =
        places_in(text).into_iter().filter(|m| m.usage == PlaceUse::Literal && m.place.status != PlaceStatus::Relative);
    plain.map(|m| (m.place.text.clone(), m.place.lat.zip(m.place.lon))).collect()
}

#[test]
fn places_of_many_wars_are_where_they_are() {
    type Wanted = &'static [(&'static str, f64, f64)];
    let cases: &[(&str, Wanted)] = &[
        (
            "Ukrainian troops withdrew from Chasiv Yar after Russian forces shelled Kostiantynivka and Toretsk in Donetsk Oblast.",
            &[("Chasiv Yar", 48.59, 37.86), ("Kostiantynivka", 48.53, 37.71), ("Toretsk", 48.4, 37.85)],
        ),
        (
            "Sudanese army aircraft bombed Nyala in South Darfur while the RSF shelled El Fasher and Omdurman.",
            &[("Nyala", 12.05, 24.88), ("El Fasher", 13.63, 25.35), ("Omdurman", 15.64, 32.48)],
        ),
        (
            "The Houthis fired at ships off Hodeidah, and Saudi jets struck Saada and Sanaa in Yemen.",
            &[("Hodeidah", 14.8, 42.95), ("Saada", 16.94, 43.76), ("Sanaa", 15.35, 44.2)],
        ),
        (
            "Israeli tanks entered Khan Younis and reached Rafah, while rockets were fired at Ashkelon from Beit Lahia.",
            &[
                ("Khan Younis", 31.34, 34.3),
                ("Rafah", 31.29, 34.25),
                ("Ashkelon", 31.67, 34.57),
                ("Beit Lahia", 31.55, 34.5),
            ],
        ),
        (
            "Haftar's forces advanced from Tarhuna towards Tripoli and seized Gharyan in western Libya.",
            &[("Tarhuna", 32.43, 13.63), ("Tripoli", 32.89, 13.18), ("Gharyan", 32.17, 13.02)],
        ),
        (
            "Jihadists attacked the army camp at Djibo in Burkina Faso and a convoy near Ansongo in Mali.",
            &[("Djibo", 14.1, -1.63), ("Ansongo", 15.66, 0.5)],
        ),
        (
            "Arakan Army fighters seized Paletwa and surrounded Sittwe, Myanmar media said; Lashio fell to another group.",
            &[("Sittwe", 20.15, 92.9), ("Lashio", 22.94, 97.75)],
        ),
        (
            "M23 rebels took Rutshuru and Sake and advanced on Goma in eastern Congo.",
            &[("Rutshuru", -1.18, 29.45), ("Goma", -1.68, 29.22)],
        ),
        (
            "Iraqi troops took Tal Afar, west of Mosul, and the village of Ayadiya.",
            &[("Tal Afar", 36.37, 42.45), ("Mosul", 36.34, 43.12)],
        ),
    ];
    let mut wrong = Vec::new();
    for (text, wanted) in cases {
        let got = points(text);
        for (name, lat, lon) in *wanted {
            let spot = got.iter().find(|(said, _)| said.contains(name)).and_then(|(_, spot)| *spot);
            if !spot.is_some_and(|s| shape::distance_km(s, (*lat, *lon)) < 20.0) {
                wrong.push(format!("{name}: {spot:?} in {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bodies_and_alignments_are_no_places() {
    for text in [
        "The Washington Post and the Syrian Observatory for Human Rights reported losses.",
        "US-backed forces and Iran-backed militias clashed.",
        "The Islamic Republic denied it.",
        "The Aleppo Military Council issued a statement.",
    ] {
        assert!(points(text).is_empty(), "{text}: {:?}", points(text));
    }
}

#[test]
fn hostile_names_stay_small_answers() {
    for text in [
        format!("They left {} for Aleppo.", "Abc-".repeat(5_000)),
        format!("in {} city", "X".repeat(10_000)),
        "The Сyrian village of \u{202e}oppelA\u{202c} near Дамаск and 阿勒颇.".to_owned(),
        "between ".repeat(500) + "Aleppo and Homs",
        "Aleppo and ".repeat(300),
        "km south of north of 9999 km west of Aleppo".to_owned(),
        format!("They reached Maree{}a in Ukraine.", "\u{200d}".repeat(3_000)),
        format!("near ({})", "ا".repeat(10_000)),
        format!("in {} province", "Ж".repeat(10_000)),
        "في ".repeat(2_000),
        format!("the village of {}", "\u{202e}\u{2066}\u{200f}".repeat(1_000)),
    ] {
        for mention in places_in(&text) {
            assert!((mention.span.end as usize) <= text.len());
        }
    }
}

#[test]
fn a_place_the_text_defines_has_the_shape_it_tells() {
    let mentions =
        places_in("Fighters hold the Qarsh depot in Syria. The Qarsh depot is located 20km east of Raqqa city.");
    let relative = mentions.iter().find(|m| m.place.status == PlaceStatus::Relative).unwrap();
    assert!(
        shape::distance_km((35.95, 39.23), (relative.place.lat.unwrap(), relative.place.lon.unwrap())) < 8.0,
        "{}",
        line(relative)
    );
}

#[test]
fn a_bank_narrows_the_strip_before_it() {
    let mentions =
        places_in("Syrian troops hold villages between Raqqa and Tabqa on the southern bank of the Euphrates River.");
    let open: Vec<_> = mentions.iter().filter(|m| !m.anchor_only && m.usage == PlaceUse::Literal).collect();
    let [strip] = open.as_slice() else { panic!("{open:?}") };
    let relation = strip.place.relation.as_ref().unwrap();
    assert_eq!(relation.kind.as_deref(), Some("between"));
    assert_eq!(relation.bearing, Some(sitrep_model::Bearing::S));
    assert!(strip.place.text.ends_with("Euphrates River"));
}

#[test]
fn controls_within_a_name_change_nothing() {
    for said in ["Raqqa", "Ra\u{200d}qqa", "\u{202a}Raqqa\u{202c}", "Raq\u{ad}qa"] {
        let got = points(&format!("Syrian troops entered {said} on Monday."));
        let spot = got.first().and_then(|(_, spot)| *spot);
        assert!(spot.is_some_and(|s| shape::distance_km(s, (35.95, 39.01)) < 15.0), "{said:?}: {got:?}");
    }
}

#[test]
fn names_in_other_scripts_are_the_same_places() {
    for (text, said, lat, lon) in [
        ("Ukrainian troops held Mariupol (Маріуполь) until May.", "Маріуполь", 47.1, 37.54),
        ("Russian forces shelled Харків in Ukraine.", "Харків", 49.98, 36.25),
        ("Syrian soldiers entered البوكمال in eastern Syria.", "البوكمال", 34.45, 40.92),
        ("Clashes went on in Abu Kamal (البوكمال), Syria.", "البوكمال", 34.45, 40.92),
        ("Syrian soldiers stormed دير الزور in Syria.", "دير الزور", 35.34, 40.14),
        ("Barrel bombs fell on Aleppo (حلب), Syria.", "حلب", 36.2, 37.16),
        ("Barrel bombs fell on Aleppo (阿勒颇) again.", "阿勒颇", 36.2, 37.16),
        ("Tigrayan forces retook Mekelle (መቐለ) in June.", "መቐለ", 13.5, 39.47),
        ("Rockets fell in תל אביב on Sunday.", "תל אביב", 32.08, 34.78),
        ("Soldiers left Stepanakert (Ստեփանակերտ) by night.", "Ստեփանակերտ", 39.82, 46.75),
        ("Police fired at marchers in 서울 on Monday.", "서울", 37.57, 127.0),
    ] {
        let got = points(text);
        let spot = got.iter().find(|(s, _)| s.contains(said)).and_then(|(_, spot)| *spot);
        assert!(spot.is_some_and(|s| shape::distance_km(s, (lat, lon)) < 20.0), "{text}: {got:?}");
    }
}

#[test]
fn names_of_the_desert_war_are_their_own_places() {
    let near = |text: &str, name: &str, at: (f64, f64), km: f64| {
        let got = points(text);
        let spot = got.iter().find(|(said, _)| said.contains(name)).and_then(|(_, spot)| *spot);
        assert!(spot.is_some_and(|s| shape::distance_km(s, at) < km), "{text}: {got:?}");
    };
    let bukamal = (34.45, 40.92);
    near(
        "The army moved from Mayadin in Syria to al-Bukmala. Al-Bukamal had been bombed before.",
        "Bukmala",
        bukamal,
        15.0,
    );
    near("Syrian troops passed the T-2 pumping station in the Homs desert.", "T-2", (34.376, 40.152), 10.0);
    let desert = places_in("Patrols were lost in the Homs desert in central Syria.");
    let homs = desert.iter().find(|m| m.place.text.contains("Homs")).unwrap();
    assert_eq!(homs.place.kind.as_deref(), Some("desert"), "{}", line(homs));
    assert!(homs.place.precision.is_some_and(|p| p.ucdp == 5));
    let hamah = (35.13, 36.75);
    for text in
        ["Syrian troops took the village of Humaymah from the militants.", "Humaymah, in eastern Syria, was bombed."]
    {
        let got = points(text);
        assert!(!got.iter().any(|(_, s)| s.is_some_and(|s| shape::distance_km(s, hamah) < 60.0)), "{got:?}");
    }
}

#[test]
fn rulers_and_peoples_are_told_from_places() {
    let uses = |text: &str| -> Vec<(String, PlaceUse)> {
        places_in(text).into_iter().map(|m| (m.place.text, m.usage)).collect()
    };
    for (text, said, usage) in [
        ("Damascus accused Israel of the raid.", "Damascus", PlaceUse::Metonym),
        ("Jordan said on Monday that its border was closed.", "Jordan", PlaceUse::Metonym),
        ("Moscow and Tehran condemned the attack.", "Moscow", PlaceUse::Metonym),
        ("The Kremlin denied the report.", "Kremlin", PlaceUse::Seat),
        ("Iranian officers trained them.", "Iranian", PlaceUse::Demonym),
        ("The Syrian Army left the hill.", "Syrian", PlaceUse::Demonym),
        ("Shells fell on Damascus on Monday.", "Damascus", PlaceUse::Literal),
        ("Refugees crossed into Jordan.", "Jordan", PlaceUse::Literal),
    ] {
        let got = uses(text);
        assert!(got.contains(&(said.to_owned(), usage)), "{text}: {got:?}");
    }
}

#[test]
fn precision_follows_what_kind_of_place_it_is() {
    let ucdp = |text: &str, name: &str| {
        let found = places_in(text).into_iter().find(|m| m.place.text.contains(name) && !m.anchor_only);
        found.and_then(|m| m.place.precision).map(|p| (p.ucdp, p.acled))
    };
    assert_eq!(ucdp("Troops entered the city of Mosul in Iraq.", "Mosul"), Some((1, 1)));
    assert_eq!(ucdp("Troops camped near Mosul in Iraq.", "near Mosul"), Some((2, 2)));
    assert_eq!(ucdp("Fighting went on in Kerr County, Texas.", "Kerr County"), Some((3, 2)));
    assert_eq!(ucdp("Fighting went on in Anbar province in Iraq.", "Anbar"), Some((4, 3)));
    assert_eq!(ucdp("Fighting went on between Raqqa and Tabqa in Syria.", "between"), Some((5, 2)));
    assert_eq!(ucdp("Fighting went on in Iraq.", "Iraq"), Some((6, 3)));
}

#[test]
fn every_decision_can_be_explained() {
    let text =
        "Firefighters in Paris, Texas, put out a fire on Monday. The mayor of Paris thanked them. They met in Qzxv.";
    let (document, passages) = read(text, usize::MAX);
    let all = decisions(&tools().1, &document, &passages, Span::new(0, text.len()));
    let paris = all.iter().find(|d| d.said == "Paris").unwrap();
    let best = paris.candidates.iter().find(|c| c.chosen).unwrap();
    assert!(shape::distance_km((best.lat, best.lon), (33.66, -95.56)) < 15.0, "{paris:?}");
    assert!(best.reasons.iter().any(|(name, _)| *name == "it lies where it is said to"), "{paris:?}");
    assert!((paris.candidates.iter().map(|c| c.belief).sum::<f64>() - 1.0).abs() < 0.2);
    assert!(all.iter().all(|d| d.n_candidates >= d.candidates.len() && !d.outcome.is_empty()));
}
