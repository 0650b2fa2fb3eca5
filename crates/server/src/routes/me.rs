//! The user of the session.

use axum::response::Response;
use frontdesk_protocol::{
    ChangePassword, Email, EmailAddressId, ErrorCode, List, MergeMetadata, PhoneNumberId,
    UpdateUser, User,
};

use super::admin::users::{Patch, merge};
use super::fields::{about, metadata, name, username};
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::Letter;
use crate::password;
use crate::resource;
use crate::store::{Budget, PasswordChange, SealedMail, UserChange};
use crate::wire::{Body, Reader, SignedIn};

/// `GET /v1/me`: the user.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn read(reader: Reader) -> Result<Response, Error> {
    reader.answer_user().await
}

/// The answer that is the user as they are after a change.
async fn shown(me: SignedIn) -> Result<Response, Error> {
    let user = user(&me).await?;
    me.caller.answer(user).await
}

/// `PATCH /v1/me`: changes names, or which address mails go to.
///
/// # Errors
/// `AuthenticationInvalid`, `FormParamMaxLengthExceeded`, `FormParamValueInvalid` for an address that is not proven.
pub async fn update(me: SignedIn, Body(command): Body<UpdateUser>) -> Result<Response, Error> {
    let first_name = name(command.first_name.as_deref(), "first_name")?;
    let last_name = name(command.last_name.as_deref(), "last_name")?;
    let username = changed_username(&me, command.username.as_deref()).await?;
    let primary = (
        &command.primary_email_address_id,
        &command.primary_phone_number_id,
    );
    if username.is_some() || primary != (&None, &None) {
        me.reverified()?;
    }
    if let Some(id) = &command.primary_email_address_id {
        make_primary(&me, id).await?;
    }
    if let Some(id) = &command.primary_phone_number_id {
        const FIELD: &str = "primary_phone_number_id";
        let refused = || Error::at(ErrorCode::FormParamValueInvalid, FIELD);
        let id = PhoneNumberId::parse(id).ok_or_else(refused)?;
        let (store, user) = (&me.caller.app.store, &me.session.user);
        if !store
            .make_primary_number(user, &id, me.caller.cause())
            .await?
        {
            return Err(refused());
        }
    }
    let metadata = metadata(command.unsafe_metadata.as_deref())?;
    let metadata = metadata
        .map(|metadata| serde_json::to_string(&metadata))
        .transpose()
        .map_err(anyhow::Error::from)?;
    let change = UserChange {
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        username: username.as_deref(),
        unsafe_metadata: metadata.as_deref(),
    };
    if !change.is_empty() {
        let store = &me.caller.app.store;
        if !store
            .update_user(&me.session.user, change, me.caller.cause())
            .await?
        {
            return Err(Error::at(ErrorCode::FormIdentifierExists, "username"));
        }
    }
    shown(me).await
}

/// `PATCH /v1/me/metadata`: merges what browsers write into what is there.
///
/// # Errors
/// `AuthenticationInvalid`, `FormParamNil`, `FormParamFormatInvalid`, `FormParamMaxLengthExceeded`.
pub async fn merge_metadata(
    me: SignedIn,
    Body(command): Body<MergeMetadata>,
) -> Result<Response, Error> {
    const FIELD: &str = "unsafe_metadata";
    let patch = metadata(command.unsafe_metadata.as_deref())?;
    let patch = patch.ok_or_else(|| Error::at(ErrorCode::FormParamNil, FIELD))?;
    let patch = Patch {
        unsafe_metadata: Some(patch),
        ..Patch::default()
    };
    let (app, user) = (&me.caller.app, &me.session.user);
    merge(app, user, &patch, user.as_str(), me.caller.cause()).await?;
    shown(me).await
}

/// The user name that was typed, if it is another one; empty for none.
async fn changed_username(me: &SignedIn, typed: Option<&str>) -> Result<Option<String>, Error> {
    let settings = me.caller.app.settings();
    let Some(typed) = typed.filter(|_| settings.username.enabled) else {
        return Ok(None);
    };
    let typed = typed.trim().to_ascii_lowercase();
    let user = user(me).await?;
    if user.username.as_deref() == Some(&typed) {
        return Ok(None);
    }
    if typed.is_empty() {
        if settings.username.required {
            return Err(Error::at(ErrorCode::FormParamNil, "username"));
        }
        return Ok(user.username.map(|_| String::new()));
    }
    username(&me.caller.app, &typed).await
}

