//! The second factors of the user of the session: an authenticator app and backup codes.

use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, BackupCodes, Deleted, ErrorCode, Secret, SessionVerification, Totp, User,
};

use super::me;
use crate::error::Error;
use crate::factor::{draw_backup_codes, totp};
use crate::flow;
use crate::mail::Letter;
use crate::store::{NewFactor, Spend, StoredTotp};
use crate::wire::{Body, SignedIn};

/// `POST /v1/me/totp`: begins with an authenticator app; its secret is told here and nowhere else.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where the settings have none, `TotpAlreadyEnabled`.
pub async fn begin_totp(me: SignedIn) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    if !app.settings().second_factor.authenticator_app {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let user = me::user(&me).await?;
    let account = user.primary_email().or(user.username.as_deref());
    let account = account.unwrap_or(user.id.as_str());
    let (sealed, secret, uri) = totp::draw(&app, account)?;
    if !app
        .store
        .begin_totp(&user.id, &sealed, me.caller.now)
        .await?
    {
        return Err(ErrorCode::TotpAlreadyEnabled.into());
    }
    let stored = stored(&me, &user).await?;
    let mut shown = shown(&user, &stored);
    shown.secret = Some(secret);
    shown.uri = Some(uri);
    me.caller.answer(shown).await
}

/// `POST /v1/me/totp/attempt_verification`: checks the app's first code; backup codes come with the first factor.
///
/// # Errors
/// `AuthenticationInvalid`, `VerificationInvalid` where there is nothing to verify, `FormParamNil`,
/// `FormCodeIncorrect`, `TooManyRequests`.
pub async fn verify_totp(
    me: SignedIn,
    Body(command): Body<AttemptVerification>,
) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = me::user(&me).await?;
    let pending = app.store.totp(&user.id).await?;
    let pending = pending.filter(|stored| !stored.is_verified);
    let pending = pending.ok_or(ErrorCode::VerificationInvalid)?;
    let code = command.code.unwrap_or_default();
    let code: String = code.expose().split_whitespace().collect();
    if code.is_empty() {
        return Err(Error::at(ErrorCode::FormParamNil, "code"));
    }
    let budgets = totp::budgets::<SessionVerification>(&me.caller, &user.id);
    if let Some(wait_s) = app.store.count_use(&budgets, me.caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let step = totp::step(&app, &pending, &Secret::new(code), me.caller.now)?;
    let step = step.ok_or_else(|| Error::at(ErrorCode::FormCodeIncorrect, "code"))?;
    let is_first = !user.two_factor_enabled && !user.backup_code_enabled;
    let wants_codes = app.settings().second_factor.backup_codes && is_first;
    let (codes, hashes) = if wants_codes {
        draw_backup_codes(&app, &user.id)?
    } else {
        (Vec::new(), Vec::new())
    };
    let factor = NewFactor {
        user: &user.id,
        spends: &[Spend::TotpStep(user.id.clone(), step)],
        backup_codes: &hashes,
        session: &me.session.id,
        notice: &flow::notice(&app, &user.id, Letter::FactorAdded).await?,
    };
    if !app.store.add_factor(factor, me.caller.cause()).await? {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    app.store.give_back(&budgets).await?;
    app.letters.notify_one();
    let stored = stored(&me, &user).await?;
    let mut shown = shown(&user, &stored);
    shown.backup_codes = wants_codes.then_some(codes);
    me.caller.answer(shown).await
}

/// `DELETE /v1/me/totp`: removes the authenticator app; backup codes go with the last factor.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid` where everybody must have one.
pub async fn remove_totp(me: SignedIn) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = me::user(&me).await?;
    let found = app.store.second_factors(&user.id).await?;
    if app.settings().second_factor.required && found.phones.is_empty() {
        return Err(ErrorCode::AuthorizationInvalid.into());
    }
    let notice = flow::notice(&app, &user.id, Letter::FactorRemoved).await?;
    if !app
        .store
        .remove_totp(&user.id, &notice, me.caller.cause())
        .await?
    {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    app.letters.notify_one();
    let id = id_of(&user);
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `POST /v1/me/backup_codes`: ten new codes in the place of those before; they are told here and nowhere else.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where there is no factor that they would stand in for.
pub async fn create_backup_codes(me: SignedIn) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = me::user(&me).await?;
    let found = app.store.second_factors(&user.id).await?;
    if !app.settings().second_factor.backup_codes || found.is_empty() {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let (codes, hashes) = draw_backup_codes(&app, &user.id)?;
    let factor = NewFactor {
        user: &user.id,
        spends: &[],
        backup_codes: &hashes,
        session: &me.session.id,
        notice: &flow::notice(&app, &user.id, Letter::FactorAdded).await?,
    };
    app.store.add_factor(factor, me.caller.cause()).await?;
    app.letters.notify_one();
    let now = me.caller.now;
    let shown = BackupCodes {
        id: format!("backup_code_{}", user.id),
        codes,
        created_at: now,
        updated_at: now,
    };
    me.caller.answer(shown).await
}

async fn stored(me: &SignedIn, user: &User) -> Result<StoredTotp, Error> {
    let found = me.caller.app.store.totp(&user.id).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

fn shown(user: &User, stored: &StoredTotp) -> Totp {
    Totp {
        id: id_of(user),
        secret: None,
        uri: None,
        verified: stored.is_verified,
        backup_codes: None,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}

/// There is one app for each user.
fn id_of(user: &User) -> String {
    format!("totp_{}", user.id)
}
