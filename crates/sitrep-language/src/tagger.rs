//! The tagger: one linear layer over encoded tokens, and the best tag of each.
//!
//! In: encoded tokens. Out: a Penn Treebank tag per token. Never looks at neighbours; the encoder has.

use crate::encoder::tensor;
use crate::kernels::{Level, Linear, WIDTH};
use crate::labels::Tag;
use crate::model_file::{ModelError, ModelFile};

/// The tagger's weights.
#[derive(Debug)]
pub(crate) struct Tagger {
    weights: Linear,
    tags: Vec<Tag>,
}

impl Tagger {
    /// Reads the weights and the order of the tags.
    pub(crate) fn load(file: &ModelFile<'_>, level: Level) -> Result<Tagger, ModelError> {
        let tags = file
            .lines("labels.tag")?
            .into_iter()
            .map(|name| {
                Tag::from_label(name).ok_or_else(|| ModelError::malformed("labels.tag", format!("no such tag: {name}")))
            })
            .collect::<Result<Vec<Tag>, ModelError>>()?;
        if tags.is_empty() {
            return Err(ModelError::malformed("labels.tag", "it is empty"));
        }
        let weights = tensor(file, "tag.W", &[tags.len(), WIDTH])?;
        let bias = tensor(file, "tag.b", &[tags.len()])?;
        Ok(Tagger { weights: Linear::pack(level, &weights.data, &bias.data), tags })
    }

    /// Appends the tag of each encoded token to `tags`. `scores` is work space.
    pub(crate) fn tag(&self, encoded: &[f32], scores: &mut Vec<f32>, tags: &mut Vec<Tag>) {
        let n_rows = encoded.len() / WIDTH;
        scores.resize(n_rows * self.weights.n_padded(), 0.0);
        self.weights.apply(encoded, n_rows, scores);
        tags.extend(scores.chunks_exact(self.weights.n_padded()).map(|row| {
            let mut best = 0;
            for (tag, score) in row[..self.weights.n_outputs()].iter().enumerate() {
                if *score > row[best] {
                    best = tag;
                }
            }
            self.tags[best]
        }));
    }
}
