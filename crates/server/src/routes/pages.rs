//! Hosted pages: the components on a page of ours, for apps that want none of their own.

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use frontdesk_locale::Text;

use crate::app::App;
use crate::mail::escape;

pub fn router() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in))
        .route("/sign-up", get(sign_up))
        .route("/waitlist", get(waitlist))
        .route("/user", get(user))
        .route("/organization", get(organization))
        .route(
            "/hosted.css",
            get(|| asset("text/css", include_str!("../../assets/page.css"))),
        )
}

/// `GET /`: leads to the profile, so that there is something where signing in ends unless settings say otherwise.
pub async fn home() -> Redirect {
    Redirect::to("/user")
}

/// `GET /sign-in`: the sign-in on a page of its own.
async fn sign_in(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, &headers, "sign-in", Text::page_sign_in_title)
}

/// `GET /sign-up`: the sign-up on a page of its own.
async fn sign_up(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, &headers, "sign-up", Text::page_sign_up_title)
}

/// `GET /waitlist`: the waiting list on a page of its own.
async fn waitlist(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, &headers, "waitlist", Text::waitlist_title)
}

/// `GET /user`: the profile on a page of its own.
async fn user(State(app): State<App>, headers: HeaderMap) -> Response {
    page(&app, &headers, "user-profile", Text::page_user_title)
}

/// `GET /organization`: the organization's profile on a page of its own.
async fn organization(State(app): State<App>, headers: HeaderMap) -> Response {
    let title = Text::page_organization_title;
    page(&app, &headers, "organization-profile", title)
}

fn page(app: &App, headers: &HeaderMap, kind: &str, title: fn(&Text) -> String) -> Response {
    let text = language(headers);
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · {name}</title>\
         <link rel=\"stylesheet\" href=\"/hosted.css\"><link rel=\"stylesheet\" href=\"/elements/css/core.css\">\
         <script type=\"module\" blocking=\"render\" src=\"/elements/define.js\"></script></head>\
         <body><main data-page=\"{kind}\"><frontdesk-{kind}></frontdesk-{kind}><noscript>{noscript}</noscript></main></body></html>",
        lang = escape(text.locale()),
        dir = text.direction(),
        title = escape(&title(&text)),
        name = escape(&app.settings().application_name),
        noscript = escape(&text.page_noscript()),
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "accept-language"),
    ];
    (headers, html).into_response()
}

/// The first language of the browser's that we have; it lists them by preference (RFC 9110 §12.5.4).
pub fn language(headers: &HeaderMap) -> Text {
    let wanted = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|list| list.to_str().ok())
        .unwrap_or("");
    let tags = wanted
        .split(',')
        .map(|tag| tag.split(';').next().unwrap_or("").trim());
    for tag in tags.filter(|tag| !tag.is_empty()) {
        let text = Text::of(tag);
        // What we do not have is given in English, which is only right where English was asked for.
        if text.locale() != "en" || tag.to_ascii_lowercase().starts_with("en") {
            return text;
        }
    }
    Text::english()
}

/// A file that is part of the program.
pub async fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text).into_response()
}
