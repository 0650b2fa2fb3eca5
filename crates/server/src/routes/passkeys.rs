//! The passkeys of the user of the session.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, Deleted, ErrorCode, List, Passkey, PasskeyId, Strategy, UpdatePasskey,
    Verification,
};

use super::fields::name;
use super::{me, sign_ins};
use crate::error::Error;
use crate::factor::passkey::{self, Made};
use crate::flow;
use crate::mail::Letter;
use crate::store::NewPasskey;
use crate::wire::{Body, SignedIn};

/// `GET /v1/me/passkeys`: all of them, the oldest first.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn list(me: SignedIn) -> Result<Response, Error> {
    let data = me.caller.app.store.passkeys(&me.session.user).await?;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// `GET /v1/me/passkeys/{id}`: one of them.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn read(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let found = load(&me, &id).await?;
    me.caller.answer(found).await
}

/// `POST /v1/me/passkeys`: asks the browser to make one; `verification.nonce` is what it is asked, as JSON.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where the settings have none, `PasskeyQuotaExceeded`.
pub async fn create(me: SignedIn) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    refuse_disabled(&me)?;
    let user = me::user(&me).await?;
    if user.passkeys.len() >= most(&me) {
        return Err(ErrorCode::PasskeyQuotaExceeded.into());
    }
    let id = PasskeyId::from_random(app.chance.bytes()?);
    let prepared = passkey::begin(&me.caller, &user, &id).await?;
    let shown = Passkey {
        id,
        name: me.caller.device(),
        verification: Some(Verification::begun(prepared)),
        last_used_at: None,
        created_at: me.caller.now,
        updated_at: me.caller.now,
    };
    me.caller.answer(shown).await
}

/// `POST /v1/me/passkeys/{id}/attempt_verification`: keeps the passkey that the browser made.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `StrategyInvalid`, `FormParamNil`, `PasskeyInvalid`,
/// `PasskeyQuotaExceeded`.
pub async fn attempt(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<AttemptVerification>,
) -> Result<Response, Error> {
    const FIELD: &str = "public_key_credential";
    let app = me.caller.app.clone();
    refuse_disabled(&me)?;
    if sign_ins::strategy(command.strategy.as_deref())? != Strategy::Passkey {
        return Err(Error::at(ErrorCode::StrategyInvalid, "strategy"));
    }
    let passkey_id = PasskeyId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let answer = command.public_key_credential.unwrap_or_default();
    if answer.expose().is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, FIELD));
    }
    let user = me::user(&me).await?;
    let Made { credential, sealed } =
        passkey::finish(&me.caller, &user.id, &passkey_id, &answer).await?;
    let device = me.caller.device();
    let new = NewPasskey {
        id: &passkey_id,
        user: &user.id,
        credential: &credential,
        sealed: &sealed,
        name: &device,
        most: i64::try_from(most(&me)).unwrap_or(i64::MAX),
        notice: &flow::notice(&app, &user.id, Letter::FactorAdded).await?,
    };
    if !app.store.add_passkey(new, me.caller.cause()).await? {
        let is_known = app.store.passkey(&credential).await?.is_some();
        return Err(if is_known {
            Error::at(ErrorCode::PasskeyInvalid, FIELD)
        } else {
            ErrorCode::PasskeyQuotaExceeded.into()
        });
    }
    app.letters.notify_one();
    let mut shown = load(&me, &id).await?;
    shown.verification = Some(Verification::proved(None, Strategy::Passkey));
    me.caller.answer(shown).await
}

/// `PATCH /v1/me/passkeys/{id}`: calls it something else.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `FormParamNil`, `FormParamMaxLengthExceeded`.
pub async fn update(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<UpdatePasskey>,
) -> Result<Response, Error> {
    const FIELD: &str = "name";
    let wanted = name(command.name.as_deref(), FIELD)?.unwrap_or_default();
    if wanted.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, FIELD));
    }
    let passkey_id = PasskeyId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &me.caller.app.store;
    if !store
        .rename_passkey(&me.session.user, &passkey_id, &wanted, me.caller.now)
        .await?
    {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    read(me, Path(id)).await
}

/// `DELETE /v1/me/passkeys/{id}`: removes one; it signs in no more.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn remove(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = me::user(&me).await?;
    let passkey_id = PasskeyId::parse(&id).ok_or(ErrorCode::ResourceNotFound)?;
    let notice = flow::notice(&app, &user.id, Letter::FactorRemoved).await?;
    if !app
        .store
        .remove_passkey(&user.id, &passkey_id, &notice, me.caller.cause())
        .await?
    {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    app.letters.notify_one();
    me.caller.answer(Deleted { id, deleted: true }).await
}

fn refuse_disabled(me: &SignedIn) -> Result<(), Error> {
    if me.caller.app.settings().passkeys.enabled {
        Ok(())
    } else {
        Err(ErrorCode::ResourceNotFound.into())
    }
}

fn most(me: &SignedIn) -> usize {
    usize::try_from(me.caller.app.settings().passkeys.max).unwrap_or(usize::MAX)
}

async fn load(me: &SignedIn, id: &str) -> Result<Passkey, Error> {
    let known = me.caller.app.store.passkeys(&me.session.user).await?;
    let found = known.into_iter().find(|passkey| passkey.id.as_str() == id);
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}
