//! Writes made-up places in the form of GeoNames' dump, to measure an import with: `made_dump ROWS > allCountries.txt`.
//!
//! In: how many. Out: rows with names of the usual length, one in ten with about ten other names, kinds and populations in about the
//! shares of the real dump, and enough places of one name. The same number gives the same bytes.

use std::io::{self, BufWriter, Write as _};

/// Numbers that look drawn (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len() as u64) as usize]
    }
}

const FIRST: &[&str] = &[
    "San", "Santa", "Tell", "Al", "Khirbat", "Wadi", "Nizhny", "Novo", "Saint", "Jabal", "Bir", "Kampong", "Desa",
    "Lac", "Mount", "Rio", "Cerro", "Laguna", "Bukit", "Upper",
];
const SOUNDS: &[&str] = &[
    "ba", "ra", "ka", "mi", "no", "lo", "sha", "ti", "ve", "du", "gor", "han", "jel", "qu", "zar", "mon", "pe", "sti",
    "wa", "yu", "bel", "dor", "fin", "kha", "lin", "mar", "nov", "ost", "pol", "ska",
];
const LAST: &[&str] =
    &["ville", "ah", "grad", "iya", "pur", "ton", "abad", "ovo", "stan", "Creek", "Farm", "School", "Hotel"];
const OFTEN: &[&str] =
    &["San José", "Santa Rosa", "Al Jadidah", "Church", "Spring Creek", "Buenavista", "Krasnoye", "Jordan"];
const OTHER_LETTERS: &[&[&str]] = &[
    &["با", "تل", "قر", "نو", "حل", "مش", "زي", "دور", "كر", "سا"],
    &["ба", "но", "во", "кра", "сно", "лу", "дон", "гра", "мир", "ск"],
    &["山", "石", "新", "河", "田", "白", "大", "林", "口", "阳"],
    &["का", "न", "पु", "र", "मा", "ली", "ग", "ढ़", "बा", "द"],
];
const COUNTRIES: &[&str] = &[
    "US", "CN", "IN", "NO", "MX", "ID", "RU", "TH", "IR", "PK", "FI", "TR", "CA", "DE", "SY", "IQ", "YE", "UA", "BR",
    "PE", "CO", "ML", "SD", "NG", "ET", "AF", "MM", "PH", "AU", "FR", "GB", "IT", "ES", "JP", "KR",
];
const CODES: &[(&str, &str)] = &[
    ("P", "PPL"),
    ("P", "PPL"),
    ("P", "PPL"),
    ("P", "PPL"),
    ("H", "STM"),
    ("H", "LK"),
    ("T", "HLL"),
    ("T", "MT"),
    ("S", "SCH"),
    ("S", "FRM"),
    ("S", "HTL"),
    ("L", "LCTY"),
    ("A", "ADM4"),
    ("R", "RD"),
    ("P", "PPLX"),
    ("T", "ISL"),
];

fn name(dice: &mut Dice) -> String {
    if dice.roll(40) == 0 {
        return dice.of(OFTEN).to_owned();
    }
    let mut name = String::new();
    if dice.roll(3) == 0 {
        name.push_str(dice.of(FIRST));
        name.push(' ');
    }
    let start = name.len();
    for _ in 0..2 + dice.roll(3) {
        name.push_str(dice.of(SOUNDS));
    }
    let head = name[start..=start].to_uppercase();
    name.replace_range(start..=start, &head);
    match dice.roll(4) {
        0 => name.push_str(dice.of(LAST)),
        1 => {
            name.push(' ');
            name.push_str(dice.of(LAST));
        }
        _ => {}
    }
    name
}

/// A name in letters of another alphabet.
fn foreign(dice: &mut Dice) -> String {
    let alphabet = OTHER_LETTERS[dice.roll(OTHER_LETTERS.len() as u64) as usize];
    (0..2 + dice.roll(4)).map(|_| dice.of(alphabet)).collect()
}

fn main() -> io::Result<()> {
    let n_rows: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let mut dice = Dice(7);
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    for n in 0..n_rows {
        let plain = name(&mut dice);
        let mut others = Vec::new();
        if dice.roll(10) == 0 {
            for _ in 0..5 + dice.roll(11) {
                others.push(if dice.roll(3) == 0 { foreign(&mut dice) } else { name(&mut dice) });
            }
        }
        let (class, code) = CODES[dice.roll(CODES.len() as u64) as usize];
        let most = 1 << (4 + dice.roll(16));
        let population = if class == "P" && dice.roll(8) == 0 { dice.roll(most) } else { 0 };
        let (lat, lon) = (dice.roll(140_000_000) as f64 / 1e6 - 60.0, dice.roll(360_000_000) as f64 / 1e6 - 180.0);
        // Numbers of one country are spread over the file, as in the real one.
        let id = (n * 7_919) % n_rows + 1;
        writeln!(
            out,
            "{id}\t{plain}\t{plain}\t{}\t{lat:.5}\t{lon:.5}\t{class}\t{code}\t{}\t\t{:02}\t{:03}\t\t\t{population}\t\t{}\tEtc/UTC\t2031-01-01",
            others.join(","),
            dice.of(COUNTRIES),
            dice.roll(30),
            dice.roll(200),
            dice.roll(3_000),
        )?;
    }
    out.flush()
}
