//! The accounts with providers of the user of the session.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    ConnectExternalAccount, Deleted, ErrorCode, ExternalAccount, ExternalAccountId, Provider,
    Strategy, User, UserId, Verification, VerificationStatus,
};

use super::callback::told;
use super::sign_in::{link, renew};
use crate::config::Settings;
use crate::error::Error;
use crate::flow;
use crate::mail::Letter;
use crate::oauth::{Held, Pending, Urls, What, ask};
use crate::routes::{me, sign_ins};
use crate::wire::{Body, Caller, SignedIn};

/// `POST /v1/me/external_accounts`: begins to connect an account.
///
/// # Errors
/// `AuthenticationInvalid`, `StrategyInvalid`, `FormParamNil`, `FormParamValueInvalid`, `OauthProviderFailed`.
pub async fn connect(
    me: SignedIn,
    Body(command): Body<ConnectExternalAccount>,
) -> Result<Response, Error> {
    let strategy = sign_ins::strategy(command.strategy.as_deref())?;
    let id = ExternalAccountId::from_random(me.caller.app.chance.bytes()?);
    let shown = blank(&me.caller, strategy, id);
    begin(me, shown, &command).await
}

/// `PATCH /v1/me/external_accounts/{id}/reauthorize`: asks the provider again, for more where that is wanted.
///
/// # Errors
/// Those of [`connect`], `ResourceNotFound`.
pub async fn reauthorize(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<ConnectExternalAccount>,
) -> Result<Response, Error> {
    let user = me::user(&me).await?;
    let shown = one(&user, &id)?.clone();
    begin(me, shown, &command).await
}

/// `DELETE /v1/me/external_accounts/{id}`: disconnects an account, unless the user could not sign in any more.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `IdentificationDeletionFailed`.
pub async fn disconnect(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = me::user(&me).await?;
    let id = one(&user, &id)?.id.clone();
    let notice = flow::notice(&app, &user.id, Letter::FactorRemoved).await?;
    let has_other = has_other_way(&app.settings(), &user);
    let is_removed = app
        .store
        .disconnect_external(&user.id, &id, has_other, &notice, me.caller.cause())
        .await?;
    if !is_removed {
        return Err(ErrorCode::IdentificationDeletionFailed.into());
    }
    app.letters.notify_one();
    let deleted = Deleted {
        id: id.to_string(),
        deleted: true,
    };
    me.caller.answer(deleted).await
}

/// Whether a user can sign in by something that is no account with a provider.
fn has_other_way(settings: &Settings, user: &User) -> bool {
    let is_verified = |it: &Option<Verification>| {
        it.as_ref()
            .is_some_and(|it| it.status == VerificationStatus::Verified)
    };
    let has_email = user
        .email_addresses
        .iter()
        .any(|it| is_verified(&it.verification));
    let has_phone = user
        .phone_numbers
        .iter()
        .any(|it| is_verified(&it.verification));
    let email = &settings.email_address;
    let by_mail = has_email && email.identifies() && (email.code || email.link);
    let by_text = has_phone && settings.phone_number.identifies();
    let is_called = has_email && email.identifies()
        || by_text
        || user.username.is_some() && settings.username.identifies();
    let by_password = user.password_enabled && settings.password.enabled && is_called;
    let by_passkey = settings.passkeys.enabled && !user.passkeys.is_empty();
    by_mail || by_text || by_password || by_passkey
}

async fn begin(
    me: SignedIn,
    mut shown: ExternalAccount,
    command: &ConnectExternalAccount,
) -> Result<Response, Error> {
    let strategy = sign_ins::strategy(Some(&shown.provider))?;
    let Strategy::OAuth(provider) = strategy else {
        return Err(Error::at(ErrorCode::StrategyInvalid, "strategy"));
    };
    let caller = me.caller;
    let back = command.redirect_url.as_deref();
    let done = command.action_complete_redirect_url.as_deref();
    let urls = Urls::read(&caller, back, done)?;
    let client = caller.known()?.id.to_string();
    let what = What::Connect(me.session.user.clone(), shown.id.clone());
    let more = command.additional_scope.as_deref();
    let prepared = ask(&caller, &client, provider, urls, what, more).await?;
    shown.verification = Some(Verification::begun(prepared));
    caller.answer(shown).await
}

/// Connects an account once the provider has answered; whether it is.
pub async fn arrive(
    caller: &mut Caller,
    (user, id): (&UserId, &ExternalAccountId),
    pending: &Pending,
    proven: Result<Held, ErrorCode>,
) -> Result<bool, Error> {
    // Whoever asked has signed out meanwhile, or somebody else has signed in.
    let browser = &caller.known()?.id;
    let browser = caller.app.store.browser_by_id(browser, caller.now).await?;
    let live = browser.map(|browser| browser.live).unwrap_or_default();
    if !live.iter().any(|session| session.user == *user) {
        return Err(ErrorCode::AuthenticationInvalid.into());
    }
    let gone = match proven {
        Ok(held) => keep(caller, user, id, held).await,
        Err(code) => Err(code.into()),
    };
    let Err(error) = gone else { return Ok(true) };
    let provider = Provider::parse(&pending.provider).ok_or(ErrorCode::StrategyInvalid)?;
    let strategy = Strategy::OAuth(provider);
    let told = told(&error);
    let accounts = caller.app.store.external_accounts(user).await?;
    // One that was there before is no worse for it.
    if !accounts.iter().any(|it| it.id == *id) {
        let mut shown = blank(caller, strategy, id.clone());
        let refused = Verification::refused(None, strategy, told.code);
        shown.verification = Some(Verification {
            status: VerificationStatus::Unverified,
            error: Some(told),
            ..refused
        });
        caller
            .app
            .store
            .note_external_failure(user, provider.name(), &shown, caller.now)
            .await?;
    }
    Err(error)
}

async fn keep(
    caller: &Caller,
    user: &UserId,
    id: &ExternalAccountId,
    mut held: Held,
) -> Result<(), Error> {
    match caller.app.store.owner_of_external(&held.key()).await? {
        Some((owner, known)) if owner == *user => renew(caller, &known, &held).await,
        Some(_) => Err(ErrorCode::ExternalAccountExists.into()),
        None => {
            let accounts = caller.app.store.external_accounts(user).await?;
            // Asked again, and answered by another account: that one is new.
            if !accounts.iter().any(|it| it.id == *id) {
                held.shown.id = id.clone();
            }
            link(caller, user, &held).await
        }
    }
}

/// An account of which nothing is known yet.
fn blank(caller: &Caller, strategy: Strategy, id: ExternalAccountId) -> ExternalAccount {
    ExternalAccount {
        id,
        provider: strategy.as_str().to_owned(),
        provider_user_id: String::new(),
        approved_scopes: String::new(),
        email_address: String::new(),
        username: None,
        first_name: None,
        last_name: None,
        image_url: String::new(),
        verification: None,
        created_at: caller.now,
        updated_at: caller.now,
    }
}

fn one<'a>(user: &'a User, id: &str) -> Result<&'a ExternalAccount, Error> {
    let found = user
        .external_accounts
        .iter()
        .find(|it| it.id.as_str() == id);
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}
