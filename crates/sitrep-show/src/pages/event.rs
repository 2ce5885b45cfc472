//! The page of one event: every account in its own row, disputes with all sides, events it may be the same as.
//!
//! In: contents and an id. Out: a page. Never one value where accounts differ.

use maud::{Markup, html};
use sitrep_model::{Account, Claim, Contents, Decisions, Dispute, Event, Place, Time, Verdict};

use super::decision::table;
use super::layout::{Part, page};
use super::parts::{badges, outlet_link, quote, shown, when};
use crate::Names;
use crate::index::Index;
use crate::report::phrases::{capital, full_stop, side_value};
use crate::words;

pub(super) fn event(contents: &Contents, id: &str, names: Names<'_>, decisions: &Decisions) -> Option<String> {
    let index = Index::of(contents);
    Some(whole(&index, index.event(id)?, names, decisions))
}

/// The page of an event without the comparisons behind it.
pub(crate) fn page_of(index: &Index<'_>, event: &Event, names: Names<'_>) -> String {
    whole(index, event, names, &Decisions::default())
}

fn whole(index: &Index<'_>, event: &Event, names: Names<'_>, decisions: &Decisions) -> String {
    let body = html! {
        article {
            p class="kicker" { a href=(format!("/events?type={}", event.event)) { (words::event_type(event.event)) } }
            h1 class="statement" { (shown(&full_stop(&event.summary))) }
            p class="badges" { (badges(event, index)) }
            (facts(event))
            (accounts(event, index, names))
            @for dispute in event.disputes.iter().filter_map(|id| index.dispute(id.as_str())) { (dispute_table(dispute, index, names)) }
            (joins(event, decisions, index))
            (near_misses(event, decisions, index))
            p class="trace" { "Event " (event.event_id) }
        }
    };
    page(&event.summary, Part::Events, &body)
}

fn facts(event: &Event) -> Markup {
    html! {
        dl class="facts" {
            div { dt { "When" } dd { (when(event.time.as_ref())) } }
            div { dt { "Where" } dd { @match &event.place { Some(place) => (shown(&words::place_understood(place))), None => "not said" } } }
            @if !event.actors.is_empty() { div { dt { "Who" } dd { (names_of(&event.actors)) } } }
            @if !event.targets.is_empty() { div { dt { "To whom" } dd { (names_of(&event.targets)) } } }
            @for quantity in &event.quantities { div { dt { "Number" } dd { (shown(&words::quantity(quantity))) } } }
            div { dt { "Grade" } dd { (event.grade.information) " of 6: " (shown(&event.grade.why)) } }
        }
    }
}

fn names_of(actors: &[sitrep_model::ActorRef]) -> String {
    let names: Vec<&str> = actors.iter().map(|actor| actor.name.as_str()).collect();
    shown(&names.join(", ")).into_owned()
}

fn accounts(event: &Event, index: &Index<'_>, names: Names<'_>) -> Markup {
    html! {
        section aria-labelledby="accounts" {
            h2 id="accounts" { "Accounts" }
            div class="scroll" {
                table class="rows accounts" {
                    caption { "One row an account; “independent” counts origins, not repetitions." }
                    thead {
                        tr {
                            th scope="col" { "Report" } th scope="col" { "According to" } th scope="col" { "How sure" }
                            th scope="col" { "When, as said" } th scope="col" { "Where, as said" } th scope="col" { "Passage" }
                        }
                    }
                    tbody { @for account in &event.accounts { (account_row(account, index, names)) } }
                }
            }
        }
    }
}

fn account_row(account: &Account, index: &Index<'_>, names: Names<'_>) -> Markup {
    let Some(claim) = index.claim(account.claim_id.as_str()) else {
        return html! { tr { td colspan="6" { "Claim " (account.claim_id) " is outside this selection." } } };
    };
    html! {
        tr {
            th scope="row" data-label="Report" { (outlet_link(claim, index)) }
            td data-label="According to" {
                (speaker(claim, index, names))
                span class="quiet under" { (words::stance(account.stance)) ", origin " (account.root) }
            }
            td data-label="How sure" {
                span class="line" { span class="quiet" { "source: " } (words::certainty(claim.certainty.source)) }
                span class="line" { span class="quiet" { "writer: " } (words::certainty(claim.certainty.author)) }
                @if let Some(word) = &claim.certainty.word { span class="quiet under" { "“" (shown(word)) "”" } }
            }
            td data-label="When, as said" { (time_cell(claim.time.as_ref(), account.differs.iter().any(|it| it == "date"))) }
            td data-label="Where, as said" { (place_cell(claim.place.as_ref(), account.differs.iter().any(|it| it == "place"))) }
            td data-label="Passage" { a class="to-passage" href=(format!("/claims/{}", claim.claim_id)) { (quote(&claim.quote)) } }
        }
    }
}

