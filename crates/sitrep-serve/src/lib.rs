//! A record in the browser: the workbench, plain pages that need no scripts, and the HTTP API.
//!
//! In: a record and how to serve it. Out: answers on 127.0.0.1 until the user stops the program. Never listens to another machine without a
//! password, never answers under a name it was not given, never runs or loads anything of a page it shows (see `guard`, `door`).
//!
//! ```text
//! request → guard → route → App::now() → Snapshot → explore | reading | compare | ledgers → answers (JSON)
//!                              writing, ingest ↗ change the record, one at a time
//! ```

pub mod answers;
mod app;
mod assets;
mod board;
mod brief;
mod compare;
mod door;
mod explore;
mod exports;
mod files;
mod guard;
mod ingest;
mod ledgers;
mod lists;
mod live;
mod openapi;
mod operations;
mod plain;
mod problem;
mod query;
mod reading;
mod review;
mod routes;
mod since;
mod snapshot;
mod table;
mod writing;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

pub use app::{MakeKit, Options, Writing};
pub use door::hash_password;

use app::App;

/// Threads that answer questions.
const THREADS: usize = 2;

/// Serves until interrupted. `ready` is told the address once questions are answered there; `token` must be hard to guess.
///
/// # Errors
/// When the record cannot be read or the port cannot be used.
pub fn serve(options: Options, token: String, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let listen = options.listen;
    anyhow::ensure!(
        listen.ip().is_loopback() || options.password.is_some(),
        "to listen on {listen} others must be kept out: give the hash of a password"
    );
    // A record that cannot be read is told now, not on the first page.
    let app = Arc::new(App::open(options, token)?);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_io()
        .enable_time()
        .build()
        .context("cannot start serving")?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.with_context(|| {
            format!(
                "port {} of this machine cannot be used; choose another with --port, or 0 for a free one",
                listen.port()
            )
        })?;
        ready(listener.local_addr().context("cannot start serving")?);
        tokio::spawn(writing::settle_after_rulings(Arc::clone(&app)));
        let stopped = async {
            // Without a signal handler the program is stopped the hard way, which loses nothing: every ruling is in the file.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        // Streams to the browser never end by themselves, so nobody waits for them.
        tokio::select! {
            served = axum::serve(listener, routes::router(app)).into_future() => served.context("serving stopped"),
            () = stopped => Ok(()),
        }
    })
}
