//! Letters about invitations that domains made, a few at a time, so that a code never waits behind a thousand of them.

use anyhow::Result;
use frontdesk_protocol::{Email, Secret};

use super::{Address, Letter, Mail};
use crate::app::App;
use crate::flow;
use crate::routes::admin::with_ticket;
use crate::seal::hash_token;
use crate::store::{Cause, DomainLetter, SealedMail, Unwritten};

/// How many letters are written at once.
const AT_ONCE: i64 = 50;

/// Writes some of the letters that are due, each once however many servers there are.
///
/// # Errors
/// Where the store broke.
pub async fn write_domain_letters(app: &App) -> Result<()> {
    for due in app.store.unwritten(AT_ONCE).await? {
        let token = app.chance.token()?;
        let letter = DomainLetter {
            invitation: &due.id,
            hash: &hash_token(token.expose()),
            expires_at: due.expires_at,
            mail: letter(app, &due, token.expose())?,
        };
        let cause = Cause::new(app.now(), "letters", &app.chance);
        app.store.write_domain_letter(&letter, cause).await?;
    }
    Ok(())
}

fn letter(app: &App, due: &Unwritten, token: &str) -> Result<SealedMail> {
    let Ok(to) = Email::parse(&due.email_address) else {
        return Ok(SealedMail(None));
    };
    let page = app.config.absolute(&app.settings().urls.sign_in);
    let mail = Mail {
        to: Address::Email(to),
        locale: due.locale.clone(),
        letter: Letter::OrganizationInvitation {
            url: Secret::new(with_ticket(&page, token, "sign_in")),
            organization: due.organization.clone(),
            inviter: None,
        },
    };
    flow::seal_mail(app, &mail)
}