/// `POST /v1/me/change_password`: sets another password; the one in use is asked for, or a recent proof in its place.
///
/// # Errors
/// `AuthenticationInvalid`, `FormPasswordIncorrect`, `FormNewPasswordMatchesCurrent`, `TooManyRequests`, and
/// those of a new password.
pub async fn change_password(
    mut me: SignedIn,
    Body(command): Body<ChangePassword>,
) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let user = user(&me).await?;
    let typed = command.new_password.unwrap_or_default();
    let mut before = None;
    let mut forgiven: Vec<Budget> = Vec::new();
    // Whoever types the password in use proves it by that.
    let is_proven = me.session.must_reset_password
        || command.current_password.is_none() && app.settings().sessions.reverification.enabled;
    if is_proven || !user.password_enabled {
        me.reverified()?;
    }
    if is_proven {
        // It was proven when this session began or lately, and whoever else knows it must not be quicker.
        before = app.store.credential(&user.id, flow::PASSWORD).await?;
    } else if user.password_enabled {
        let current = command.current_password.unwrap_or_default();
        if current.expose().is_empty() {
            return Err(Error::at(ErrorCode::FormParamNil, "current_password"));
        }
        let whose = [flow::SIGNED_IN, user.id.as_str()].concat();
        let budgets = flow::password_budgets(&me.caller, &whose, &whose);
        let proven = flow::try_password(&me.caller, Some(&user.id), &current, &budgets).await?;
        before = Some(
            proven
                .ok_or_else(|| Error::at(ErrorCode::FormPasswordIncorrect, "current_password"))?,
        );
        if current == typed {
            return Err(Error::at(
                ErrorCode::FormNewPasswordMatchesCurrent,
                "new_password",
            ));
        }
        forgiven = budgets.to_vec();
    }
    let after = password::take(&app, &typed, &about(&user), "new_password", me.caller.now).await?;
    me.caller.prepare_rotation()?;
    let change = PasswordChange {
        user: &user.id,
        before: before.as_deref(),
        after: &after,
        ends_others: command.sign_out_of_other_sessions.as_deref() == Some("true"),
        rotation: me.caller.rotation()?,
        notice: flow::notice(&app, &user.id, Letter::PasswordChanged).await?,
    };
    if !app
        .store
        .change_password(&change, &forgiven, me.caller.cause())
        .await?
    {
        return Err(Error::at(
            ErrorCode::FormPasswordIncorrect,
            "current_password",
        ));
    }
    app.letters.notify_one();
    shown(me).await
}

/// `GET /v1/me/organization_memberships`: the organizations that the user is in.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn memberships(me: SignedIn) -> Result<Response, Error> {
    let data = user(&me).await?.organization_memberships;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// The user as they are now.
pub async fn user(me: &SignedIn) -> Result<User, Error> {
    let found = me.caller.app.store.user(&me.session.user).await?;
    let mut user = found.ok_or(ErrorCode::AuthenticationInvalid)?;
    resource::own(&me.caller.app, &mut user);
    Ok(user)
}

async fn make_primary(me: &SignedIn, id: &str) -> Result<(), Error> {
    const FIELD: &str = "primary_email_address_id";
    let refused = || Error::at(ErrorCode::FormParamValueInvalid, FIELD);
    let id = EmailAddressId::parse(id).ok_or_else(refused)?;
    let user = user(me).await?;
    if user.primary_email_address_id.as_ref() == Some(&id) {
        return Ok(());
    }
    let store = &me.caller.app.store;
    let notice = other_primary(&me.caller.app, &user, &id).await?;
    let notice = notice.ok_or_else(refused)?;
    if !store
        .make_primary(&user.id, &id, &notice, me.caller.cause())
        .await?
    {
        return Err(refused());
    }
    me.caller.app.letters.notify_one();
    Ok(())
}

/// What the primary address of a user is told where `id` is to follow it; nothing where that is none of their proven ones.
///
/// # Errors
/// Where the store broke.
pub async fn other_primary(
    app: &App,
    user: &User,
    id: &EmailAddressId,
) -> Result<Option<SealedMail>, Error> {
    let next = app.store.email_address(&user.id, id).await?;
    let Some(next) = next.filter(|address| address.is_verified) else {
        return Ok(None);
    };
    let masked = Email::parse(&next.shown.email_address).map(|email| email.masked());
    let letter = Letter::PrimaryAddressChanged {
        address: masked.unwrap_or_default(),
    };
    Ok(Some(flow::notice(app, &user.id, letter).await?))
}
