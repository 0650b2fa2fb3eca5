//! Where an app's pages send whoever comes without a token that is good still.

use axum::response::Response;
use frontdesk_protocol::CreateToken;
use serde::Deserialize;

use super::sessions;
use crate::error::Error;
use crate::wire::{Asked, Caller, origin_of, redirect, redirect_target};

/// Where to go back to.
#[derive(Debug, Deserialize)]
pub struct Renew {
    redirect_url: Option<String>,
}

/// `GET /renew?redirect_url=…`: leads whoever is signed in back at once with a new token in the cookie, and anybody
/// else to sign in first.
///
/// # Errors
/// `FormParamNil`, `FormParamValueInvalid`.
pub async fn renew(mut caller: Caller, Asked(asked): Asked<Renew>) -> Result<Response, Error> {
    let app = caller.app.clone();
    let typed = asked.redirect_url.as_deref();
    let target = redirect_target(&app.config, typed, "redirect_url")?;
    let target = target.as_str();
    if let Some(origin) = origin_of(target) {
        origin.clone_into(&mut caller.origin);
    }
    if let Some(session) = caller.session().cloned() {
        let (jwt, is_pending) = sessions::mint(&caller, &session, &CreateToken::default()).await?;
        // Whoever has something to do first does it where people sign in.
        if !is_pending {
            return Ok(caller.answer_token(redirect(target)?, &jwt));
        }
    }
    let sign_in = app.config.absolute(&app.settings().urls.sign_in);
    let query = serde_urlencoded::to_string([("redirect_url", target)]);
    let query = query.map_err(anyhow::Error::from)?;
    let mark = if sign_in.contains('?') { '&' } else { '?' };
    Ok(redirect(&format!("{sign_in}{mark}{query}"))?)
}
