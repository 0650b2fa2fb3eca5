//! What sign-ins, sign-ups and addresses have in common: codes sent and tried, passwords compared, how often.

use anyhow::Context as _;
use frontdesk_protocol::{Email, ErrorCode, Phone, Secret, Timestamp, UserId};
use subtle::ConstantTimeEq as _;

use crate::app::App;
use crate::error::Error;
use crate::mail::{Address, Letter, Mail};
use crate::store::{Budget, Code, Home, SealedMail, Sending, Sent, Told, Tried};
use crate::wire::Caller;

/// The code of test addresses in development.
const TEST_CODE: &str = "424242";
/// The factor that a password is a credential of.
pub const PASSWORD: &str = "password";
const MAIL: &str = "mail";
/// What wrong proofs of somebody who is signed in are counted as.
pub const SIGNED_IN: &str = "signed in: ";

/// Whom a code goes to.
#[derive(Clone, Debug)]
pub struct Recipient<'a> {
    /// The canonical address or number.
    pub to: Address,
    /// The language.
    pub locale: Option<&'a str>,
    /// What the letter says.
    pub says: Says<'a>,
}

/// What a letter with a code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says<'a> {
    /// Here is your code.
    Code,
    /// Here is a code that proves the domain of this organization.
    Domain(&'a str),
    /// Here is a code to choose another password with.
    Reset,
    /// Somebody wants your address, and here is a code if it was you.
    AccountExists,
    /// Nothing: there is nobody, and no letter leaves.
    Nothing,
}

/// When a code that is sent now ends, and when another may be asked for.
pub fn times(app: &App, now: Timestamp) -> (Timestamp, Timestamp) {
    let verification = &app.settings().verification;
    (
        now.plus_s(verification.code_lifetime_s),
        now.plus_s(verification.resend_after_s),
    )
}

/// Draws a code and sends it; whoever gets none costs the same time.
///
/// # Errors
/// `TooManyRequests`, `AttemptNotFound` where the attempt moved on meanwhile.
pub async fn send_code(
    caller: &Caller,
    code: &Code,
    recipient: Recipient<'_>,
    told: Told<'_>,
) -> Result<(), Error> {
    let app = &caller.app;
    let address = recipient.to.as_str().to_owned();
    let is_test = app.config.options.development
        && match &recipient.to {
            Address::Email(email) => email.is_test(),
            Address::Phone(phone) => phone.is_test(),
        };
    let digits = if is_test {
        Secret::from(TEST_CODE)
    } else {
        app.chance.code()?
    };
    let hash = hash_of(app, code, &digits);
    let mut budgets = vec![sent_budget(app, &address)];
    if let Address::Phone(phone) = &recipient.to {
        budgets.extend(text_budgets(caller, phone)?);
    }
    let mail = Mail {
        to: recipient.to,
        locale: recipient.locale.map(str::to_owned),
        letter: match recipient.says {
            Says::Code | Says::Nothing => Letter::Code { code: digits },
            Says::Domain(organization) => Letter::DomainCode {
                code: digits,
                organization: organization.to_owned(),
            },
            Says::Reset => Letter::ResetCode { code: digits },
            Says::AccountExists => Letter::AccountExists { code: digits },
        },
    };
    let mut mail = seal_mail(app, &mail)?;
    if is_test || recipient.says == Says::Nothing {
        mail = SealedMail(None);
    }
    // Counted for addresses that nobody has too, or the difference would tell.
    if !is_test && let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let (expires_at, resend_at) = times(app, caller.now);
    let sending = Sending {
        code,
        address: &address,
        hash: &hash,
        resend_at,
        expires_at,
        mail,
        told,
    };
    let sent = app.store.send_code(&sending, caller.cause()).await?;
    // Whoever asks too early gets no letter, and must not have one less for it.
    if sent != Sent::Done && !is_test {
        app.store.give_back(&budgets).await?;
    }
    match sent {
        Sent::Done => {
            app.letters.notify_one();
            Ok(())
        }
        Sent::TooEarly(until) => {
            let wait_s = (until.0 - caller.now.0).div_euclid(1000) + 1;
            Err(Error::too_many(u32::try_from(wait_s).unwrap_or(1)))
        }
        Sent::Stale => Err(ErrorCode::AttemptNotFound.into()),
    }
}

