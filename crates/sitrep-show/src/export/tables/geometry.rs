//! Places as well-known binary, and what GeoParquet says of all of them.
//!
//! In: places. Out: bytes, a piece of metadata. Never a shape for a place nobody located.

use serde_json::json;
use sitrep_model::{Place, Ring};

use crate::export::geojson::pieces;

/// What the metadata of GeoParquet says of all geometries: which kinds there are and within which box.
#[derive(Default)]
pub(crate) struct Frame {
    kinds: std::collections::BTreeSet<&'static str>,
    bounds: Option<[f64; 4]>,
}

impl Frame {
    /// A place as well-known binary, or `None` when nothing is located.
    pub(crate) fn shape(&mut self, place: &Place, bad_rings: &mut usize) -> Option<Vec<u8>> {
        if let Some(area) = &place.area {
            match pieces(area) {
                Some(pieces) => return Some(self.area(&pieces)),
                None => *bad_rings += 1,
            }
        }
        let (lat, lon) = place.lat.zip(place.lon).filter(|(lat, lon)| lat.is_finite() && lon.is_finite())?;
        self.kinds.insert("Point");
        self.stretch([lon, lat]);
        let mut out = head(1);
        put(&mut out, [lon, lat]);
        Some(out)
    }

    fn area(&mut self, pieces: &[Vec<Ring>]) -> Vec<u8> {
        pieces.iter().flatten().flatten().for_each(|point| self.stretch(*point));
        match pieces {
            [rings] => {
                self.kinds.insert("Polygon");
                polygon(rings)
            }
            _ => {
                self.kinds.insert("MultiPolygon");
                let mut out = head(6);
                out.extend((pieces.len() as u32).to_le_bytes());
                pieces.iter().for_each(|rings| out.extend(polygon(rings)));
                out
            }
        }
    }

    fn stretch(&mut self, [x, y]: [f64; 2]) {
        let [left, bottom, right, top] = self.bounds.unwrap_or([x, y, x, y]);
        self.bounds = Some([left.min(x), bottom.min(y), right.max(x), top.max(y)]);
    }

    pub(crate) fn metadata(&self) -> String {
        let mut column = json!({ "encoding": "WKB", "geometry_types": self.kinds, "orientation": "counterclockwise" });
        if let (Some(bounds), Some(map)) = (self.bounds, column.as_object_mut()) {
            map.insert("bbox".to_owned(), json!(bounds));
        }
        json!({ "version": "1.1.0", "primary_column": "geometry", "columns": { "geometry": column } }).to_string()
    }
}

/// Byte order (little-endian) and kind.
fn head(kind: u32) -> Vec<u8> {
    let mut out = vec![1];
    out.extend(kind.to_le_bytes());
    out
}

fn put(out: &mut Vec<u8>, [x, y]: [f64; 2]) {
    out.extend(x.to_le_bytes());
    out.extend(y.to_le_bytes());
}

fn polygon(rings: &[Ring]) -> Vec<u8> {
    let mut out = head(3);
    out.extend((rings.len() as u32).to_le_bytes());
    for ring in rings {
        out.extend((ring.len() as u32).to_le_bytes());
        ring.iter().for_each(|point| put(&mut out, *point));
    }
    out
}
