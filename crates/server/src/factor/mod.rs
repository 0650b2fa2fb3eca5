//! The ways to prove who signs in: one file for each, one arm here.

pub mod backup_code;
mod code;
pub mod email_link;
pub mod passkey;
mod password;
mod proving;
pub mod totp;

use frontdesk_protocol::{
    Email, EmailAddressId, ErrorCode, Factor, Phone, PhoneNumberId, PrepareFactor, Proof, SignIn,
    SignInEvent, Strategy, User, UserId,
};

use crate::app::App;
use crate::error::Error;
use crate::store::{Budget, Ending, Flow, Identifier, Loaded, Person, Spend};
use crate::wire::Caller;

pub use backup_code::draw as draw_backup_codes;
pub use proving::Proving;

/// A sign-in, or something else, that somebody is to prove.
#[derive(Debug)]
pub struct Attempt<T: Flow = SignIn> {
    /// Where it stands, and who it is about.
    pub loaded: Loaded<T>,
    /// The browser.
    pub client: String,
}

/// What a right proof leaves to be done, in the same change as what it allows.
#[derive(Debug)]
pub struct Proved {
    /// Whose proof it was.
    pub user: UserId,
    /// What is used up.
    pub spends: Vec<Spend>,
    /// Budgets to give back.
    pub forgiven: Vec<Budget>,
    /// Whether it was two proofs in one: something the person has, and something they know or are.
    pub is_double: bool,
}

impl<T: Proving> Attempt<T> {
    /// Who it is about.
    pub const fn person(&self) -> &Person {
        &self.loaded.beside
    }
}

/// The ways offered for what was typed, the same whether anybody is called that or not.
pub fn offered(app: &App, person: &Person) -> Vec<Factor> {
    let settings = app.settings();
    let mut ways = Vec::new();
    if settings.password.enabled {
        ways.push(Factor::of(Strategy::Password));
    }
    match &person.identifier {
        Some(Identifier::Email(email)) => {
            let addresses = &settings.email_address;
            let to = |strategy| to_email(app, email, strategy);
            if addresses.code {
                ways.push(to(Strategy::EmailCode));
            }
            if addresses.link {
                ways.push(to(Strategy::EmailLink));
            }
            if settings.password.enabled {
                ways.push(to(Strategy::ResetPasswordEmailCode));
            }
        }
        Some(Identifier::Phone(phone)) => {
            ways.push(to_phone(app, phone, Strategy::PhoneCode));
            if settings.password.enabled {
                let reset = Strategy::ResetPasswordPhoneCode;
                ways.push(to_phone(app, phone, reset));
            }
        }
        Some(Identifier::Username(_)) | None => {}
    }
    if settings.passkeys.enabled {
        ways.push(Factor::of(Strategy::Passkey));
    }
    ways
}

/// The second factors of a user, the one that is asked for first in front.
///
/// # Errors
/// Where the store broke.
pub async fn second(app: &App, user: &UserId) -> Result<Vec<Factor>, Error> {
    let settings = app.settings();
    let found = app.store.second_factors(user).await?;
    let mut ways = Vec::new();
    if found.is_empty() {
        return Ok(ways);
    }
    if found.has_totp {
        ways.push(Factor::of(Strategy::Totp));
    }
    for (id, number) in found.phones {
        let masked = Phone::parse(&number).map(|phone| phone.masked());
        ways.push(Factor::to_phone(
            Strategy::PhoneCode,
            id,
            masked.unwrap_or_default(),
        ));
    }
    if found.has_backup_codes && settings.second_factor.backup_codes {
        ways.push(Factor::of(Strategy::BackupCode));
    }
    Ok(ways)
}

/// Where a code goes that a new browser is asked for: the primary address, or else the first number.
///
/// # Errors
/// Where the store broke.
pub async fn trust(app: &App, user: &UserId) -> Result<Vec<Factor>, Error> {
    let user = app.store.user(user).await?;
    Ok(user.as_ref().map_or_else(Vec::new, sent))
}

