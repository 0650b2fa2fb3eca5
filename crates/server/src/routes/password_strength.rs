//! How hard a password is to guess, told while it is typed.

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{CheckPassword, ErrorCode, PasswordStrength};

use crate::error::Error;
use crate::wire::{Body, Caller};

/// `POST /v1/password_strength`: `{"score": 0…4, "warning": word, "suggestions": [word]}`; nothing of it is kept.
///
/// # Errors
/// `ResourceNotFound` where the settings tell no strength, `TooManyRequests`, `ServiceUnavailable`.
pub async fn tell(caller: Caller, Body(command): Body<CheckPassword>) -> Result<Response, Error> {
    let app = &caller.app;
    if !app.settings().password.show_zxcvbn {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let password = command.password.unwrap_or_default();
    let about: Vec<&str> = command.email_address.as_deref().into_iter().collect();
    let found = app.hasher.strength(&password, &about).await?;
    let suggestions = found.suggestions.iter();
    Ok(Json(PasswordStrength {
        score: u32::from(found.score),
        warning: found.warning.map(|word| word.as_str().to_owned()),
        suggestions: suggestions.map(|word| word.as_str().to_owned()).collect(),
    })
    .into_response())
}
