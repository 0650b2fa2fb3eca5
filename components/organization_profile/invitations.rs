//! The page that invites people, and shows who is invited.

use std::sync::Arc;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{
    ApiError, CreateOrganizationInvitation, Email, ErrorCode, ErrorMeta, MEMBER,
    OrganizationInvitation,
};
use leptos::prelude::*;

use super::here::Here;
use super::listing::{Head, Listing};
use super::members::option;
use crate::kit::{El, Form, Handle, Problem, State, el, part, say, switch, words};
use crate::organization::role;
use crate::user_profile::{action, day, done, section};

const FIELD: &str = "email_address";
const HEADS: &[Head] = &[
    Text::organization_profile_address,
    Text::organization_profile_role,
    Text::organization_profile_expires,
    Text::organization_profile_actions,
];

/// The form, and the table of open invitations.
pub(super) fn draw(here: Here) -> El {
    Invitations {
        here,
        form: Form::new(),
        invite: Form::new(),
        typed: State::new(String::new()),
        role: State::new(MEMBER.to_owned()),
        sent: State::new(0),
        listing: Listing::new(here, "pending", |desk, id, asked| {
            Box::pin(async move { desk.invitations(&id, &asked).await })
        }),
    }
    .draw()
}

#[derive(Clone, Copy)]
pub(super) struct Invitations {
    pub(super) here: Here,
    /// What is done to invitations that are there.
    pub(super) form: Form,
    pub(super) invite: Form,
    pub(super) typed: State<String>,
    /// The key of the role that is chosen.
    pub(super) role: State<String>,
    /// How many were sent last; 0 once somebody types again.
    pub(super) sent: State<u32>,
    pub(super) listing: Listing<OrganizationInvitation>,
}

impl Invitations {
    pub(super) fn draw(self) -> El {
        let titles: (Head, Head) = (
            Text::organization_profile_pending,
            Text::organization_profile_pending_none,
        );
        let are_known = State::derived(move || self.here.roles.with(|all| !all.is_empty()));
        let table = self.listing.draw(titles, HEADS, move |it| self.row(it));
        el("div")
            .child(switch(move || {
                let is_known = are_known.get();
                is_known.then(|| untrack(|| self.form_to_invite()).into())
            }))
            .child(self.form.alert())
            .child(table)
    }

    fn form_to_invite(self) -> El {
        let form = self.invite;
        let addresses = form.own_field(
            (FIELD, "textarea"),
            say(Text::organization_profile_addresses),
            Some(Text::organization_profile_addresses_hint.into()),
            Handle::new(),
            move |area| {
                let area = area
                    .attr("rows", "3")
                    .attr("required", "")
                    .attr("autocomplete", "off")
                    .attr("autocapitalize", "none")
                    .attr("spellcheck", "false")
                    .attr("dir", "ltr")
                    .flag("readonly", move || form.is_pending())
                    .value(self.typed)
                    .on("input", move |event| {
                        self.typed.set(event_target_value(&event));
                        self.sent.set(0);
                        form.forgive(FIELD);
                    });
                el("div").attr("data-control", "").child(area)
            },
        );
        let roles = form.own_field(
            ("role", "select"),
            say(Text::organization_profile_role),
            None,
            Handle::new(),
            move |select| {
                let mut select =
                    select
                        .flag("disabled", move || form.is_pending())
                        .on("change", move |event| {
                            self.role.set(event_target_value(&event));
                        });
                let chosen = self.role.get_untracked();
                for it in self.here.roles_to_give() {
                    select = select.child(option(&it.key, &it.name, it.key == chosen));
                }
                el("div").attr("data-control", "").child(select)
            },
        );
        let sent = move || {
            let count = self.sent.get();
            (count > 0).then(|| done(words(move |text| text.organization_profile_invited(count))))
        };
        let fields = form
            .draw(move || self.submit())
            .child(addresses)
            .child(roles)
            .child(form.submit(Text::organization_profile_invite_action))
            .child_when(sent);
        section("invite", Text::organization_profile_invite)
            .child(form.alert())
            .child(fields)
    }

