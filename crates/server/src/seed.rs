//! Somebody to sign in as in development: ada@example.com and her organization.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{
    EmailAddressId, MembershipId, OrganizationId, Password, Strategy, UserId, Verification,
};

use crate::app::App;
use crate::flow::seal_password;
use crate::store::{Cause, NewAddress, NewUser, Outcome};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery staple";

/// Adds her, unless she is there.
///
/// # Errors
/// Where the store broke.
pub async fn seed(app: &App) -> Result<()> {
    if app.store.owner(EMAIL).await?.is_some() {
        return Ok(());
    }
    let password =
        Password::parse(PASSWORD, &app.settings().password_settings()).map_err(|code| {
            anyhow::anyhow!("the settings refuse the seeded password: {}", code.as_str())
        })?;
    let hash = app.hasher.hash(&password, &app.chance).await;
    let hash = hash.map_err(|error| anyhow::anyhow!("cannot hash: {error:?}"))?;
    let chance = &app.chance;
    let id = UserId::from_random(chance.bytes()?);
    let email = EmailAddressId::from_random(chance.bytes()?);
    let user = NewUser {
        email: Some(NewAddress {
            id: email.as_str(),
            text: EMAIL,
            verification: &serde_json::to_string(&Verification::proved(None, Strategy::EmailCode))?,
        }),
        first_name: Some("Ada"),
        last_name: Some("Lovelace"),
        password: Some(&seal_password(app, &hash)?),
        ..NewUser::of(&id)
    };
    let cause = Cause::new(app.now(), "127.0.0.1", chance);
    app.store.create_user(&user, cause).await?;
    let organization = OrganizationId::from_random(chance.bytes()?);
    let membership = MembershipId::from_random(chance.bytes()?);
    let named = ("Analytical Engines", "analytical-engines");
    let made = app
        .store
        .create_organization(&organization, &membership, &id, named, None, cause)
        .await?;
    (made == Outcome::Done)
        .then_some(())
        .context("the seeded organization is there without its admin")
}
