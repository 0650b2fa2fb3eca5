//! Every route, and what all of them share.

pub mod admin;
mod arrival;
mod client;
mod closing;
mod email_addresses;
mod environment;
pub(crate) mod fields;
mod files;
mod frontend_table;
mod health;
mod mailbox;
mod me;
mod my_sessions;
mod oauth;
pub mod openapi;
mod organizations;
mod pages;
mod passkeys;
mod password_strength;
mod phone_numbers;
mod pictures;
mod renew;
mod second_factors;
mod sessions;
mod sign_ins;
mod sign_up_end;
mod sign_up_link;
mod sign_ups;
mod step_up;
mod tickets;
mod verify_link;
mod waitlist;

use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use frontdesk_protocol::ErrorCode;
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::error::Error;
use crate::wire;

pub use frontend_table::{ROUTES, asks_again};

/// What a page of ours may do: run our own scripts and WebAssembly, and call us.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The whole server as one service; the verb of a form is read before it is routed.
pub fn router(app: &App) -> Router {
    let mut router = Router::new()
        .nest("/v1", frontend(app))
        .nest(admin::table::PREFIX, admin::router(app))
        .route("/.well-known/jwks.json", get(health::jwks))
        .route("/openapi.json", get(openapi::read))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route(
            "/v1/oauth_callback/{provider}",
            get(oauth::callback).post(oauth::posted),
        )
        .route("/renew", get(renew::renew))
        .route("/v1/pictures/{hash}", get(pictures::show))
        .merge(pages::router());
    if app.config.options.development {
        router = router.merge(mailbox::router());
    }
    files::serve(router, &app.config.options)
        .layer(from_fn(harden))
        .layer(CatchPanicLayer::custom(broken))
        .with_state(app.clone())
}

fn frontend(app: &App) -> Router<App> {
    Router::new()
        .route(
            "/environment",
            get(environment::read).patch(environment::read),
        )
        .route(
            "/client",
            get(client::read)
                .put(client::create)
                .delete(sessions::end_all),
        )
        .route("/client/sign_ins", post(sign_ins::create))
        .route("/client/sign_ins/{id}", get(sign_ins::read))
        .route(
            "/client/sign_ins/{id}/prepare_first_factor",
            post(sign_ins::prepare),
        )
        .route(
            "/client/sign_ins/{id}/attempt_first_factor",
            post(sign_ins::attempt),
        )
        .route(
            "/client/sign_ins/{id}/prepare_second_factor",
            post(sign_ins::prepare),
        )
        .route(
            "/client/sign_ins/{id}/attempt_second_factor",
            post(sign_ins::attempt_second),
        )
        .route(
            "/client/sign_ins/{id}/reset_password",
            post(sign_ins::reset_password),
        )
        .route("/client/sign_ups", post(sign_ups::create))
        .route(
            "/client/sign_ups/{id}",
            get(sign_ups::read).patch(sign_ups::update),
        )
        .route(
            "/client/sign_ups/{id}/prepare_verification",
            post(sign_ups::prepare),
        )
        .route(
            "/client/sign_ups/{id}/attempt_verification",
            post(sign_ups::attempt),
        )
        .route("/password_strength", post(password_strength::tell))
        .route("/client/sessions", delete(sessions::end_all))
        .route("/client/sessions/{id}", get(sessions::read))
        .route("/client/sessions/{id}/touch", post(sessions::touch))
        .route("/client/sessions/{id}/tokens", post(sessions::create_token))
        .route(
            "/client/sessions/{id}/tokens/{template}",
            post(sessions::create_template_token),
        )
        .route("/client/sessions/{id}/end", post(sessions::end))
        .route("/client/sessions/{id}/remove", post(sessions::remove))
        .merge(step_ups())
        .merge(account())
        .merge(oauth())
        .merge(passkeys())
        .merge(links())
        .merge(organizations::router())
        .merge(pictures())
        .merge(beside())
        .fallback(nowhere)
        .method_not_allowed_fallback(nowhere)
        .layer(from_fn_with_state(app.clone(), wire::guard))
}

/// Proving a session once more.
fn step_ups() -> Router<App> {
    Router::new()
        .route("/client/sessions/{id}/verify", post(step_up::start))
        .route(
            "/client/sessions/{id}/verify/prepare_first_factor",
            post(step_up::prepare),
        )
        .route(
            "/client/sessions/{id}/verify/attempt_first_factor",
            post(step_up::attempt),
        )
        .route(
            "/client/sessions/{id}/verify/prepare_second_factor",
            post(step_up::prepare),
        )
        .route(
            "/client/sessions/{id}/verify/attempt_second_factor",
            post(step_up::attempt_second),
        )
}

