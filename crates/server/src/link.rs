//! Links sent by e-mail: what one stands for, and how it is sent.
//!
//! The letter carries a secret that is kept only as its hash; what it stands for is sealed beside that.

use anyhow::Context as _;
use frontdesk_protocol::{
    Email, EmailAddressId, ErrorCode, Prepared, Secret, SignInId, SignUpId, Strategy, Timestamp,
    UserId,
};
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::{Address, Letter, Mail};
use crate::seal::hash_token;
use crate::store::{Ceremony, SealedMail, Spend, Told};
use crate::wire::{Caller, Device};

const PURPOSE: &str = "email_link";

/// What a link stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// What it proves the address for.
    pub proves: Proves,
    /// Where it leads back to.
    pub redirect_url: String,
    /// The language of the letter.
    pub locale: Option<String>,
    /// The browser that asked for it.
    pub device: Device,
}

/// What a link proves the address for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Proves {
    /// A sign-in.
    SignIn(SignInId),
    /// A sign-up.
    SignUp(SignUpId),
    /// An address of a user.
    EmailAddress(UserId, EmailAddressId),
}

/// A link that somebody opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What it stands for.
    pub link: Link,
    /// The browser that asked for it.
    pub client: String,
    /// When it ends.
    pub expires_at: Timestamp,
    hash: String,
}

/// A link on its way.
#[derive(Debug)]
pub struct Sending<'a> {
    /// What it stands for.
    pub link: Link,
    /// The browser that asked for it.
    pub client: &'a str,
    /// The canonical address.
    pub to: Email,
    /// Whether there is anybody to write to; it takes the same time where there is not.
    pub is_somebody: bool,
    /// What is told of it.
    pub told: Told<'a>,
}

impl Opened {
    /// What uses it up.
    pub fn spend(&self) -> Spend {
        Spend::Ceremony(PURPOSE, self.hash.clone())
    }
}

/// A proof by a link that is sent now.
pub fn prepared(app: &App, now: Timestamp) -> Prepared {
    let (expire_at, resend_at) = flow::times(app, now);
    Prepared {
        strategy: Strategy::EmailLink,
        expire_at,
        resend_at: Some(resend_at),
        url: None,
        nonce: None,
    }
}

/// Refuses to send another link so soon.
///
/// # Errors
/// `TooManyRequests`.
pub fn refuse_early(
    now: Timestamp,
    before: Option<(Strategy, Option<Timestamp>)>,
) -> Result<(), Error> {
    let Some((Strategy::EmailLink, Some(resend_at))) = before else {
        return Ok(());
    };
    if resend_at <= now {
        return Ok(());
    }
    let wait_s = (resend_at.0 - now.0).div_euclid(1000) + 1;
    Err(Error::too_many(u32::try_from(wait_s).unwrap_or(1)))
}

/// Draws a link's secret and sends it; whoever gets none costs the same time.
///
/// # Errors
/// `TooManyRequests`, `AttemptNotFound` where the attempt, or the address, is not what it was any more.
pub async fn send(caller: &Caller, sending: Sending<'_>, ends: Timestamp) -> Result<(), Error> {
    let app = &caller.app;
    let budgets = [flow::sent_budget(app, sending.to.as_str())];
    // Counted for addresses that nobody has too, or the difference would tell.
    if let Some(wait_s) = app.store.count_use(&budgets, caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let token = app.chance.token()?;
    let plain = serde_json::to_vec(&sending.link).map_err(anyhow::Error::from)?;
    let sealed = app.seal.seal(PURPOSE, &plain, &app.chance)?;
    let address = [
        app.config.public_url.as_str(),
        "/v1/verify_link?token=",
        token.expose(),
    ];
    let mail = Mail {
        to: Address::Email(sending.to),
        locale: sending.link.locale,
        letter: Letter::Link {
            url: Secret::new(address.concat()),
        },
    };
    let mut mail = flow::seal_mail(app, &mail)?;
    if !sending.is_somebody {
        mail = SealedMail(None);
    }
    let ceremony = Ceremony {
        purpose: PURPOSE,
        hash: &hash_token(token.expose()),
        client: sending.client,
    };
    let kept = (sealed.as_str(), ends);
    if !app
        .store
        .send_link(ceremony, kept, &sending.told, &mail, caller.cause())
        .await?
    {
        app.store.give_back(&budgets).await?;
        return Err(ErrorCode::AttemptNotFound.into());
    }
    app.letters.notify_one();
    Ok(())
}

/// What the secret of a letter stands for; nothing where it is spent, forgotten or none of ours.
///
/// # Errors
/// Where the store broke.
pub async fn open(app: &App, token: &Secret<String>) -> Result<Option<Opened>, Error> {
    let hash = hash_token(token.expose());
    let Some(found) = app.store.ceremony(PURPOSE, &hash).await? else {
        return Ok(None);
    };
    let plain = app.seal.open(PURPOSE, &found.sealed)?;
    Ok(Some(Opened {
        link: serde_json::from_slice(&plain).context("a stored link")?,
        client: found.client,
        expires_at: found.expires_at,
        hash,
    }))
}