/// The first factors that a user has; what is a second factor is none, unless there is no other.
pub fn first(app: &App, user: &User, second: &[Factor]) -> Vec<Factor> {
    let settings = app.settings();
    let mut ways = Vec::new();
    if settings.password.enabled && user.password_enabled {
        ways.push(Factor::of(Strategy::Password));
    }
    if settings.passkeys.enabled && !user.passkeys.is_empty() {
        ways.push(Factor::of(Strategy::Passkey));
    }
    let sent = sent(user);
    let is_second = |way: &Factor| second.contains(way);
    let is_all = ways.is_empty() && sent.iter().all(is_second);
    ways.extend(sent.into_iter().filter(|way| is_all || !is_second(way)));
    ways
}

/// Codes to a user's primary address and first number.
fn sent(user: &User) -> Vec<Factor> {
    let mut ways = Vec::new();
    if let (Some(id), Some(email)) = (&user.primary_email_address_id, user.primary_email()) {
        let masked = Email::parse(email).map(|email| email.masked());
        ways.push(Factor::to_email(
            Strategy::EmailCode,
            id.clone(),
            masked.unwrap_or_default(),
        ));
    }
    let is_verified = |number: &&frontdesk_protocol::PhoneNumber| {
        number
            .verification
            .as_ref()
            .is_some_and(|it| it.status == frontdesk_protocol::VerificationStatus::Verified)
    };
    if let Some(number) = user.phone_numbers.iter().find(is_verified) {
        let masked = Phone::parse(&number.phone_number).map(|phone| phone.masked());
        ways.push(Factor::to_phone(
            Strategy::PhoneCode,
            number.id.clone(),
            masked.unwrap_or_default(),
        ));
    }
    ways
}

/// Sends or asks what a factor of a sign-in needs to be proven; a link leads back to the `redirect_url`.
///
/// # Errors
/// `StrategyInvalid` where there is nothing to send, `TooManyRequests`.
pub async fn prepare(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    command: &PrepareFactor,
) -> Result<SignIn, Error> {
    if strategy == Strategy::EmailLink {
        let back = command.redirect_url.as_deref();
        return email_link::prepare(caller, attempt, back).await;
    }
    send(caller, attempt, strategy, command).await
}

/// Sends or asks what a factor needs to be proven where the answer comes back here.
///
/// # Errors
/// `StrategyInvalid` where there is nothing to send, `TooManyRequests`.
pub async fn send<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
    command: &PrepareFactor,
) -> Result<T, Error> {
    match strategy {
        Strategy::EmailCode
        | Strategy::PhoneCode
        | Strategy::ResetPasswordEmailCode
        | Strategy::ResetPasswordPhoneCode => {
            code::prepare(caller, attempt, strategy, command).await
        }
        Strategy::Passkey => passkey::prepare(caller, attempt).await,
        Strategy::EmailLink
        | Strategy::Password
        | Strategy::Totp
        | Strategy::BackupCode
        | Strategy::Ticket
        | Strategy::OAuth(_) => Err(ErrorCode::StrategyInvalid.into()),
    }
}

/// Checks a proof.
///
/// # Errors
/// `FormPasswordIncorrect`, `FormCodeIncorrect`, `VerificationExpired`, `VerificationFailed`, `PasskeyInvalid`,
/// `PasskeyNotRegistered`, `TooManyRequests`.
pub async fn verify<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    proof: &Proof,
) -> Result<Proved, Error> {
    let Proof { strategy, secret } = proof;
    let checked = match strategy {
        Strategy::Password => password::verify(caller, attempt, secret).await,
        Strategy::EmailCode
        | Strategy::PhoneCode
        | Strategy::ResetPasswordEmailCode
        | Strategy::ResetPasswordPhoneCode => {
            code::verify(caller, attempt, *strategy, secret).await
        }
        Strategy::Totp => totp::verify(caller, attempt, secret).await,
        Strategy::BackupCode => backup_code::verify(caller, attempt, secret).await,
        Strategy::Passkey => passkey::verify(caller, attempt, secret).await,
        Strategy::EmailLink | Strategy::Ticket | Strategy::OAuth(_) => {
            return Err(ErrorCode::StrategyInvalid.into());
        }
    };
    match checked? {
        Ok(proved) => Ok(proved),
        Err(Refusal { code, field }) => Err(refuse(caller, attempt, *strategy, code, field).await?),
    }
}

