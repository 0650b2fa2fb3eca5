//! The addresses of the user of the session.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, CreateEmailAddress, Deleted, Email, EmailAddressId, ErrorCode, List,
    PrepareVerification, Prepared, Strategy, UserId, Verification,
};

use super::fields::digits;
use super::me;
use super::sign_ins;
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::link::{self, Link, Opened, Proves, Sending};
use crate::mail::{Address, Letter, Mail};
use crate::store::{Code, Proven, Purpose, SealedMail, Spend, StoredAddress, Told};
use crate::wire::{Body, Caller, SignedIn, redirect_target};

/// The most addresses one user may have.
const MOST: i64 = 10;

/// `GET /v1/me/email_addresses`: all of them, the primary one first.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn list(me: SignedIn) -> Result<Response, Error> {
    let data = me::user(&me).await?.email_addresses;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// `GET /v1/me/email_addresses/{id}`: one of them.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn read(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let address = load(&me, &id).await?;
    me.caller.answer(address.shown).await
}

/// `POST /v1/me/email_addresses`: adds one that is to be proven.
///
/// # Errors
/// `AuthenticationInvalid`, `FormParamNil`, `FormParamFormatInvalid`, `FormIdentifierExists` where the user has it,
/// `FormParamValueInvalid` where they have ten.
pub async fn create(
    me: SignedIn,
    Body(command): Body<CreateEmailAddress>,
) -> Result<Response, Error> {
    const FIELD: &str = "email_address";
    let app = &me.caller.app;
    let typed = command.email_address.as_deref().unwrap_or("");
    let email = Email::parse(typed).map_err(|code| Error::at(code, FIELD))?;
    let id = EmailAddressId::from_random(app.chance.bytes()?);
    let user = &me.session.user;
    if !app
        .store
        .create_email_address(user, &id, email.as_str(), MOST, me.caller.cause())
        .await?
    {
        let known = me::user(&me).await?.email_addresses;
        let is_theirs = known
            .iter()
            .any(|address| address.email_address == email.as_str());
        let code = if is_theirs {
            ErrorCode::FormIdentifierExists
        } else {
            ErrorCode::FormParamValueInvalid
        };
        return Err(Error::at(code, FIELD));
    }
    read(me, Path(id.into())).await
}

