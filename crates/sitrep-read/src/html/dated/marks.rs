//! Meta elements that tell a date, and the names of `data/date_marks.toml`.
//!
//! In: a view of the page. Out: signs by name. Never reads a name that is not listed.

use std::sync::LazyLock;

use serde::Deserialize;

use super::View;
use crate::published::{Kind, Signals};

#[derive(Debug, Deserialize)]
pub(crate) struct Marks {
    pub(crate) meta: MetaNames,
    pub(crate) linked: LinkedNames,
    pub(crate) shown: ShownNames,
    pub(crate) script: ScriptNames,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MetaNames {
    published: Vec<String>,
    dated: Vec<String>,
    modified: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LinkedNames {
    pub(crate) published: Vec<String>,
    pub(crate) created: Vec<String>,
    pub(crate) modified: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ShownNames {
    /// Cells of one or more words.
    pub(crate) published: Vec<String>,
    pub(crate) plain: Vec<String>,
    pub(crate) modified: Vec<String>,
    pub(crate) elsewhere: Vec<String>,
    pub(crate) attributes: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ScriptNames {
    pub(crate) published: Vec<String>,
}

pub(crate) static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/date_marks.toml")).expect("the shipped file is valid: tested")
});

/// Reads meta elements, best name first; of several with one name the first.
pub(super) fn meta(view: &View<'_>, signals: &mut Signals) {
    let mut metas: Vec<(String, &str)> = Vec::new();
    for (i, node) in view.tree.nodes.iter().enumerate().filter(|(_, node)| node.name == "meta") {
        let Some(content) = node.attribute("content").filter(|_| !view.apart[i]) else { continue };
        let names = ["name", "property", "itemprop", "http-equiv"].iter().filter_map(|n| node.attribute(n));
        metas.extend(names.map(|name| (name.trim().to_lowercase(), content.trim())));
    }
    let told = |names: &'static [String], kind: Kind, signals: &mut Signals| {
        for wanted in names {
            let first = metas.iter().filter(|(name, _)| name == wanted).find_map(|(_, content)| view.told(content));
            if let Some(told) = first {
                signals.add(kind, told);
            }
        }
    };
    let names = &MARKS.meta;
    told(&names.published, Kind::MetaPublished, signals);
    told(&names.dated, Kind::MetaDated, signals);
    told(&names.modified, Kind::Changed, signals);
}