/// What belongs to the user of the session.
fn account() -> Router<App> {
    Router::new()
        .route(
            "/me",
            get(me::read).patch(me::update).delete(closing::remove),
        )
        .route("/me/change_password", post(me::change_password))
        .route("/me/metadata", patch(me::merge_metadata))
        .route("/me/export", get(closing::export))
        .route(
            "/me/email_addresses",
            get(email_addresses::list).post(email_addresses::create),
        )
        .route(
            "/me/email_addresses/{id}",
            get(email_addresses::read).delete(email_addresses::remove),
        )
        .route(
            "/me/email_addresses/{id}/prepare_verification",
            post(email_addresses::prepare),
        )
        .route(
            "/me/email_addresses/{id}/attempt_verification",
            post(email_addresses::attempt),
        )
        .route(
            "/me/phone_numbers",
            get(phone_numbers::list).post(phone_numbers::create),
        )
        .route(
            "/me/phone_numbers/{id}",
            get(phone_numbers::read)
                .patch(phone_numbers::update)
                .delete(phone_numbers::remove),
        )
        .route(
            "/me/phone_numbers/{id}/prepare_verification",
            post(phone_numbers::prepare),
        )
        .route(
            "/me/phone_numbers/{id}/attempt_verification",
            post(phone_numbers::attempt),
        )
        .route(
            "/me/totp",
            post(second_factors::begin_totp).delete(second_factors::remove_totp),
        )
        .route(
            "/me/totp/attempt_verification",
            post(second_factors::verify_totp),
        )
        .route(
            "/me/backup_codes",
            post(second_factors::create_backup_codes),
        )
        .route("/me/organization_memberships", get(me::memberships))
}

/// The waiting list, and where the user is signed in.
fn beside() -> Router<App> {
    Router::new()
        .route("/waitlist", post(waitlist::join))
        .route("/me/sessions/active", get(my_sessions::active))
        .route("/me/sessions/{id}/revoke", post(my_sessions::revoke))
}

/// Accounts with providers.
fn oauth() -> Router<App> {
    Router::new()
        .route("/me/external_accounts", post(oauth::connect))
        .route("/me/external_accounts/{id}", delete(oauth::disconnect))
        .route(
            "/me/external_accounts/{id}/reauthorize",
            patch(oauth::reauthorize),
        )
}

fn passkeys() -> Router<App> {
    Router::new()
        .route("/me/passkeys", get(passkeys::list).post(passkeys::create))
        .route(
            "/me/passkeys/{id}",
            get(passkeys::read)
                .patch(passkeys::update)
                .delete(passkeys::remove),
        )
        .route(
            "/me/passkeys/{id}/attempt_verification",
            post(passkeys::attempt),
        )
}

/// Where the links of letters lead.
fn links() -> Router<App> {
    Router::new().route(
        "/verify_link",
        get(verify_link::show).post(verify_link::follow),
    )
}

/// Pictures, whose bodies are longer than others.
fn pictures() -> Router<App> {
    Router::new()
        .route(
            "/me/profile_image",
            post(pictures::set).delete(pictures::remove),
        )
        .route(
            "/organizations/{id}/logo",
            put(pictures::set_logo).delete(pictures::remove_logo),
        )
        .layer(wire::Upload::limit())
}

async fn nowhere() -> Error {
    ErrorCode::ResourceNotFound.into()
}

fn broken(_panic: Box<dyn std::any::Any + Send>) -> Response {
    Error::from(anyhow::anyhow!("a route panicked")).into_response()
}

/// Answers as every route does: with our headers, and with our document where a part of the path is no text.
async fn harden(
    parts: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    let is_no_text = matches!(
        parts,
        Err(RawPathParamsRejection::InvalidUtf8InPathParam(_))
    );
    // Nothing is named with a NUL, and not every database can be asked for one.
    let is_unreadable = is_no_text || request.uri().path().contains("%00");
    let mut response = if is_unreadable {
        nowhere().await.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin-allow-popups",
        ),
        (CACHE_CONTROL, "no-cache"),
    ];
    for (name, value) in fixed {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
