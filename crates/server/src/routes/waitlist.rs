//! The waiting list.

use axum::response::Response;
use frontdesk_protocol::{
    Email, ErrorCode, JoinWaitlist, SignUpMode, WaitlistEntry, WaitlistEntryId,
};

use crate::error::Error;
use crate::store::Budget;
use crate::wire::{Body, Caller};

/// Places that one network takes in an hour.
const MOST: i64 = 30;
const HOUR_S: i64 = 3600;

/// `POST /v1/waitlist`: takes a place; the answer is the same for whoever has one, or an account.
///
/// # Errors
/// `FormParamNil`, `FormParamFormatInvalid`, `TooManyRequests`; `ResourceNotFound` where there is no waiting list.
pub async fn join(caller: Caller, Body(command): Body<JoinWaitlist>) -> Result<Response, Error> {
    let app = &caller.app;
    if app.settings().sign_up.mode != SignUpMode::Waitlist {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let typed = command.email_address.as_deref().unwrap_or("");
    let email = Email::parse(typed).map_err(|code| Error::at(code, "email_address"))?;
    let budget = Budget {
        key: [
            "waitlist:",
            &app.seal.recognise_text("waitlist", &caller.prefix),
        ]
        .concat(),
        most: MOST,
        window_s: HOUR_S,
    };
    if let Some(wait_s) = app.store.count_use(&[budget], caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    // The same id for the same address, so that it does not tell who came first.
    let hash = app.seal.recognise("waitlist-entry", email.as_str());
    let mut random = [0; 26];
    random.copy_from_slice(&hash[..26]);
    let id = WaitlistEntryId::from_random(random);
    app.store
        .join_waitlist(&id, email.as_str(), None, caller.now)
        .await?;
    let entry = WaitlistEntry {
        id,
        email_address: email.into(),
        created_at: caller.now,
        updated_at: caller.now,
    };
    caller.answer(entry).await
}
