//! The workbench's files.
//!
//! In: a path under `/assets/`. Out: its bytes, from those built in or, when asked for, from a folder. A page that changes things has the
//! token written into it. Without built files there is a note instead, and the plain pages.

use std::borrow::Cow;
use std::path::Path;

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Redirect, Response};
use rust_embed::RustEmbed;

use crate::app::App;

/// What `npm run build` in `web/` makes.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Built;

/// Where the token goes.
const TOKEN_PLACE: &str = r#"<meta name="sitrep-token" content="""#;

/// The page that every screen of the workbench starts from.
pub(crate) fn page(app: &App) -> Response {
    let Some(page) = file(app, "index.html") else { return Redirect::temporary("/plain").into_response() };
    let page = String::from_utf8_lossy(&page).replacen(
        TOKEN_PLACE,
        &format!(r#"<meta name="sitrep-token" content="{}""#, app.token),
        1,
    );
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// A script, a style or a picture of the workbench. Their names hold a hash of their content, so they may be kept.
pub(crate) fn asset(app: &App, name: &str) -> Response {
    match file(app, name) {
        Some(bytes) => {
            let headers = [(CONTENT_TYPE, media_type(name)), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, bytes.into_owned()).into_response()
        }
        None => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    }
}

fn file(app: &App, name: &str) -> Option<Cow<'static, [u8]>> {
    let is_plain = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains('\\'));
    if !is_plain {
        return None;
    }
    match &app.options.workbench {
        Some(folder) => std::fs::read(folder.join(Path::new(name))).ok().map(Cow::Owned),
        None => Built::get(name).map(|file| file.data),
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
