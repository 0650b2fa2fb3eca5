//! Six digits sent to the address; nobody's address gets none, and cannot tell.

use frontdesk_protocol::{
    Email, EmailAddressId, ErrorCode, Factor, Secret, SignIn, SignInEvent, Strategy,
};

use super::{Attempt, Proved, refuse};
use crate::app::App;
use crate::error::Error;
use crate::flow::{self, Recipient, Says};
use crate::store::{Code, Person, Purpose, Told};
use crate::wire::Caller;

/// The factor for a person; for nobody, one with an id that only looks like one.
pub fn factor(app: &App, person: &Person) -> Factor {
    let id = person.owner.as_ref().map_or_else(
        || {
            let hash = app.seal.recognise("decoy-address", &person.email);
            let mut random = [0; 26];
            random.copy_from_slice(&hash[..26]);
            EmailAddressId::from_random(random)
        },
        |(_, id)| id.clone(),
    );
    let masked = Email::parse(&person.email).map(|email| email.masked());
    Factor::EmailCode {
        email_address_id: id,
        safe_identifier: masked.unwrap_or_default(),
        primary: true,
    }
}

pub async fn prepare(caller: &Caller, attempt: &Attempt) -> Result<SignIn, Error> {
    let (expire_at, resend_at) = flow::times(&caller.app, caller.now);
    let event = SignInEvent::Prepared {
        strategy: Strategy::EmailCode,
        expire_at,
        resend_at,
    };
    let after = attempt.loaded.step.clone().advance(event)?;
    let person = &attempt.person;
    let recipient = Recipient {
        email: &person.email,
        locale: person.locale.as_deref(),
        says: if person.owner.is_some() {
            Says::Code
        } else {
            Says::Nothing
        },
    };
    let told = Told::Attempt(attempt.loaded.to(&after)?);
    flow::send_code(caller, code(attempt), recipient, told).await?;
    Ok(after)
}

pub async fn verify(
    caller: &Caller,
    attempt: &Attempt,
    digits: &Secret<String>,
) -> Result<Proved, Error> {
    let budgets = flow::code_budgets(&caller.app, &attempt.person.email);
    let tried = flow::try_code(caller, code(attempt), digits, &budgets).await?;
    // No letter was sent for nobody, so whoever knows the code has guessed it.
    let tried = tried.and_then(|hash| {
        attempt
            .person
            .owner
            .as_ref()
            .map(|_| hash)
            .ok_or(ErrorCode::FormCodeIncorrect)
    });
    match tried {
        Ok(hash) => Ok(Proved {
            code: Some(hash),
            forgiven: budgets.to_vec(),
        }),
        Err(code) => Err(refuse(caller, attempt, Strategy::EmailCode, code, "code").await?),
    }
}

/// What the code is, in the store.
pub fn code(attempt: &Attempt) -> Code<'_> {
    Code {
        purpose: Purpose::SignIn,
        subject: attempt.loaded.step.id.as_str(),
        client: &attempt.client,
    }
}
