//! A new password, checked by every rule there is and hashed.

use frontdesk_protocol::{ErrorCode, ErrorMeta, Metadata, Password, Secret, Timestamp};
use serde_json::json;

use super::{Strength, check};
use crate::app::App;
use crate::error::Error;
use crate::flow;

/// The sealed hash of a new password, once it is good enough for the settings.
///
/// `about` is what the person is known by, which makes a password easy to guess.
///
/// # Errors
/// `FormPasswordLengthTooShort` and the like, `FormPasswordValidationFailed`, `FormPasswordNotStrongEnough`,
/// `FormPasswordPwned`, at `field`; `ServiceUnavailable`.
pub async fn take(
    app: &App,
    typed: &Secret<String>,
    about: &[&str],
    field: &str,
    now: Timestamp,
) -> Result<String, Error> {
    let settings = app.settings();
    let shape = settings.password_settings();
    let refused = |code, zxcvbn| {
        let meta = ErrorMeta {
            min_length: Some(shape.min_length),
            max_length: Some(shape.max_length),
            zxcvbn,
            ..ErrorMeta::param(field)
        };
        Error::Refused(code, Box::new(meta))
    };
    let password = Password::parse(typed.expose(), &shape).map_err(|code| refused(code, None))?;
    if check(typed.expose(), &settings.password.rules()).is_err() {
        return Err(refused(ErrorCode::FormPasswordValidationFailed, None));
    }
    let least = settings.password.min_zxcvbn_strength;
    if least > 0 {
        let found = app.hasher.strength(typed, about).await?;
        if found.score < least {
            return Err(refused(
                ErrorCode::FormPasswordNotStrongEnough,
                Some(advice(&found)),
            ));
        }
    }
    if app.leaks.know(typed.expose(), now).await {
        return Err(refused(ErrorCode::FormPasswordPwned, None));
    }
    let hash = app.hasher.hash(&password, &app.chance).await?;
    Ok(flow::seal_password(app, &hash)?)
}

/// What would make a password better, as `{"warning": …, "suggestions": [{"code": …}]}`.
fn advice(found: &Strength) -> Metadata {
    let suggestions: Vec<_> = found
        .suggestions
        .iter()
        .map(|it| json!({ "code": it.as_str() }))
        .collect();
    let warning = found.warning.map(|it| json!(it.as_str()));
    let members = [
        ("score".to_owned(), json!(found.score)),
        ("warning".to_owned(), warning.unwrap_or_default()),
        ("suggestions".to_owned(), json!(suggestions)),
    ];
    Metadata(members.into_iter().collect())
}
