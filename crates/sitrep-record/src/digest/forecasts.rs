//! What became of forecasts between two states of a record.
//!
//! In: contents before and after. Out: items for forecasts that are new, decided, or open again. Judges none.

use std::collections::BTreeMap;

use sitrep_model::{
    Claim, ClaimId, Contents, DigestItem, DigestKind, DigestSubject, Forecast, ForecastId, ForecastState,
};

use crate::fuse::wording::day_words;

/// Items, in the order of the ledger.
pub(super) fn items(before: &Contents, after: &Contents) -> Vec<DigestItem> {
    let was: BTreeMap<&ForecastId, &Forecast> = before.forecasts.iter().map(|it| (&it.forecast_id, it)).collect();
    let claims: BTreeMap<&ClaimId, &Claim> = after.claims.iter().map(|it| (&it.claim_id, it)).collect();
    let item = |forecast: &Forecast| {
        let quote = claims.get(&forecast.claim_id).map_or(forecast.criteria.as_str(), |claim| claim.quote.as_str());
        let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let earlier = was.get(&forecast.forecast_id);
        let (kind, says) = change(earlier.map(|it| it.state), forecast.state)?;
        let by = forecast.window.map_or("without a window".to_owned(), |[_, last]| format!("by {}", day_words(last)));
        let likely = forecast.likelihood.as_ref().and_then(|it| it.word.as_deref()).map(|word| format!(", {word}"));
        let mut details = vec![format!("foreseen {by}{}", likely.unwrap_or_default())];
        details
            .extend(forecast.why.clone().filter(|_| kind != DigestKind::New || forecast.state != ForecastState::Open));
        details
            .extend(forecast.brier.map(|it| format!("Brier score {:.2} ({:.2} to {:.2})", it.mid, it.best, it.worst)));
        Some(DigestItem {
            kind,
            what: DigestSubject::Forecast,
            id: forecast.forecast_id.to_string(),
            day: forecast.window.map(|[_, last]| last),
            text: format!("{says}: “{quote}”"),
            details,
            claims: forecast.resolved_by.clone(),
        })
    };
    after.forecasts.iter().filter_map(item).collect()
}

fn change(was: Option<ForecastState>, is: ForecastState) -> Option<(DigestKind, &'static str)> {
    use ForecastState::{Expired, False, NotScoreable, Open, Partly, True, Void};
    if was == Some(is) {
        return None;
    }
    Some(match (was, is) {
        (None, Open | NotScoreable) => (DigestKind::New, "Foreseen"),
        (Some(_), Open | NotScoreable) => (DigestKind::Changed, "Open again"),
        (_, True) => (DigestKind::Resolved, "Came true"),
        (_, False) => (DigestKind::Resolved, "Did not come"),
        (_, Partly) => (DigestKind::Resolved, "Came in part"),
        (_, Void) => (DigestKind::Resolved, "Void, its condition was not met"),
        (_, Expired) => (DigestKind::Resolved, "Ran out undecided"),
    })
}