/// `DELETE /v1/me/email_addresses/{id}`: removes one that is not the primary one.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `IdentificationDeletionFailed`.
pub async fn remove(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let address = load(&me, &id).await?;
    let (app, user) = (&me.caller.app, &me.session.user);
    // Where nobody has proven to read the mail, nobody is told.
    let to = Email::parse(&address.shown.email_address).ok();
    let notice = match to.filter(|_| address.is_verified) {
        Some(to) => {
            let mail = Mail {
                to: Address::Email(to),
                locale: app.store.locale(user).await?,
                letter: Letter::AddressRemoved,
            };
            flow::seal_mail(app, &mail)?
        }
        None => SealedMail(None),
    };
    if !app
        .store
        .remove_email_address(user, &address.shown.id, &notice, me.caller.cause())
        .await?
    {
        return Err(ErrorCode::IdentificationDeletionFailed.into());
    }
    app.letters.notify_one();
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `POST /v1/me/email_addresses/{id}/prepare_verification`: sends a code, or a link that leads back to `redirect_url`;
/// if the address is somebody's, they learn that.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `StrategyInvalid`, `VerificationInvalid`, `TooManyRequests`; with a link
/// `FormParamNil`, `FormParamValueInvalid`.
pub async fn prepare(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<PrepareVerification>,
) -> Result<Response, Error> {
    let address = unproven(&me, &id).await?;
    let strategy = sign_ins::strategy(command.strategy.as_deref())?;
    let app = &me.caller.app;
    if strategy == Strategy::EmailLink && app.settings().email_address.link {
        send_link(&me, &address, command.redirect_url.as_deref()).await?;
        return read(me, Path(id)).await;
    }
    by_mail(strategy)?;
    let (expire_at, resend_at) = flow::times(app, me.caller.now);
    let begun = Verification::begun(Prepared {
        strategy,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    });
    let email = &address.shown.email_address;
    let locale = app.store.locale(&me.session.user).await?;
    let to = Email::parse(email).map_err(|_| ErrorCode::ResourceNotFound)?;
    let recipient = Recipient {
        to: Address::Email(to),
        locale: locale.as_deref(),
        says: if app.store.owner(email).await?.is_some() {
            Says::AccountExists
        } else {
            Says::Code
        },
    };
    let told = text(&begun)?;
    flow::send_code(
        &me.caller,
        &code(&me, &id),
        recipient,
        Told::EmailAddress(&id, &told),
    )
    .await?;
    read(me, Path(id)).await
}

/// `POST /v1/me/email_addresses/{id}/attempt_verification`: checks a code.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `StrategyInvalid`, `FormParamNil`, `FormCodeIncorrect`,
/// `VerificationExpired`, `VerificationFailed`, `VerificationInvalid`, `FormIdentifierExists`, `TooManyRequests`.
pub async fn attempt(
    me: SignedIn,
    Path(id): Path<String>,
    Body(mut command): Body<AttemptVerification>,
) -> Result<Response, Error> {
    let address = unproven(&me, &id).await?;
    // Only a code is typed, so some clients do not name the way.
    command
        .strategy
        .get_or_insert_with(|| Strategy::EmailCode.as_str().to_owned());
    let (strategy, digits) = digits(&command)?;
    by_mail(strategy)?;
    let app = &me.caller.app;
    let budgets = flow::code_budgets(&me.caller, &address.shown.email_address);
    let hash = match flow::try_code(&me.caller, &code(&me, &id), &digits, &budgets).await? {
        Ok(hash) => hash,
        Err(error) => {
            let after =
                Verification::refused(address.shown.verification, Strategy::EmailCode, error);
            app.store
                .tell_email_address(&address.shown.id, &text(&after)?, me.caller.now)
                .await?;
            return Err(Error::at(error, "code"));
        }
    };
    let after = text(&Verification::proved(
        address.shown.verification,
        Strategy::EmailCode,
    ))?;
    let spends = [Spend::Code(code(&me, &id), hash)];
    let (user, email_id) = (&me.session.user, &address.shown.id);
    let proven = app
        .store
        .verify_email_address(user, email_id, &after, &spends, &budgets, me.caller.cause())
        .await?;
    match proven {
        Proven::Done => read(me, Path(id)).await,
        Proven::Stale => Err(ErrorCode::VerificationInvalid.into()),
        // Whoever typed the right code reads the owner's mail, and may know.
        Proven::Taken => {
            app.store.consume(&spends, me.caller.now).await?;
            Err(Error::at(ErrorCode::FormIdentifierExists, "email_address"))
        }
    }
}

async fn send_link(
    me: &SignedIn,
    address: &StoredAddress,
    redirect_url: Option<&str>,
) -> Result<(), Error> {
    let (caller, shown) = (&me.caller, &address.shown);
    let app = &caller.app;
    let before = shown.verification.as_ref();
    link::refuse_early(caller.now, before.map(|it| (it.strategy, it.resend_at)))?;
    let prepared = link::prepared(app, caller.now);
    let ends = prepared.expire_at;
    let begun = text(&Verification::begun(prepared))?;
    let user = me.session.user.clone();
    let sending = Sending {
        link: Link {
            locale: app.store.locale(&user).await?,
            proves: Proves::EmailAddress(user, shown.id.clone()),
            redirect_url: redirect_target(&app.config, redirect_url, "redirect_url")?
                .as_str()
                .to_owned(),
            device: caller.itself(),
        },
        client: caller.known()?.id.as_str(),
        to: Email::parse(&shown.email_address).map_err(|_| ErrorCode::ResourceNotFound)?,
        is_somebody: true,
        told: Told::EmailAddress(shown.id.as_str(), &begun),
    };
    link::send(caller, sending, ends).await
}

/// Proves the address that a link was sent to, for whoever asked for it and is still signed in there.
///
/// # Errors
/// `AttemptNotFound` where the address waits for this link no more, `FormIdentifierExists`.
pub async fn follow(
    acting: &Caller,
    (user, id): (&UserId, &EmailAddressId),
    opened: &Opened,
) -> Result<(), Error> {
    let live = &acting.known()?.live;
    if !live.iter().any(|session| session.user == *user) {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    let store = &acting.app.store;
    let found = store.email_address(user, id).await?;
    // Only the link that was sent last counts.
    let waiting = found.filter(|it| {
        let verification = it.shown.verification.as_ref();
        verification.is_some_and(|it| {
            it.strategy == Strategy::EmailLink && it.expire_at == Some(opened.expires_at)
        })
    });
    let before = waiting
        .ok_or(ErrorCode::AttemptNotFound)?
        .shown
        .verification;
    let after = text(&Verification::proved(before, Strategy::EmailLink))?;
    let spends = [opened.spend()];
    let proven = store
        .verify_email_address(user, id, &after, &spends, &[], acting.cause())
        .await?;
    match proven {
        Proven::Done => Ok(()),
        Proven::Stale => Err(ErrorCode::AttemptNotFound.into()),
        // Whoever opened the link reads the owner's mail, and may know.
        Proven::Taken => {
            store.consume(&spends, acting.now).await?;
            Err(ErrorCode::FormIdentifierExists.into())
        }
    }
}

async fn load(me: &SignedIn, id: &str) -> Result<StoredAddress, Error> {
    let id = EmailAddressId::parse(id).ok_or(ErrorCode::ResourceNotFound)?;
    let found = me
        .caller
        .app
        .store
        .email_address(&me.session.user, &id)
        .await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn unproven(me: &SignedIn, id: &str) -> Result<StoredAddress, Error> {
    let address = load(me, id).await?;
    if address.is_verified {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    Ok(address)
}

fn text(verification: &Verification) -> Result<String, Error> {
    serde_json::to_string(verification).map_err(|error| anyhow::Error::from(error).into())
}

/// Only what is sent there proves an address.
fn by_mail(strategy: Strategy) -> Result<(), Error> {
    if strategy == Strategy::EmailCode {
        Ok(())
    } else {
        Err(Error::at(ErrorCode::StrategyInvalid, "strategy"))
    }
}

/// Bound to the browser, like every code.
fn code(me: &SignedIn, id: &str) -> Code {
    let browser = me.caller.browser.as_ref();
    Code {
        purpose: Purpose::EmailAddress,
        subject: id.to_owned(),
        client: browser.map_or(String::new(), |browser| browser.id.to_string()),
    }
}
