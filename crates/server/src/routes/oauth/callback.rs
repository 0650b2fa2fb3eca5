//! Coming back from a provider: every browser is sent on, whatever happened there.

use axum::extract::{Path, RawQuery, Request, State};
use axum::response::Response;
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, Provider};
use serde_json::Value;

use super::{accounts, sign_in, sign_up};
use crate::app::App;
use crate::error::{Error, api_error};
use crate::oauth::{self, Callback, Pending, What};
use crate::wire::{Caller, redirect};

/// The most bytes of what a provider posts.
const MOST_BYTES: usize = 16 * 1024;

/// `POST /v1/oauth_callback/{provider}`: what came from another site without cookies comes again with them.
///
/// # Errors
/// `RequestBodyInvalid`.
pub async fn posted(
    State(app): State<App>,
    Path(provider): Path<String>,
    request: Request,
) -> Result<Response, Error> {
    let provider = Provider::parse(&provider).ok_or(ErrorCode::ResourceNotFound)?;
    let invalid = || Error::from(ErrorCode::RequestBodyInvalid);
    let body = axum::body::to_bytes(request.into_body(), MOST_BYTES).await;
    let pairs: Vec<(String, String)> = body
        .ok()
        .and_then(|body| serde_urlencoded::from_bytes(&body).ok())
        .ok_or_else(invalid)?;
    let known = ["state", "code", "error", "iss", "user"];
    let pairs: Vec<_> = pairs
        .into_iter()
        .filter(|(name, _)| known.contains(&name.as_str()))
        .collect();
    let query = serde_urlencoded::to_string(pairs).map_err(anyhow::Error::from)?;
    let home = &app.config.public_url;
    let place = format!("{home}/v1/oauth_callback/{}?{query}", provider.name());
    Ok(redirect(&place)?)
}

/// `GET /v1/oauth_callback/{provider}`: what a provider answered.
///
/// # Errors
/// Where the store broke before it was known where to go on.
pub async fn callback(
    mut caller: Caller,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let home = caller
        .app
        .config
        .absolute(&caller.app.settings().urls.sign_in);
    let answer = read(query.as_deref().unwrap_or_default());
    let (Some(provider), Some(answer)) = (Provider::parse(&name), answer) else {
        return Ok(redirect(&home)?);
    };
    // An answer to nothing, a second one, or one that somebody else's browser waits for.
    let Some(pending) = oauth::take(&caller, &answer.state).await? else {
        tracing::info!("{provider:?} answers what was not asked here");
        return Ok(redirect(&home)?);
    };
    let place = match Box::pin(arrive(&mut caller, provider, &pending, answer)).await {
        Ok(true) => &pending.urls.done,
        Ok(false) => &pending.urls.back,
        Err(Error::Broken(error)) => {
            tracing::error!("{error:#}");
            &pending.urls.back
        }
        Err(error) => {
            tracing::info!("{provider:?} leads nowhere: {error:?}");
            &pending.urls.back
        }
    };
    caller.answer_redirect(place).await
}

/// Whether nothing is left to do; why not, the attempt has been told.
async fn arrive(
    caller: &mut Caller,
    provider: Provider,
    pending: &Pending,
    answer: Callback,
) -> Result<bool, Error> {
    let proven = oauth::prove(caller, provider, pending, answer).await;
    match &pending.what {
        What::SignIn(id) => sign_in::arrive(caller, id, pending, proven).await,
        What::SignUp(id) => Box::pin(sign_up::arrive(caller, id, proven)).await,
        What::Connect(user, id) => accounts::arrive(caller, (user, id), pending, proven).await,
    }
}

/// What an attempt or an account tells of an error.
pub fn told(error: &Error) -> ApiError {
    let (code, meta) = match error {
        Error::Refused(code, meta) => (*code, (**meta).clone()),
        Error::Told(..) | Error::Several(_) | Error::Busy(_) | Error::Broken(_) => {
            (ErrorCode::ServiceUnavailable, ErrorMeta::NONE)
        }
    };
    api_error(code, meta, None)
}

/// The parameters of an answer; nothing where there is no state, or one of them twice.
fn read(query: &str) -> Option<Callback> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let mut answer = Callback::default();
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in pairs {
        if seen.contains(&name) {
            return None;
        }
        match name.as_str() {
            "state" => answer.state = value,
            "code" => answer.code = Some(value),
            "error" => answer.error = Some(value),
            "iss" => answer.issuer = Some(value),
            "user" => answer.name = names(&value),
            _ => continue,
        }
        seen.push(name);
    }
    (!answer.state.is_empty()).then_some(answer)
}

/// The names that Apple tells by the browser, the first time only.
fn names(user: &str) -> (Option<String>, Option<String>) {
    let user: Value = serde_json::from_str(user).unwrap_or_default();
    let name = |path: &str| {
        let name = user.pointer(path)?.as_str()?.trim();
        let is_name =
            !name.is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
        is_name.then(|| name.to_owned())
    };
    (name("/name/firstName"), name("/name/lastName"))
}
