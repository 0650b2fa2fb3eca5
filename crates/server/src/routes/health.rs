//! What other machines ask: whether the server lives, and what its tokens are signed with.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::app::App;

/// `GET /healthz`: 200 while the process lives.
pub async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: 200 while the database answers, and 503 while it does not.
pub async fn ready(State(app): State<App>) -> Response {
    if app.store.is_ready().await {
        "ok".into_response()
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer",
        )
            .into_response()
    }
}

/// `GET /.well-known/jwks.json`: `{"keys": [JWK]}` (RFC 7517 §5).
pub async fn jwks(State(app): State<App>) -> Response {
    let headers = [
        (CACHE_CONTROL, "public, max-age=60"),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, Json(json!({ "keys": app.keys.published() }))).into_response()
}