    fn submit(self) {
        let addresses = split(&self.typed.get_untracked());
        if let Some(problem) = mistake(&addresses) {
            return self.invite.refuse(vec![problem]);
        }
        let (desk, id) = (self.here.site.desk(), self.here.id());
        let role = self.role.get_untracked();
        self.sent.set(0);
        self.invite.send(Box::pin(async move {
            let sent = desk.invite_several(&id, &addresses, &role).await;
            let count = u32::try_from(sent.map_err(together)?.len()).unwrap_or(u32::MAX);
            self.typed.set(String::new());
            self.sent.set(count);
            let said = words(move |text: &Text| text.organization_profile_invited(count));
            self.here.root.announce(said);
            self.listing.load();
            Ok(())
        }));
    }

    fn row(self, invitation: &OrganizationInvitation) -> Vec<El> {
        let address = invitation.email_address.clone();
        let at = invitation.expires_at;
        vec![
            el("bdi").text(move || address.clone()),
            el("span").say(role(&invitation.role, &invitation.role_name)),
            el("span").say(words(move |text| day(text, at))),
            part("row")
                .child(self.resending(invitation))
                .child(self.revocation(invitation)),
        ]
    }

    /// Whoever is invited again is written to again.
    fn resending(self, invitation: &OrganizationInvitation) -> El {
        let address = invitation.email_address.clone();
        let label = words(move |text| text.organization_profile_resend_to(&address));
        let command = CreateOrganizationInvitation {
            email_address: Some(invitation.email_address.clone()),
            role: Some(invitation.role.clone()),
        };
        let short = Text::organization_profile_resend;
        action(self.form, "resend", short, label, move || {
            let (desk, id) = (self.here.site.desk(), self.here.id());
            let command = command.clone();
            self.form.send(Box::pin(async move {
                desk.invite(&id, &command).await?;
                self.listing.reload();
                self.here.root.announce(Text::organization_profile_resent);
                Ok(())
            }));
        })
    }

    fn revocation(self, invitation: &OrganizationInvitation) -> El {
        let address = invitation.email_address.clone();
        let label = words(move |text| text.organization_profile_revoke_of(&address));
        let invitation = invitation.id.clone();
        let short = Text::organization_profile_revoke;
        action(self.form, "revoke", short, label, move || {
            let (desk, id) = (self.here.site.desk(), self.here.id());
            let invitation = invitation.clone();
            self.form.send(Box::pin(async move {
                desk.revoke_invitation(&id, &invitation).await?;
                self.listing.reload();
                self.here.root.announce(Text::status_removed);
                Ok(())
            }));
        })
    }
}

/// The addresses as they were typed, each once.
pub(super) fn split(typed: &str) -> Vec<String> {
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '،');
    let mut addresses = Vec::new();
    for address in typed.split(is_between).filter(|it| !it.is_empty()) {
        if !addresses.iter().any(|it| it == address) {
            addresses.push(address.to_owned());
        }
    }
    addresses
}

/// What is wrong with them, which names each that is no address.
pub(super) fn mistake(addresses: &[String]) -> Option<Problem> {
    if addresses.is_empty() {
        return Some(Problem::of(ErrorCode::FormParamNil, FIELD));
    }
    let mut wrong = addresses.to_vec();
    wrong.retain(|address| Email::parse(address).is_err());
    let meta = ErrorMeta {
        email_addresses: Some(wrong.clone()),
        ..ErrorMeta::param(FIELD)
    };
    let code = ErrorCode::FormParamFormatInvalid;
    (!wrong.is_empty()).then(|| Problem::about(code, meta))
}

/// Refusals for the same reason as one that names every address.
pub(super) fn together(failure: Failure) -> Failure {
    let Failure::Refused(errors) = failure else {
        return failure;
    };
    let mut all: Vec<Arc<ApiError>> = Vec::new();
    for error in errors {
        let same = all.iter_mut().find(|it| it.code == error.code);
        match (same, error.meta.email_addresses.clone()) {
            (Some(same), Some(addresses)) => {
                let named = &mut Arc::make_mut(same).meta.email_addresses;
                named.get_or_insert_default().extend(addresses);
            }
            (Some(_), None) => {}
            (None, _) => all.push(error),
        }
    }
    Failure::Refused(all)
}
