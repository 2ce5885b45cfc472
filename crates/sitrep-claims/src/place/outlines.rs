//! Outlines of the world, read from `world/outlines.bin` and `world/regions.bin`.
//!
//! In: the files made by `cargo xtask world`, compiled in. Out: countries, rivers and regions with their lines. Never decides what a
//! name means.

use sitrep_model::{Outlines, Shape};

const FILE: &[u8] = include_bytes!("../../world/outlines.bin");
const REGIONS: &[u8] = include_bytes!("../../world/regions.bin");

/// Countries and rivers of the world, simplified to about a kilometre.
///
/// Decodes half a megabyte at each call; keep the result.
#[must_use]
pub fn outlines() -> Outlines {
    let mut reader = Reader { bytes: FILE, at: 4 };
    let countries = reader.list().unwrap_or_default();
    let rivers = reader.list().unwrap_or_default();
    Outlines { countries, rivers }
}

/// Outlines of first-level divisions and physical regions, by country code, a tab and name.
pub(super) fn regions() -> Vec<Shape> {
    Reader { bytes: REGIONS, at: 4 }.list().unwrap_or_default()
}

struct Reader {
    bytes: &'static [u8],
    at: usize,
}

impl Reader {
    /// A number of seven bits a byte, lowest first.
    fn number(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0_u64, 0);
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 56 {
                return Some(value);
            }
        }
    }

    fn list(&mut self) -> Option<Vec<Shape>> {
        (0..self.number()?).map(|_| self.shape()).collect()
    }

    fn shape(&mut self) -> Option<Shape> {
        let length = self.number()? as usize;
        let name = self.bytes.get(self.at..self.at + length)?;
        let name = std::str::from_utf8(name).ok()?.to_owned();
        self.at += length;
        let rings = (0..self.number()?).map(|_| self.line()).collect::<Option<_>>()?;
        Some(Shape { name, rings })
    }

    fn line(&mut self) -> Option<Vec<[f64; 2]>> {
        let mut last = [0_i64; 2];
        let count = self.number()?;
        let mut line = Vec::new();
        for _ in 0..count {
            for axis in &mut last {
                let step = self.number()?;
                *axis += (step >> 1) as i64 ^ -((step & 1) as i64);
            }
            line.push(last.map(|v| v as f64 / 1000.0));
        }
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_is_all_there() {
        let world = outlines();
        assert!(world.countries.len() > 200 && world.rivers.len() > 500);
        let euphrates = world.rivers.iter().find(|r| r.name == "Euphrates").unwrap();
        assert!(euphrates.rings.iter().flatten().any(|p| (p[0] - 40.2).abs() < 0.3 && (p[1] - 35.3).abs() < 0.3));
        let inside = |p: &[f64; 2]| p[0].abs() <= 180.0 && p[1].abs() <= 90.0;
        assert!(world.countries.iter().flat_map(|c| &c.rings).flatten().all(inside));
    }
}
