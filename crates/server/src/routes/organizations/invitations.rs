//! Invitations to an organization, as those see and make them who are in it.

use axum::extract::Path;
use axum::response::Response;
use frontdesk_protocol::{
    CreateOrganizationInvitation, Email, ErrorCode, ErrorMeta, InvitationId, List,
    OrganizationInvitation, Secret, SystemPermission, User,
};

use super::{demand, done, load};
use crate::error::Error;
use crate::flow;
use crate::mail::{Address, Letter, Mail};
use crate::routes::admin::with_ticket;
use crate::routes::me;
use crate::seal::hash_token;
use crate::store::{Actor, Budget, Invited, Inviting, Member, NewInvitee};
use crate::wire::{Body, Listing, Pairs, SignedIn};

const FIELD: &str = "email_address";
const DAY_S: i64 = 86_400;
/// The most people that are invited at once.
const MOST: usize = 100;

/// `GET /v1/organizations/{id}/invitations?status=&limit=&offset=`: a page of them, the newest first.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`.
pub async fn list(
    me: SignedIn,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let (store, now) = (&me.caller.app.store, me.caller.now);
    let (statuses, page) = (&listing.statuses, listing.page());
    let found = store
        .organization_invitations(&member.organization, statuses, page, now)
        .await?;
    me.caller.answer(found).await
}

/// `POST /v1/organizations/{id}/invitations`: invites somebody; whoever is invited already is written to again.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound`, `AuthorizationInvalid`, `FormParamNil`, `FormParamFormatInvalid`,
/// `FormParamValueInvalid`, `AlreadyAMemberInOrganization`, `OrganizationMembershipQuotaExceeded`,
/// `OrganizationInvitationQuotaExceeded`, `TooManyRequests`.
pub async fn create(
    me: SignedIn,
    Path(id): Path<String>,
    Body(command): Body<CreateOrganizationInvitation>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let typed = command.email_address.unwrap_or_default();
    let invited = invite(&me, &member, &[typed], command.role).await?;
    let first = invited.into_iter().next();
    let first = first.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(first).await
}

/// `POST /v1/organizations/{id}/invitations/bulk`: invites several people, or nobody where there is a mistake in one of
/// the addresses; the answer names each mistake by its address.
///
/// # Errors
/// Those of [`create`].
pub async fn create_several(
    me: SignedIn,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let mut typed = Vec::new();
    let mut role = None;
    for (name, value) in pairs {
        match name.as_str() {
            "email_address" | "email_address[]" => typed.push(value),
            "role" => role = Some(value),
            _ => {}
        }
    }
    let data = invite(&me, &member, &typed, role).await?;
    let total_count = u32::try_from(data.len()).unwrap_or(u32::MAX);
    me.caller.answer(List { data, total_count }).await
}

/// `POST /v1/organizations/{id}/invitations/{invitation_id}/revoke`: takes an invitation back.
///
/// # Errors
/// `AuthenticationInvalid`, `ResourceNotFound` where it is not open, `AuthorizationInvalid`.
pub async fn revoke(
    me: SignedIn,
    Path((id, invitation)): Path<(String, String)>,
) -> Result<Response, Error> {
    let member = demand(&me, &id, SystemPermission::MembershipsManage).await?;
    let invitation = InvitationId::parse(&invitation).ok_or(ErrorCode::ResourceNotFound)?;
    let (store, cause) = (&me.caller.app.store, me.caller.cause());
    let actor = Actor::Member(&me.session.user);
    let outcome = store
        .revoke_organization_invitation(actor, &member.organization, &invitation, cause)
        .await?;
    done(outcome)?;
    let revoked = store
        .organization_invitation(&member.organization, invitation.as_str(), me.caller.now)
        .await?;
    let revoked = revoked.ok_or(ErrorCode::ResourceNotFound)?;
    me.caller.answer(revoked).await
}

/// Invites people and writes to them, all of them or nobody.
async fn invite(
    me: &SignedIn,
    member: &Member,
    typed: &[String],
    role: Option<String>,
) -> Result<Vec<OrganizationInvitation>, Error> {
    let app = &me.caller.app;
    let settings = app.settings();
    let organizations = &settings.organizations;
    let emails = addresses(typed)?;
    let role = role.filter(|role| !role.is_empty());
    let role = role.ok_or_else(|| Error::at(ErrorCode::FormParamNil, "role"))?;
    let budget = Budget {
        key: format!("organization-invitations:{}", member.organization),
        most: i64::from(organizations.invitations_per_hour),
        window_s: 3600,
    };
    let budgets = vec![budget; emails.len()];
    if let Some(wait_s) = app.store.count_use(&budgets, me.caller.now).await? {
        return Err(Error::too_many(wait_s));
    }
    let name = load(app, &member.organization).await?.name;
    let host = me::user(me).await?;
    let mut invitees = Vec::with_capacity(emails.len());
    for email in emails {
        invitees.push(invitee(me, email, &name, &host).await?);
    }
    let inviting = Inviting {
        organization: &member.organization,
        role: &role,
        expires_at: me.caller.now.plus_s(organizations.invitation_days * DAY_S),
        most_members: organizations.max_members,
        most_open: organizations.max_open_invitations,
    };
    let actor = Actor::Member(&me.session.user);
    let outcome = app
        .store
        .invite(actor, inviting, &invitees, me.caller.cause())
        .await?;
    match outcome {
        Invited::Done => {}
        Invited::Members(members) => {
            let code = ErrorCode::AlreadyAMemberInOrganization;
            let mistake = |email: String| (code, named(email));
            return Err(Error::Several(members.into_iter().map(mistake).collect()));
        }
        Invited::TooMany => return Err(ErrorCode::OrganizationInvitationQuotaExceeded.into()),
        Invited::Refused(outcome) => done(outcome)?,
    }
    app.letters.notify_one();
    let mut made = Vec::with_capacity(invitees.len());
    for invitee in &invitees {
        let found = app
            .store
            .organization_invitation(&member.organization, &invitee.email_address, me.caller.now)
            .await?;
        made.extend(found);
    }
    Ok(made)
}

/// Somebody to invite, and the letter: in their language where they have an account, or else in the inviter's.
async fn invitee(
    me: &SignedIn,
    email: Email,
    organization: &str,
    host: &User,
) -> Result<NewInvitee, Error> {
    let app = &me.caller.app;
    let settings = app.settings();
    let owner = app.store.owner(email.as_str()).await?;
    let speaker = owner.as_ref().map_or(&host.id, |(user, _)| user);
    let locale = app.store.locale(speaker).await?;
    let (place, status) = match owner {
        Some(_) => (&settings.urls.sign_in, "sign_in"),
        None => (&settings.urls.sign_up, "sign_up"),
    };
    let token = app.chance.token()?;
    let url = with_ticket(&app.config.absolute(place), token.expose(), status);
    let name = host.full_name();
    let letter = Mail {
        to: Address::Email(email.clone()),
        locale,
        letter: Letter::OrganizationInvitation {
            url: Secret::new(url),
            organization: organization.to_owned(),
            inviter: name.or_else(|| host.primary_email().map(str::to_owned)),
        },
    };
    Ok(NewInvitee {
        id: InvitationId::from_random(app.chance.bytes()?),
        email_address: email.into(),
        hash: hash_token(token.expose()),
        mail: flow::seal_mail(app, &letter)?,
    })
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
