//! `cargo xtask score PART`: figures against outside gold sets. Parts: `claims`, `record`, `web`, `when`, `where`.
//!
//! In: the part's name and its options. Out: what that part's own file prints. Reference sets lie beside the repository, in
//! `../shared`, and are never copied into it.

mod claims;
mod record;
mod web;
mod when;
pub(crate) mod where_;

use crate::Args;

/// Scores the part named first.
pub(crate) fn run(mut args: Args) -> anyhow::Result<()> {
    match args.next().as_deref() {
        Some("claims") => claims::run(args),
        Some("record") => record::run(args),
        Some("web") => web::run(args),
        Some("when") => when::run(args),
        Some("where") => where_::run(args),
        Some(other) => anyhow::bail!("nothing to score named {other}; there are: claims, record, web, when, where"),
        None => anyhow::bail!("name what to score: claims, record, web, when, where"),
    }
}
