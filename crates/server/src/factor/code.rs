//! Six digits sent to an address or a number; nobody's gets none, and cannot tell.

use frontdesk_protocol::{
    Email, ErrorCode, Factor, Phone, PrepareFactor, Prepared, Secret, SignIn, Strategy, UserId,
};

use super::proving::is_reset;
use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::mail::Address;
use crate::restrictions;
use crate::store::{Budget, Code, Identifier, Person, Spend, Told};
use crate::wire::Caller;

pub async fn prepare<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
    command: &PrepareFactor,
) -> Result<T, Error> {
    let (expire_at, resend_at) = flow::times(&caller.app, caller.now);
    let question = Prepared {
        strategy,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    };
    let mut after = attempt.loaded.step.clone().prepared(question)?;
    if let Some(id) = chosen(command, strategy) {
        after.put_first(strategy, id);
    }
    let person = attempt.person();
    let is_reset = is_reset(strategy);
    let recipient = Recipient {
        to: destination(caller, attempt, strategy, chosen(command, strategy)).await?,
        locale: person.locale.as_deref(),
        says: match (&person.user, is_reset) {
            (None, true) => Says::Nothing,
            (None, false) if !may_join(caller, person).await? => Says::Nothing,
            (None | Some(_), false) => Says::Code,
            (Some(_), true) => Says::Reset,
        },
    };
    let told = Told::Attempt(attempt.loaded.to(&after)?);
    flow::send_code(caller, &code(attempt, strategy), recipient, told).await?;
    Ok(after)
}

pub async fn verify<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
    digits: &Secret<String>,
) -> Checked {
    let to = counted(caller, attempt, strategy).await?;
    let budgets = flow::code_budgets(caller, &[T::COUNTED, to.as_str()].concat());
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
    attempt: &Attempt<SignIn>,
    strategy: Strategy,
    digits: &Secret<String>,
) -> Result<Option<Result<(Spend, [Budget; 4]), ErrorCode>>, Error> {
    let is_code = matches!(strategy, Strategy::EmailCode | Strategy::PhoneCode);
    if !is_code || attempt.person().user.is_some() || !may_join(caller, attempt.person()).await? {
        return Ok(None);
    }
    let to = counted(caller, attempt, strategy).await?;
    let budgets = flow::code_budgets(caller, to.as_str());
    let code = code(attempt, strategy);
    let tried = flow::try_code(caller, &code, digits, &budgets).await?;
    Ok(Some(tried.map(|hash| (Spend::Code(code, hash), budgets))))
}

/// Whether nobody's address or number may become somebody's by signing in with it.
pub(super) async fn may_join(caller: &Caller, person: &Person) -> Result<bool, Error> {
    let settings = caller.app.settings();
    let Some(identifier) = &person.identifier else {
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

/// What the code is, in the store.
fn code<T: Proving>(attempt: &Attempt<T>, strategy: Strategy) -> Code {
    let (purpose, subject) = attempt.loaded.step.code(strategy);
    Code {
        purpose,
        subject,
        client: attempt.client.clone(),
    }
}

/// The id of the address or number that somebody chose.
fn chosen(command: &PrepareFactor, strategy: Strategy) -> Option<&str> {
    let chosen = if strategy == Strategy::PhoneCode {
        command.phone_number_id.as_deref()
    } else {
        command.email_address_id.as_deref()
    };
    chosen.filter(|id| !id.is_empty())
}

/// Where the code goes: at first to what was typed, later to what is the user's, which is the first one offered or
/// the one chosen of those.
async fn destination<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
    chosen: Option<&str>,
) -> Result<Address, Error> {
    let person = attempt.person();
    if let (Some(offered), Some(user)) = (attempt.loaded.step.owned(), &person.user) {
        return own_destination(caller, offered, (strategy, chosen), user).await;
    }
    let typed = match &person.identifier {
        Some(Identifier::Email(email)) => Email::parse(email).ok().map(Address::Email),
        Some(Identifier::Phone(phone)) => Phone::parse(phone).ok().map(Address::Phone),
        Some(Identifier::Username(_)) | None => None,
    };
    typed.ok_or_else(|| ErrorCode::StrategyInvalid.into())
}

/// The address that wrong codes are counted for: the same one, whichever of several was chosen.
async fn counted<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
) -> Result<Address, Error> {
    let owned = attempt.loaded.step.owned().unwrap_or_default();
    let same = owned.iter().filter(|factor| factor.strategy == strategy);
    let least = same.filter_map(Factor::goes_to).min();
    destination(caller, attempt, strategy, least).await
}

async fn own_destination(
    caller: &Caller,
    offered: &[Factor],
    (strategy, chosen): (Strategy, Option<&str>),
    user: &UserId,
) -> Result<Address, Error> {
    let is_meant = |factor: &&Factor| {
        factor.strategy == strategy && chosen.is_none_or(|id| factor.goes_to() == Some(id))
    };
    let factor = offered.iter().find(is_meant);
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
