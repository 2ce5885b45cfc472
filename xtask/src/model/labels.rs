//! The output labels of the tagger, the parser and the entity recogniser, in the order of the model's outputs.
//!
//! In: `tagger/cfg`, `parser/moves`, `ner/moves`. Out: the sections `labels.tag`, `labels.parser`, `labels.ner`.

use anyhow::Context as _;

use super::wheel::Wheel;
use super::writer::Writer;

const PARSER_ACTIONS: [&str; 5] = ["S", "D", "L", "R", "B"];
const ENTITY_ACTIONS: [&str; 6] = ["M", "B", "I", "L", "U", "O"];

pub(crate) fn convert(wheel: &mut Wheel<'_>, writer: &mut Writer) -> anyhow::Result<()> {
    let config = wheel.json("tagger/cfg")?;
    let tags = config["labels"].as_array().context("tagger/cfg has no labels")?;
    let tags: Vec<String> = tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    writer.lines("labels.tag", &tags);
    writer.lines("labels.parser", &moves(wheel, "parser/moves", &PARSER_ACTIONS)?);
    writer.lines("labels.ner", &moves(wheel, "ner/moves", &ENTITY_ACTIONS)?);
    Ok(())
}

/// Move names in model order: by action, then the more frequent label first (ties: the alphabetically later one).
fn moves(wheel: &mut Wheel<'_>, path: &str, actions: &[&str]) -> anyhow::Result<Vec<String>> {
    let outer = wheel.msgpack(path)?;
    let json = outer["moves"].as_str().with_context(|| format!("{path} has no moves"))?;
    let by_action: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
    let mut names = Vec::new();
    for (number, action) in actions.iter().enumerate() {
        let Some(labels) = by_action.get(&number.to_string()) else { continue };
        let labels = labels.as_object().with_context(|| format!("{path}: action {number} has no labels"))?;
        let mut ranked = Vec::new();
        for (label, count) in labels {
            let count = count.as_i64().with_context(|| format!("{path}: {label} has no count"))?;
            anyhow::ensure!(count >= 0, "{path}: {label} was added later; that order is not supported");
            ranked.push((count, label.as_str()));
        }
        ranked.sort_unstable();
        for (_, label) in ranked.iter().rev() {
            let plain = label.is_empty() && *action != "U";
            names.push(if plain { (*action).to_owned() } else { format!("{action}-{label}") });
        }
    }
    Ok(names)
}
