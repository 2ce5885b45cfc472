//! What GeoNames' feature codes are called here: kind of place, rank of a town, how far it reaches.
//!
//! In: a feature code, a population. Out: [`Feature`]. Never reads a file.

use sitrep_claims::place_kinds;

/// Countries whose names reach English through a transliteration: their towns are found by their consonants, too.
pub const TRANSLITERATED: &[&str] = &[
    "AE", "AF", "AM", "AZ", "BD", "BH", "BY", "DJ", "DZ", "EG", "EH", "ER", "ET", "GE", "IL", "IN", "IQ", "IR", "JO",
    "KG", "KW", "KZ", "LB", "LY", "MA", "ML", "MM", "MR", "NE", "OM", "PK", "PS", "QA", "RU", "SA", "SD", "SO", "SS",
    "SY", "TD", "TJ", "TM", "TN", "TR", "UA", "UZ", "XK", "YE",
];

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Feature {
    /// One of the kinds of `sitrep-claims`.
    pub(crate) kind: &'static str,
    /// 1 a part of a town, 2 plain, 3 to 6 seats of ever larger divisions, 7 a capital, 8 gone; 0 for what is no town.
    pub(crate) rank: u8,
    pub(crate) radius_km: f64,
}

/// The feature of a code, without its class: `PPL`, `ADM1`, `AIRB`. `None` for no code.
pub(crate) fn feature(code: &str, population: u64) -> Option<Feature> {
    let plain = |kind, radius_km| Some(Feature { kind, rank: 0, radius_km });
    match code {
        "PPLX" => Some(Feature { kind: "neighbourhood", rank: town_rank(code), radius_km: 1.5 }),
        _ if code.starts_with("PPL") || code == "STLMT" => Some(town(code, population)),
        "ADM1" | "ADM1H" => plain("region", 60.0),
        "PCL" | "PCLI" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "PCLH" | "TERR" => plain("region", 200.0),
        "ADM2" | "ADM2H" => plain("district", 25.0),
        _ if code.starts_with("ADM") || matches!(code, "PRSH" | "LTER" | "ZN" | "ZNB") => plain("district", 10.0),
        "STM" | "STMA" | "STMB" | "STMC" | "STMD" | "STMH" | "STMI" | "STMIX" | "STMM" | "STMQ" | "STMS" | "STMX"
        | "CNL" | "CNLA" | "WAD" | "WADB" | "WADJ" | "WADM" => plain("river", 2.0),
        _ if code.starts_with("LK") || matches!(code, "LGN" | "RSV" | "PND" | "LGNS" | "RSVI") => plain("lake", 2.0),
        "SEA" | "OCN" | "GULF" | "STRT" => plain("sea", 100.0),
        "DSRT" | "ERG" | "RGE" | "SAND" => plain("desert", 30.0),
        "MT" | "MTS" | "PK" | "PKS" | "HLL" | "HLLS" | "RDGE" | "VLC" | "MTU" | "PASS" => plain("mountain", 2.0),
        "ISL" | "ISLS" | "ISLET" | "ISLT" | "ATOL" => plain("island", 2.0),
        "AIRB" | "AIRP" | "AIRF" | "AIRH" | "AIRQ" => plain("airbase", 2.0),
        "CMP" | "CMPRF" | "CMPLA" | "CMPL" | "CMPO" | "CMPMN" | "CMPQ" => plain("camp", 1.0),
        "PSTB" | "PSTC" | "BDGCR" => plain("crossing", 1.0),
        "OILF" | "OILW" | "GASF" => plain("oil field", 4.0),
        "DAM" | "DAMQ" | "DAMSB" => plain("dam", 1.0),
        "RSTN" | "RSTNQ" | "RSTP" | "BUSTN" | "MTRO" | "PMPO" | "PMPW" | "PS" | "PSN" | "PSH" => plain("station", 1.0),
        "RGN" | "RGNE" | "RGNH" | "RGNL" | "AREA" | "LCTY" | "PRK" | "RES" | "VAL" | "FRST" => plain("area", 2.0),
        _ if !code.is_empty()
            && code.len() <= 6
            && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) =>
        {
            plain("facility", 1.0)
        }
        _ => None,
    }
}

fn town(code: &str, population: u64) -> Feature {
    Feature { kind: by_population(population), rank: town_rank(code), radius_km: town_radius_km(population) }
}

/// Ranks of towns by feature code: a part of a town, a place, seats of ever larger divisions, a capital; a place that was.
#[must_use]
pub fn town_rank(code: &str) -> u8 {
    match code {
        "PPLX" | "PPLL" => 1,
        "PPLA5" | "PPLA4" => 3,
        "PPLA3" => 4,
        "PPLA2" => 5,
        "PPLA" => 6,
        "PPLC" | "PPLG" => 7,
        "PPLH" | "PPLQ" | "PPLW" | "PPLCH" => 8,
        _ => 2,
    }
}

/// What a populated place of this many people is called; one of nobody knows how many is a village.
pub(crate) fn by_population(population: u64) -> &'static str {
    match population {
        20_000.. => "city",
        2_000.. => "town",
        _ => "village",
    }
}

/// How far a town reaches.
pub(crate) fn town_radius_km(population: u64) -> f64 {
    (population as f64).sqrt().mul_add(0.01, 1.0)
}

/// What a user calls a kind: one of ours (`village`), or a feature code with or without its class (`PPL`, `P.PPL`).
pub(crate) fn told(word: &str, population: u64) -> Option<Feature> {
    let word = word.trim();
    if word.is_empty() {
        return Some(town("PPL", population));
    }
    let lower = word.to_lowercase();
    if let Some(kind) = place_kinds().iter().find(|kind| **kind == lower) {
        let settled = matches!(*kind, "city" | "town" | "village");
        let radius_km = match *kind {
            _ if settled => town_radius_km(population),
            "region" => 60.0,
            "country" => 200.0,
            "district" => 15.0,
            "desert" => 30.0,
            "sea" => 100.0,
            _ => 1.5,
        };
        return Some(Feature { kind, rank: if settled { 2 } else { 0 }, radius_km });
    }
    feature(word.rsplit('.').next().unwrap_or(word), population)
}

/// Whether a country's names reach English through a transliteration.
pub(crate) fn is_transliterated(country: [u8; 2]) -> bool {
    std::str::from_utf8(&country).is_ok_and(|iso| TRANSLITERATED.contains(&iso))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_a_kind_that_is_known() {
        for code in
            ["PPL", "PPLC", "ADM1", "ADM3", "STM", "LK", "MT", "AIRB", "CMPRF", "OILF", "DAM", "RSTN", "AREA", "HTL"]
        {
            let feature = feature(code, 10).unwrap();
            assert!(place_kinds().contains(&feature.kind), "{code}: {feature:?}");
        }
        assert_eq!(feature("not a code", 0), None);
        assert_eq!(told("P.PPLA", 500_000).unwrap().kind, "city");
        assert_eq!(told("Airbase", 0).unwrap().kind, "airbase");
        assert_eq!(told("", 0).unwrap().kind, "village");
        assert_eq!(told("hovel", 0), None);
    }
}
