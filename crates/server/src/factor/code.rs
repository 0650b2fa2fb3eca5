//! Six digits sent to an address or a number; nobody's gets none, and cannot tell.

use frontdesk_protocol::{
    Email, ErrorCode, Phone, Prepared, Secret, SignIn, SignInEvent, Strategy, UserId,
};

use super::{Attempt, Checked, Proved, Refusal};
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::mail::Address;
use crate::restrictions;
use crate::store::{Budget, Code, Identifier, Purpose, Spend, Told};
use crate::wire::Caller;

pub async fn prepare(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
) -> Result<SignIn, Error> {
    let (expire_at, resend_at) = flow::times(&caller.app, caller.now);
    let event = SignInEvent::Prepared(Prepared {
        strategy,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    });
    let after = attempt.loaded.step.clone().advance(event)?;
    let person = attempt.person();
    let is_reset = is_reset(strategy);
    let recipient = Recipient {
        to: destination(caller, attempt, strategy).await?,
        locale: person.locale.as_deref(),
        says: match (&person.user, is_reset) {
            (None, true) => Says::Nothing,
            (None, false) if !may_join(caller, attempt).await? => Says::Nothing,
            (None | Some(_), false) => Says::Code,
            (Some(_), true) => Says::Reset,
        },
    };
    let told = Told::Attempt(attempt.loaded.to(&after)?);
    flow::send_code(caller, &code(attempt, strategy), recipient, told).await?;
    Ok(after)
}

pub async fn verify(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    digits: &Secret<String>,
) -> Checked {
    let to = destination(caller, attempt, strategy).await?;
    let budgets = flow::code_budgets(&caller.app, to.as_str());
    let code = code(attempt, strategy);
    let tried = flow::try_code(caller, &code, digits, &budgets).await?;
    // No letter was sent for nobody, so whoever knows the code has guessed it.
    let owned = tried.and_then(|hash| {
        let user = attempt.person().user.clone();
        user.map(|user| (user, hash))
            .ok_or(ErrorCode::FormCodeIncorrect)
    });
    Ok(owned
        .map(|(user, hash)| Proved {
            user,
            spends: vec![Spend::Code(code, hash)],
            forgiven: budgets.to_vec(),
            is_double: false,
        })
        .map_err(|code| Refusal {
            code,
            field: "code",
        }))
}

/// Checks the code of somebody who is nobody yet and may be told so: what is used up, and budgets to give back.
pub async fn verify_newcomer(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    digits: &Secret<String>,
) -> Result<Option<Result<(Spend, [Budget; 2]), ErrorCode>>, Error> {
    let is_code = matches!(strategy, Strategy::EmailCode | Strategy::PhoneCode);
    if !is_code || attempt.person().user.is_some() || !may_join(caller, attempt).await? {
        return Ok(None);
    }
    let to = destination(caller, attempt, strategy).await?;
    let budgets = flow::code_budgets(&caller.app, to.as_str());
    let code = code(attempt, strategy);
    let tried = flow::try_code(caller, &code, digits, &budgets).await?;
    Ok(Some(tried.map(|hash| (Spend::Code(code, hash), budgets))))
}

/// Whether nobody's address or number may become somebody's by signing in with it.
async fn may_join(caller: &Caller, attempt: &Attempt) -> Result<bool, Error> {
    let settings = caller.app.settings();
    let Some(identifier) = &attempt.person().identifier else {
        return Ok(false);
    };
    if !settings.sign_in.combined || restrictions::is_open(&settings).is_err() {
        return Ok(false);
    }
    match restrictions::check(&caller.app, identifier, "identifier").await {
        Ok(()) => Ok(true),
        Err(Error::Refused(..)) => Ok(false),
        Err(error) => Err(error),
    }
}

const fn is_reset(strategy: Strategy) -> bool {
    matches!(
        strategy,
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode
    )
}

/// What the code is, in the store.
fn code(attempt: &Attempt, strategy: Strategy) -> Code {
    let purpose = if attempt.is_past_first() {
        Purpose::SecondFactor
    } else if is_reset(strategy) {
        Purpose::ResetPassword
    } else {
        Purpose::SignIn
    };
    Code {
        purpose,
        subject: attempt.loaded.step.id.to_string(),
        client: attempt.client.clone(),
    }
}

/// Where the code goes: at first to what was typed, later to what is the user's.
async fn destination(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
) -> Result<Address, Error> {
    let person = attempt.person();
    if let (true, Some(user)) = (attempt.is_past_first(), &person.user) {
        return second_destination(caller, attempt, strategy, user).await;
    }
    let typed = match &person.identifier {
        Some(Identifier::Email(email)) => Email::parse(email).ok().map(Address::Email),
        Some(Identifier::Phone(phone)) => Phone::parse(phone).ok().map(Address::Phone),
        Some(Identifier::Username(_)) | None => None,
    };
    typed.ok_or_else(|| ErrorCode::StrategyInvalid.into())
}

async fn second_destination(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    user: &UserId,
) -> Result<Address, Error> {
    let offered = &attempt.loaded.step.supported_second_factors;
    let factor = offered.iter().find(|factor| factor.strategy == strategy);
    let factor = factor.ok_or(ErrorCode::StrategyInvalid)?;
    let store = &caller.app.store;
    let address = if let Some(id) = &factor.email_address_id {
        let found = store.email_address(user, id).await?;
        found.and_then(|found| {
            Email::parse(&found.shown.email_address)
                .ok()
                .map(Address::Email)
        })
    } else if let Some(id) = &factor.phone_number_id {
        let found = store.phone_number(user, id).await?;
        found.and_then(|found| {
            Phone::parse(&found.shown.phone_number)
                .ok()
                .map(Address::Phone)
        })
    } else {
        None
    };
    address.ok_or_else(|| ErrorCode::StrategyInvalid.into())
}