/// The budget of codes and links that are sent to one address.
pub fn sent_budget(app: &App, address: &str) -> Budget {
    budget(app, "code-sent", address, 3, 900)
}

/// Whoever is paid for texts to a range of numbers gets few of them, and no network uses up all there are.
fn text_budgets(caller: &Caller, phone: &Phone) -> Result<[Budget; 2], Error> {
    let app = &caller.app;
    let settings = app.settings();
    let phones = &settings.phone_number;
    let digits = &phone.as_str()[1..];
    let is_allowed = phones.calling_codes.is_empty()
        || phones
            .calling_codes
            .iter()
            .any(|code| digits.starts_with(code));
    if !is_allowed {
        let code = ErrorCode::UnsupportedCountryCode;
        return Err(Error::at(code, "phone_number"));
    }
    let prefix = &digits[..digits.len() - 4];
    let most = i64::from(phones.texts_per_prefix_and_hour);
    let few = (most / 4).max(1);
    Ok([
        here(caller, budget(app, "texts-here", prefix, few, 3600)),
        budget(app, "texts", prefix, most, 3600),
    ])
}

/// The budgets of wrong codes for one address: from one network half of what there is from everywhere, so that nobody
/// alone uses up another's.
pub fn code_budgets(caller: &Caller, about: &str) -> [Budget; 4] {
    let [here_hour, here_day, hour, day] = all_code_budgets(&caller.app, about);
    [here(caller, here_hour), here(caller, here_day), hour, day]
}

fn all_code_budgets(app: &App, about: &str) -> [Budget; 4] {
    [
        budget(app, "code-here-hour", about, 10, 3600),
        budget(app, "code-here-day", about, 50, 86_400),
        budget(app, "code-hour", about, 20, 3600),
        budget(app, "code-day", about, 100, 86_400),
    ]
}