/// The chain of those who say it, with the verb.
pub(super) fn speaker(claim: &Claim, index: &Index<'_>, names: Names<'_>) -> Markup {
    html! {
        ol class="chain" {
            @for link in &claim.attribution {
                @let named = link.holder.as_deref().map(|holder| match claim.is_reporting() {
                    true => holder.into(),
                    false => index.authors.shown(holder, claim.document.as_str(), names),
                });
                li {
                    @match named {
                        Some(holder) => (shown(&holder)),
                        None if link.kind == sitrep_model::AttributionType::Author => { "the report, in its own words" },
                        None => { "nobody named" },
                    }
                    @if let Some(cue) = &link.cue { " " span class="quiet" { "“" (shown(cue)) "”" } }
                    @else if link.stance != sitrep_model::SourceStance::Assert { " " span class="quiet" { (words::stance_verb(link.stance)) } }
                }
            }
        }
    }
}

fn time_cell(time: Option<&Time>, differs: bool) -> Markup {
    let Some(time) = time else { return html! { span class="quiet" { "not said" } } };
    html! {
        @if let Some(text) = &time.text { span class="as-said" dir="auto" { "“" (shown(text)) "”" } }
        span class=(if differs { "under differs" } else { "under" }) { (when(Some(time))) @if differs { " (differs)" } }
    }
}

fn place_cell(place: Option<&Place>, differs: bool) -> Markup {
    let Some(place) = place else { return html! { span class="quiet" { "not said" } } };
    html! {
        span class="as-said" dir="auto" { "“" (shown(&place.text)) "”" }
        span class=(if differs { "under differs" } else { "under" }) { (shown(&words::place_understood(place))) @if differs { " (differs)" } }
    }
}

/// The sides of a dispute next to each other.
pub(super) fn dispute_table(dispute: &Dispute, index: &Index<'_>, names: Names<'_>) -> Markup {
    html! {
        section class="dispute" {
            h2 { "Disputed: " (dispute.field.as_str()) }
            div class="sides-grid" {
                @for side in &dispute.sides {
                    div class="side" {
                        h3 { (shown(&capital(&side_value(&side.value)))) }
                        ul {
                            @for id in &side.claims {
                                @if let Some(claim) = index.claim(id.as_str()) {
                                    li {
                                        (outlet_link(claim, index)) (speaker(claim, index, names))
                                        a class="to-passage" href=(format!("/claims/{id}")) { (quote(&claim.quote)) }
                                    }
                                } @else { li { "claim " (id) ", outside this selection" } }
                            }
                        }
                    }
                }
            }
            @if !dispute.reading.is_empty() { p class="lead" { "A reading: " (shown(&full_stop(&dispute.reading))) } }
        }
    }
}

/// By what the accounts were joined: each against the one it is closest to.
fn joins(event: &Event, decisions: &Decisions, index: &Index<'_>) -> Markup {
    let outlet =
        |id: &sitrep_model::ClaimId| index.claim(id.as_str()).map_or("a report", |claim| index.outlet_of(claim));
    html! {
        @if event.accounts.len() > 1 && !decisions.accounts.is_empty() {
            section {
                h2 { "Why these are one event" }
                p class="lead" { "Each account is held against the one it is closest to. Accounts that are not named here are tied by the text itself or by a ruling." }
                @for decision in &decisions.accounts {
                    (table(&shown(&format!("{} and {}", outlet(&decision.one), outlet(&decision.other))), decision))
                }
            }
        }
    }
}

fn near_misses(event: &Event, decisions: &Decisions, index: &Index<'_>) -> Markup {
    let others: Vec<&Event> = event.near_misses.iter().filter_map(|id| index.event(id.as_str())).collect();
    html! {
        @if !others.is_empty() {
            section {
                h2 { "Perhaps the same" }
                p class="lead" { "Alike, but not enough to be counted as one event." }
                ul {
                    @for other in others {
                        li {
                            a href=(format!("/events/{}", other.event_id)) { (shown(&other.summary)) }
                            @for near in decisions.others.iter().filter(|near| near.event_id == other.event_id) {
                                (table(if near.decision.verdict == Verdict::Never { "Kept apart by" } else { "Closest accounts" }, &near.decision))
                            }
                        }
                    }
                }
            }
        }
    }
}