/// Checks the proof of somebody who has no account, where signing in may lead to one: whether it was right.
///
/// # Errors
/// `FormCodeIncorrect`, `VerificationExpired`, `VerificationFailed`, `TooManyRequests`; `AttemptNotFound` where the
/// proof was used up meanwhile.
pub async fn verify_newcomer(
    caller: &Caller,
    attempt: &Attempt,
    proof: &Proof,
) -> Result<Option<SignIn>, Error> {
    let Proof { strategy, secret } = proof;
    let Some(checked) = code::verify_newcomer(caller, attempt, *strategy, secret).await? else {
        return Ok(None);
    };
    let (spend, budgets) = match checked {
        Ok(right) => right,
        Err(code) => return Err(refuse(caller, attempt, *strategy, code, "code").await?),
    };
    let after = transferable(caller, attempt, *strategy, (spend, &budgets)).await?;
    Ok(Some(after))
}

/// The attempt of somebody who has no account, once they have proven the address or number: a sign-up may go on with it.
async fn transferable(
    caller: &Caller,
    attempt: &Attempt,
    strategy: Strategy,
    (spend, forgiven): (Spend, &[Budget]),
) -> Result<SignIn, Error> {
    let before = attempt.loaded.step.clone();
    let after = before.advance(SignInEvent::Transferable { strategy })?;
    let ending = Ending {
        step: &attempt.loaded.to(&after)?,
        spends: &[spend],
        forgiven,
        notices: &[],
    };
    if !caller.app.store.settle(ending, caller.cause()).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    Ok(after)
}

/// Why a proof does not count.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The reason.
    pub code: ErrorCode,
    /// The field it is about.
    pub field: &'static str,
}

/// What became of a proof; the outer error is not about the proof.
type Checked = Result<Result<Proved, Refusal>, Error>;

/// Notes a wrong proof in the attempt, and answers with why.
async fn refuse<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    strategy: Strategy,
    code: ErrorCode,
    field: &str,
) -> Result<Error, Error> {
    let before = attempt.loaded.step.clone();
    let after = before.refused(strategy, code)?;
    // If another request moved the attempt on, that one tells the story.
    let (step, user) = (attempt.loaded.to(&after)?, attempt.person().user.as_ref());
    caller
        .app
        .store
        .refuse(&step, user, (T::REFUSED, code.as_str()), caller.cause())
        .await?;
    Ok(Error::at(code, field))
}

/// The factor of an address. Its id is the same whether it is somebody's or not, or becomes it.
fn to_email(app: &App, email: &str, strategy: Strategy) -> Factor {
    let id = EmailAddressId::from_random(decoy(app, email));
    let masked = Email::parse(email).map(|email| email.masked());
    Factor::to_email(strategy, id, masked.unwrap_or_default())
}

/// The factor of a number, likewise.
fn to_phone(app: &App, phone: &str, strategy: Strategy) -> Factor {
    let id = PhoneNumberId::from_random(decoy(app, phone));
    let masked = Phone::parse(phone).map(|phone| phone.masked());
    Factor::to_phone(strategy, id, masked.unwrap_or_default())
}

fn decoy(app: &App, about: &str) -> [u8; 26] {
    let hash = app.seal.recognise("decoy-address", about);
    let mut random = [0; 26];
    random.copy_from_slice(&hash[..26]);
    random
}
