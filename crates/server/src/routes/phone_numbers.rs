//! The phone numbers of the user of the session.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    AttemptVerification, CreatePhoneNumber, Deleted, ErrorCode, List, Phone, PhoneNumberId,
    PrepareVerification, Prepared, Strategy, UpdatePhoneNumber, UserId, Verification,
};

use super::{fields, me, sign_ins};
use crate::app::App;
use crate::error::Error;
use crate::factor::draw_backup_codes;
use crate::flow::{self, Recipient, Says};
use crate::mail::{Address, Letter};
use crate::store::{Code, NewFactor, Proven, Purpose, SealedMail, Spend, StoredNumber, Told};
use crate::wire::{Body, SignedIn};

/// The most numbers one user may have.
const MOST: i64 = 10;

/// `GET /v1/me/phone_numbers`: all of them, the primary one first.
///
/// # Errors
/// `AuthenticationInvalid`.
pub async fn list(me: SignedIn) -> Result<Response, Error> {
    let data = me::user(&me).await?.phone_numbers;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// `GET /v1/me/phone_numbers/{id}`: one of them.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`.
pub async fn read(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let number = load(&me, &id).await?;
    me.caller.answer(number.shown).await
}

/// `POST /v1/me/phone_numbers`: adds one that is to be proven.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where the settings have none, `FormParamNil`,
/// `FormParamFormatInvalid`, `FormIdentifierExists` where the user has it, `FormParamValueInvalid` where they have ten.
pub async fn create(
    me: SignedIn,
    Body(command): Body<CreatePhoneNumber>,
) -> Result<Response, Error> {
    const FIELD: &str = "phone_number";
    let app = &me.caller.app;
    if !app.settings().phone_number.enabled {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let typed = command.phone_number.as_deref().unwrap_or("");
    let phone = Phone::parse(typed).map_err(|code| Error::at(code, FIELD))?;
    let id = PhoneNumberId::from_random(app.chance.bytes()?);
    let user = &me.session.user;
    if !app
        .store
        .create_phone_number(user, &id, phone.as_str(), MOST, me.caller.cause())
        .await?
    {
        let known = app.store.phone_numbers(user).await?;
        let is_theirs = known
            .iter()
            .any(|number| number.shown.phone_number == phone.as_str());
        let code = if is_theirs {
            ErrorCode::FormIdentifierExists
        } else {
            ErrorCode::FormParamValueInvalid
        };
        return Err(Error::at(code, FIELD));
    }
    read(me, Path(id.into())).await
}

/// `PATCH /v1/me/phone_numbers/{id}`: makes it a second factor, or none any more.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `VerificationInvalid` where it is not proven,
/// `AuthorizationInvalid` where it is the last factor and everybody must have one.
pub async fn update(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<UpdatePhoneNumber>,
) -> Result<Response, Error> {
    let app = me.caller.app.clone();
    let number = load(&me, &id).await?;
    let settings = app.settings();
    let before = &number.shown;
    let wanted = |text: Option<String>, before| text.map_or(before, |text| text == "true");
    let is_factor = wanted(
        command.reserved_for_second_factor,
        before.reserved_for_second_factor,
    );
    let is_default = wanted(command.default_second_factor, before.default_second_factor);
    if is_factor && !settings.second_factor.phone_code {
        return Err(ErrorCode::ResourceNotFound.into());
    }
    let user = me::user(&me).await?;
    if !is_factor {
        refuse_last_factor(&app, &user.id, &before.id).await?;
    }
    let notice = match (before.reserved_for_second_factor, is_factor) {
        (false, true) => flow::notice(&app, &user.id, Letter::FactorAdded).await?,
        (true, false) => flow::notice(&app, &user.id, Letter::FactorRemoved).await?,
        (true, true) | (false, false) => SealedMail(None),
    };
    let wanted = (is_factor, is_default);
    if !app
        .store
        .reserve_phone_number(&user.id, &before.id, wanted, &notice, me.caller.cause())
        .await?
    {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    app.letters.notify_one();
    let mut shown = load(&me, &id).await?.shown;
    if is_factor && settings.second_factor.backup_codes && !user.backup_code_enabled {
        let (codes, hashes) = draw_backup_codes(&app, &user.id)?;
        let factor = NewFactor {
            user: &user.id,
            spends: &[],
            backup_codes: &hashes,
            session: &me.session.id,
            notice: &SealedMail(None),
        };
        app.store.add_factor(factor, me.caller.cause()).await?;
        shown.backup_codes = Some(codes);
    }
    me.caller.answer(shown).await
}

/// Where everybody must have a second factor, the last one stays.
async fn refuse_last_factor(app: &App, user: &UserId, number: &PhoneNumberId) -> Result<(), Error> {
    if !app.settings().second_factor.required {
        return Ok(());
    }
    let found = app.store.second_factors(user).await?;
    if found.has_totp || found.phones.iter().any(|(other, _)| other != number) {
        return Ok(());
    }
    Err(ErrorCode::AuthorizationInvalid.into())
}

/// `DELETE /v1/me/phone_numbers/{id}`: removes one.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `IdentificationDeletionFailed` where it is all that the user is known by,
/// `AuthorizationInvalid` where it is the last factor and everybody must have one.
pub async fn remove(me: SignedIn, Path(id): Path<String>) -> Result<Response, Error> {
    let number = load(&me, &id).await?.shown;
    let (app, user) = (&me.caller.app, &me.session.user);
    let mut notice = SealedMail(None);
    if number.reserved_for_second_factor {
        refuse_last_factor(app, user, &number.id).await?;
        notice = flow::notice(app, user, Letter::FactorRemoved).await?;
    }
    if !app
        .store
        .remove_phone_number(user, &number.id, &notice, me.caller.cause())
        .await?
    {
        return Err(ErrorCode::IdentificationDeletionFailed.into());
    }
    app.letters.notify_one();
    me.caller.answer(Deleted { id, deleted: true }).await
}

/// `POST /v1/me/phone_numbers/{id}/prepare_verification`: sends a code; if the number is somebody's, they learn that.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `StrategyInvalid`, `VerificationInvalid`, `TooManyRequests`,
/// `UnsupportedCountryCode`.
pub async fn prepare(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<PrepareVerification>,
) -> Result<Response, Error> {
    let number = unproven(&me, &id).await?;
    let strategy = by_text(sign_ins::strategy(command.strategy.as_deref())?)?;
    let app = &me.caller.app;
    let (expire_at, resend_at) = flow::times(app, me.caller.now);
    let begun = Verification::begun(Prepared {
        strategy,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    });
    let text = &number.shown.phone_number;
    let to = Phone::parse(text).map_err(|_| ErrorCode::ResourceNotFound)?;
    let locale = app.store.locale(&me.session.user).await?;
    let recipient = Recipient {
        to: Address::Phone(to),
        locale: locale.as_deref(),
        says: if app.store.owner_of_number(text).await?.is_some() {
            Says::AccountExists
        } else {
            Says::Code
        },
    };
    let told = shown(&begun)?;
    let told = Told::PhoneNumber(&id, &told);
    flow::send_code(&me.caller, &code(&me, &id), recipient, told).await?;
    read(me, Path(id)).await
}

/// `POST /v1/me/phone_numbers/{id}/attempt_verification`: checks a code.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `StrategyInvalid`, `FormParamNil`, `FormCodeIncorrect`,
/// `VerificationExpired`, `VerificationFailed`, `VerificationInvalid`, `FormIdentifierExists`, `TooManyRequests`.
pub async fn attempt(
    me: SignedIn,
    Path(id): Path<String>,
    Body(mut command): Body<AttemptVerification>,
) -> Result<Response, Error> {
    let number = unproven(&me, &id).await?;
    // There is one way to prove a number, so some clients do not name it.
    command
        .strategy
        .get_or_insert_with(|| Strategy::PhoneCode.as_str().to_owned());
    let (strategy, digits) = fields::digits(&command)?;
    by_text(strategy)?;
    let app = &me.caller.app;
    let budgets = flow::code_budgets(&me.caller, &number.shown.phone_number);
    let hash = match flow::try_code(&me.caller, &code(&me, &id), &digits, &budgets).await? {
        Ok(hash) => hash,
        Err(error) => {
            let after = Verification::refused(number.shown.verification, strategy, error);
            app.store
                .tell_phone_number(&number.shown.id, &shown(&after)?, me.caller.now)
                .await?;
            return Err(Error::at(error, "code"));
        }
    };
    let after = shown(&Verification::proved(number.shown.verification, strategy))?;
    let spends = [Spend::Code(code(&me, &id), hash)];
    let (user, number_id) = (&me.session.user, &number.shown.id);
    let proven = app
        .store
        .verify_phone_number(
            user,
            number_id,
            &after,
            &spends,
            &budgets,
            me.caller.cause(),
        )
        .await?;
    match proven {
        Proven::Done => read(me, Path(id)).await,
        Proven::Stale => Err(ErrorCode::VerificationInvalid.into()),
        // Whoever typed the right code reads the owner's texts, and may know.
        Proven::Taken => {
            app.store.consume(&spends, me.caller.now).await?;
            Err(Error::at(ErrorCode::FormIdentifierExists, "phone_number"))
        }
    }
}

async fn load(me: &SignedIn, id: &str) -> Result<StoredNumber, Error> {
    let id = PhoneNumberId::parse(id).ok_or(ErrorCode::ResourceNotFound)?;
    let store = &me.caller.app.store;
    let found = store.phone_number(&me.session.user, &id).await?;
    found.ok_or_else(|| ErrorCode::ResourceNotFound.into())
}

async fn unproven(me: &SignedIn, id: &str) -> Result<StoredNumber, Error> {
    let number = load(me, id).await?;
    if number.is_verified {
        return Err(ErrorCode::VerificationInvalid.into());
    }
    Ok(number)
}

fn shown(verification: &Verification) -> Result<String, Error> {
    serde_json::to_string(verification).map_err(|error| anyhow::Error::from(error).into())
}

/// Only what is sent there proves a number.
fn by_text(strategy: Strategy) -> Result<Strategy, Error> {
    if strategy == Strategy::PhoneCode {
        Ok(strategy)
    } else {
        Err(Error::at(ErrorCode::StrategyInvalid, "strategy"))
    }
}

/// Bound to the browser, like every code.
fn code(me: &SignedIn, id: &str) -> Code {
    let browser = me.caller.browser.as_ref();
    Code {
        purpose: Purpose::PhoneNumber,
        subject: id.to_owned(),
        client: browser.map_or(String::new(), |browser| browser.id.to_string()),
    }
}
