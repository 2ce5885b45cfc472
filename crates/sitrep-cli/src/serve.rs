//! `serve`: the record in a browser on this machine.
//!
//! In: a record and a port. Out: pages on 127.0.0.1 until the user stops the program. Only reads; never listens to another machine,
//! never answers under another name (see [`guard`]).

mod answer;
mod api;
mod guard;
mod query;

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use sitrep::model::Filter;
use tokio::net::TcpListener;

use crate::args::ServeArgs;
use crate::ending::Ending;
use crate::out::Say;

use answer::{Answer, App};

/// `sitrep serve RECORD [--port N]`
pub(crate) fn serve(args: &ServeArgs, say: &Say) -> anyhow::Result<Ending> {
    run(&args.record, args.port, say)
}

/// Serves `record` until interrupted.
pub(crate) fn run(record: &Path, port: u16, say: &Say) -> anyhow::Result<Ending> {
    let app = Arc::new(App::open(record)?);
    // A record that cannot be read is told now, not on the first page.
    app.contents(&Filter::default())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().context("cannot start serving")?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
            format!("port {port} of this machine cannot be used; choose another with --port, or 0 for a free one")
        })?;
        let address = listener.local_addr().context("cannot start serving")?;
        say.failure(&format!("serving {} on http://{address}/ (stop with Ctrl-C)", record.display()));
        let stopped = async {
            // Without a signal handler the program is stopped the hard way, which loses nothing: it only reads.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(app)).with_graceful_shutdown(stopped).await.context("serving stopped")
    })?;
    Ok(Ending::Done)
}

/// Every address goes through one function that knows nothing of HTTP but its status.
fn router(app: Arc<App>) -> Router {
    let router = Router::new().route("/", get(page)).route("/{*path}", get(page)).with_state(app);
    router.layer(axum::middleware::from_fn(guard::guard))
}

async fn page(State(app): State<Arc<App>>, uri: Uri, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let path = uri.path().to_owned();
    let found = tokio::task::spawn_blocking(move || answer::answer(&app, &path, &query)).await;
    let Ok(Answer { status, media_type, body }) = found else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "a bug in this program was met; nothing is lost").into_response();
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [("content-type", media_type)], body).into_response()
}