/// The hash of `digits` if they are the live code, still to be spent.
///
/// # Errors
/// `TooManyRequests`; within, why the code does not count.
pub async fn try_code(
    caller: &Caller,
    code: &Code,
    digits: &Secret<String>,
    budgets: &[Budget],
) -> Result<Result<String, ErrorCode>, Error> {
    let app = &caller.app;
    if let Some(wait_s) = app.store.count_use(budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let offered = hash_of(app, code, digits);
    let tried = app.store.try_code(code, caller.now).await?;
    if !matches!(tried, Tried::Counted { .. }) {
        // Nothing was compared, so that nothing was guessed.
        app.store.give_back(budgets).await?;
    }
    Ok(match tried {
        Tried::Counted { hash, is_last } => {
            if bool::from(hash.as_bytes().ct_eq(offered.as_bytes())) {
                Ok(hash)
            } else if is_last {
                Err(ErrorCode::VerificationFailed)
            } else {
                Err(ErrorCode::FormCodeIncorrect)
            }
        }
        Tried::Exhausted => Err(ErrorCode::VerificationFailed),
        Tried::Expired => Err(ErrorCode::VerificationExpired),
        Tried::Unknown => Err(ErrorCode::VerificationInvalid),
    })
}

/// The budgets of wrong passwords: by what was typed, from one network a short pause and half a day's; by whose it is,
/// from everywhere a day's.
pub fn password_budgets(caller: &Caller, typed: &str, whose: &str) -> [Budget; 3] {
    let [pause, here_day, _] = all_password_budgets(&caller.app, typed);
    let [.., day] = all_password_budgets(&caller.app, whose);
    [here(caller, pause), here(caller, here_day), day]
}

fn all_password_budgets(app: &App, about: &str) -> [Budget; 3] {
    [
        budget(app, "password-here", about, 10, 900),
        budget(app, "password-here-day", about, 50, 86_400),
        budget(app, "password-day", about, 100, 86_400),
    ]
}

/// Whatever is counted of wrong passwords and codes that somebody signs in with, without the network.
pub fn all_budgets(app: &App, about: &str) -> impl Iterator<Item = Budget> {
    let codes = all_code_budgets(app, about).into_iter();
    codes.chain(all_password_budgets(app, about))
}

/// The same budget, in the network of this caller alone.
fn here(caller: &Caller, mut all: Budget) -> Budget {
    let network = caller.app.seal.recognise_text("network", &caller.prefix);
    all.key = [all.key.as_str(), ":", &network].concat();
    all
}

/// The sealed hash that `password` was right for; nothing where it is wrong, or there is nobody.
///
/// A hash that was made at another cost than today's is made anew.
///
/// # Errors
/// `TooManyRequests`, `ServiceUnavailable`.
pub async fn try_password(
    caller: &Caller,
    user: Option<&UserId>,
    password: &Secret<String>,
    budgets: &[Budget],
) -> Result<Option<String>, Error> {
    let app = &caller.app;
    if let Some(wait_s) = app.store.count_use(budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let sealed = match user {
        Some(user) => app.store.credential(user, PASSWORD).await?,
        None => None,
    };
    let hash = sealed
        .as_deref()
        .map(|sealed| open_password(app, sealed))
        .transpose()?;
    let is_right = app.hasher.verify(password, hash.as_deref()).await?;
    let (Some(before), Some(hash), Some(user), true) = (sealed, hash, user, is_right) else {
        return Ok(None);
    };
    if app.hasher.is_current(&hash) {
        return Ok(Some(before));
    }
    let after = seal_password(app, &app.hasher.rehash(password, &app.chance).await?)?;
    app.store.rehash(user, &before, &after).await?;
    Ok(Some(after))
}

/// A letter to the primary address of a user; whoever has none is told nothing.
///
/// # Errors
/// Where the store broke.
pub async fn notice(app: &App, user: &UserId, letter: Letter) -> Result<SealedMail, Error> {
    Ok(match app.store.home(user).await? {
        Some(home) => notice_to(app, home, letter)?,
        None => SealedMail(None),
    })
}

/// The same, where it is known already where they are.
///
/// # Errors
/// Where there are no random bytes.
pub fn notice_to(app: &App, home: Home, letter: Letter) -> anyhow::Result<SealedMail> {
    let Home { email, locale, .. } = home;
    let to = email.and_then(|email| Email::parse(&email).ok());
    to.map(Address::Email).map_or(Ok(SealedMail(None)), |to| {
        seal_mail(app, &Mail { to, locale, letter })
    })
}

/// Seals a password's hash for the store.
///
/// # Errors
/// Where there are no random bytes.
pub fn seal_password(app: &App, hash: &str) -> anyhow::Result<String> {
    app.seal.seal(PASSWORD, hash.as_bytes(), &app.chance)
}

/// Reads a password's hash of the store.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn open_password(app: &App, sealed: &str) -> anyhow::Result<String> {
    String::from_utf8(app.seal.open(PASSWORD, sealed)?).context("a stored hash")
}

/// Seals a letter for the outbox.
///
/// # Errors
/// Where there are no random bytes.
pub fn seal_mail(app: &App, mail: &Mail) -> anyhow::Result<SealedMail> {
    let plain = serde_json::to_vec(mail)?;
    app.seal
        .seal(MAIL, &plain, &app.chance)
        .map(Some)
        .map(SealedMail)
}

/// Reads a letter of the outbox.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn open_mail(app: &App, sealed: &str) -> anyhow::Result<Mail> {
    serde_json::from_slice(&app.seal.open(MAIL, sealed)?).context("a stored letter")
}

/// A budget of something about an address, which the key does not tell.
fn budget(app: &App, what: &str, about: &str, most: i64, window_s: i64) -> Budget {
    Budget {
        key: [what, ":", &app.seal.recognise_text(what, about)].concat(),
        most,
        window_s,
    }
}

/// Bound to what it proves, so that equal codes have different hashes.
fn hash_of(app: &App, code: &Code, digits: &Secret<String>) -> String {
    let text = [code.purpose.as_str(), &code.subject, digits.expose()].join(" ");
    app.seal.recognise_text("code", &text)
}
