//! The table by which two claims were joined, or were not, on a page.
//!
//! In: a [`Decision`]. Out: a table, folded until asked for.

use maud::{Markup, html};
use sitrep_model::Decision;

use super::parts::shown;
use crate::decision::{points, verdict};

/// The table under `title`.
pub(super) fn table(title: &str, decision: &Decision) -> Markup {
    html! {
        details class="decision" {
            summary { (title) ": " (shown(&verdict(decision))) }
            div class="scroll" {
                table class="rows" {
                    caption { "Claim " a href=(format!("/claims/{}", decision.one)) { (decision.one) } " and claim " a href=(format!("/claims/{}", decision.other)) { (decision.other) } ", field by field. Points are tenths of a bit." }
                    thead { tr { th scope="col" { "Field" } th scope="col" { "The one" } th scope="col" { "The other" } th scope="col" { "Points" } th scope="col" { "Outcome" } } }
                    tbody {
                        @for row in &decision.rows {
                            tr {
                                th scope="row" data-label="Field" { (row.field) }
                                td data-label="The one" { (shown(&row.one)) }
                                td data-label="The other" { (shown(&row.other)) }
                                td data-label="Points" { (points(row)) }
                                td data-label="Outcome" { (shown(&row.says)) }
                            }
                        }
                        tr { th scope="row" { "sum" } td {} td {} td data-label="Points" { (decision.points) } td data-label="Outcome" { (shown(&verdict(decision))) } }
                    }
                }
            }
        }
    }
}
