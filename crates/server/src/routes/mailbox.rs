//! The mailbox of development: every letter that would have been sent.

use std::fmt::Write as _;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use super::pages::asset;
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::{Written, escape};

/// The most letters that people are shown at once, and that programs are.
const MOST: i64 = 100;
const MOST_TOLD: i64 = 1000;

/// One letter.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    code: Option<String>,
    link: Option<String>,
    created_at: i64,
}

pub fn router() -> Router<App> {
    Router::new()
        .route("/dev/mailbox", get(page))
        .route("/dev/mailbox.json", get(list))
        .route("/dev/mailbox/{id}", get(letter))
        .route(
            "/dev/mailbox.css",
            get(|| asset("text/css", include_str!("../../assets/mailbox.css"))),
        )
        .route(
            "/dev/mailbox.js",
            get(|| asset("text/javascript", include_str!("../../assets/mailbox.js"))),
        )
}

/// `GET /dev/mailbox.json`: `[{id, to, subject, text, html, code, link, created_at}]`, the newest first.
async fn list(State(app): State<App>) -> Result<Response, Error> {
    Ok(Json(entries(&app, MOST_TOLD).await?).into_response())
}

/// `GET /dev/mailbox`: the same for people.
async fn page(State(app): State<App>) -> Result<Response, Error> {
    let mut articles = String::new();
    for entry in entries(&app, MOST).await? {
        let code = entry.code.map_or(String::new(), |code| {
            format!("<span class=\"code\">{code}</span>")
        });
        let _ = write!(
            articles,
            "<article id=\"{id}\"><details><summary><h2>{subject}</h2><p>{to}</p>{code}</summary>\
             <iframe src=\"/dev/mailbox/{id}\" title=\"{subject}\" loading=\"lazy\" sandbox></iframe></details></article>",
            id = entry.id,
            subject = escape(&entry.subject),
            to = escape(&entry.to),
        );
    }
    if articles.is_empty() {
        articles
            .push_str("<p class=\"empty\">Nothing yet. Sign up, and the code arrives here.</p>");
    }
    Ok(Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Mailbox</title><link rel=\"stylesheet\" href=\"/dev/mailbox.css\">\
         <script type=\"module\" src=\"/dev/mailbox.js\"></script></head><body>\
         <header><h1>Mailbox</h1><p>Every mail this server would have sent.</p></header><main>{articles}</main></body></html>"
    ))
    .into_response())
}

/// `GET /dev/mailbox/{id}`: one letter as it looks; its styles are attributes, as in every mail.
async fn letter(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Error> {
    let found = entries(&app, MOST_TOLD)
        .await?
        .into_iter()
        .find(|entry| entry.id == id);
    let policy = [(
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    )];
    Ok(
        found.map_or(StatusCode::NOT_FOUND.into_response(), |entry| {
            (policy, Html(entry.html)).into_response()
        }),
    )
}

async fn entries(app: &App, most: i64) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for due in app.store.letters(most).await? {
        let mail = flow::open_mail(app, &due.sealed)?;
        let Written {
            subject,
            text,
            html,
        } = mail.write(&app.settings().application_name, app.config.host());
        entries.push(Entry {
            id: due.id,
            to: mail.to.as_str().to_owned(),
            subject,
            text,
            html,
            code: mail.letter.code().map(|code| code.expose().clone()),
            link: mail.letter.link().map(|link| link.expose().clone()),
            created_at: due.created_at.0,
        });
    }
    Ok(entries)
}
