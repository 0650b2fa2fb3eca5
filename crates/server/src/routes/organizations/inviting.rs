//! Inviting people to an organization, whoever does it: a member, or the app's server.

use frontdesk_protocol::{
    Email, ErrorCode, ErrorMeta, InvitationId, OrganizationId, OrganizationInvitation, Secret, User,
};

use super::{done, load};
use crate::app::App;
use crate::error::Error;
use crate::flow;
use crate::mail::{Address, Letter, Mail};
use crate::routes::admin::with_ticket;
use crate::seal::hash_token;
use crate::store::{Actor, Budget, Cause, Invited, Inviting, NewInvitee, SealedMail};

const FIELD: &str = "email_address";
const DAY_S: i64 = 86_400;
/// The most people that are invited at once.
const MOST: usize = 100;

/// What people are invited with.
#[derive(Debug)]
pub struct Invite<'a> {
    /// The running server.
    pub app: &'a App,
    /// Who invites.
    pub actor: Actor<'a>,
    /// To what.
    pub organization: &'a OrganizationId,
    /// In whose name the letter is; nobody's where it is the app.
    pub host: Option<&'a User>,
    /// The key of the role.
    pub role: &'a str,
    /// How long it can be accepted.
    pub days: i64,
    /// What only the app's server says.
    pub extras: Extras,
    /// What goes into the record.
    pub cause: Cause<'a>,
}

/// What only the app's server says of an invitation.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// Where the link leads; the page to sign in or up by default.
    pub place: Option<String>,
    /// The language of whoever has no account.
    pub locale: Option<String>,
    /// That nobody is written to.
    pub is_silent: bool,
    /// What browsers may read, as JSON.
    pub public_metadata: Option<String>,
    /// What browsers never see, as JSON.
    pub private_metadata: Option<String>,
}

impl Invite<'_> {
    /// Invites people and writes to them, all of them or nobody.
    ///
    /// # Errors
    /// `FormParamNil`, `FormParamFormatInvalid`, `FormParamValueInvalid`, `AlreadyAMemberInOrganization`,
    /// `OrganizationMembershipQuotaExceeded`, `OrganizationInvitationQuotaExceeded`, `TooManyRequests`.
    pub async fn send(&self, typed: &[String]) -> Result<Vec<OrganizationInvitation>, Error> {
        let app = self.app;
        let settings = app.settings();
        let organizations = &settings.organizations;
        let emails = addresses(typed)?;
        let budget = Budget {
            key: format!("organization-invitations:{}", self.organization),
            most: i64::from(organizations.invitations_per_hour),
            window_s: 3600,
        };
        let budgets = vec![budget; emails.len()];
        if let Some(wait_s) = app.store.count_use(&budgets, self.cause.now).await? {
            return Err(Error::too_many(wait_s));
        }
        let name = load(app, self.organization).await?.name;
        let mut invitees = Vec::with_capacity(emails.len());
        for email in emails {
            invitees.push(self.invitee(email, &name).await?);
        }
        let inviting = Inviting {
            organization: self.organization,
            role: self.role,
            host: self.host.map(|host| &host.id),
            expires_at: self.cause.now.plus_s(self.days * DAY_S),
            metadata: (
                self.extras.public_metadata.as_deref(),
                self.extras.private_metadata.as_deref(),
            ),
            most_members: organizations.max_members,
            most_open: organizations.max_open_invitations,
        };
        let outcome = app
            .store
            .invite(self.actor, inviting, &invitees, self.cause)
            .await?;
        match outcome {
            Invited::Done => {}
            Invited::Members(members) => {
                let code = ErrorCode::AlreadyAMemberInOrganization;
                let mistake = |email: String| (code, named(email));
                return Err(Error::Several(members.into_iter().map(mistake).collect()));
            }
            Invited::TooMany => {
                return Err(ErrorCode::OrganizationInvitationQuotaExceeded.into());
            }
            Invited::Refused(outcome) => done(outcome)?,
        }
        app.letters.notify_one();
        let mut made = Vec::with_capacity(invitees.len());
        for invitee in &invitees {
            let found = app
                .store
                .organization_invitation(self.organization, &invitee.email_address, self.cause.now)
                .await?;
            made.extend(found);
        }
        Ok(made)
    }

    /// Somebody to invite, and the letter: in their language where they have an account, or else in the one that is
    /// asked for, or else in the inviter's.
    async fn invitee(&self, email: Email, organization: &str) -> Result<NewInvitee, Error> {
        let app = self.app;
        let settings = app.settings();
        let owner = app.store.owner(email.as_str()).await?;
        let own = match &owner {
            Some((user, _)) => app.store.locale(user).await?,
            None => None,
        };
        let locale = match (own.or_else(|| self.extras.locale.clone()), self.host) {
            (Some(locale), _) => Some(locale),
            (None, Some(host)) => app.store.locale(&host.id).await?,
            (None, None) => None,
        };
        let (place, status) = match owner {
            Some(_) => (&settings.urls.sign_in, "sign_in"),
            None => (&settings.urls.sign_up, "sign_up"),
        };
        let token = app.chance.token()?;
        let place = match &self.extras.place {
            Some(place) => place.clone(),
            None => app.config.absolute(place),
        };
        let url = with_ticket(&place, token.expose(), status);
        let inviter = self.host.and_then(|host| {
            host.full_name()
                .or_else(|| host.primary_email().map(str::to_owned))
        });
        let letter = Mail {
            to: Address::Email(email.clone()),
            locale,
            letter: Letter::OrganizationInvitation {
                url: Secret::new(url),
                organization: organization.to_owned(),
                inviter,
            },
        };
        Ok(NewInvitee {
            id: InvitationId::from_random(app.chance.bytes()?),
            email_address: email.into(),
            hash: hash_token(token.expose()),
            mail: if self.extras.is_silent {
                SealedMail(None)
            } else {
                flow::seal_mail(app, &letter)?
            },
        })
    }
}

/// The addresses, each once.
///
/// # Errors
/// `FormParamNil`, and one `FormParamFormatInvalid` for each that is none.
fn addresses(typed: &[String]) -> Result<Vec<Email>, Error> {
    if typed.iter().all(|typed| typed.trim().is_empty()) {
        return Err(Error::at(ErrorCode::FormParamNil, FIELD));
    }
    if typed.len() > MOST {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, FIELD));
    }
    let mut emails: Vec<Email> = Vec::new();
    let mut mistakes = Vec::new();
    for typed in typed {
        match Email::parse(typed) {
            Ok(email) if emails.contains(&email) => {}
            Ok(email) => emails.push(email),
            Err(code) => mistakes.push((code, named(typed.clone()))),
        }
    }
    if mistakes.is_empty() {
        Ok(emails)
    } else {
        Err(Error::Several(mistakes))
    }
}

/// That a refusal is about one of several addresses.
fn named(email: String) -> ErrorMeta {
    ErrorMeta {
        email_addresses: Some(vec![email]),
        ..ErrorMeta::param(FIELD)
    }
}
