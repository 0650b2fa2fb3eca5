//! The form that invites people, several at once.

use std::sync::Arc;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ApiError, Email, ErrorCode, ErrorMeta, MEMBER, OrganizationId, Role};
use leptos::prelude::*;

use super::members::option;
use crate::kit::{El, Form, Handle, Problem, Root, State, el, say, switch, words};
use crate::organization::roles_to_give;
use crate::provider::{Site, use_site};
use crate::user_profile::{done, section};

const FIELD: &str = "email_address";

/// What is typed of whom to invite; copies are the same one.
#[derive(Clone, Copy)]
pub(crate) struct Invite {
    site: Site,
    root: Root,
    id: State<OrganizationId>,
    form: Form,
    typed: State<String>,
    /// The key of the role that is chosen.
    role: State<String>,
    /// What members can be; empty until it is known.
    roles: State<Vec<Role>>,
    /// How many were sent last; 0 once somebody types again.
    sent: State<u32>,
}

impl Invite {
    /// Nobody yet, to the organization of this id.
    pub(crate) fn new(root: Root, id: State<OrganizationId>, roles: State<Vec<Role>>) -> Self {
        Self {
            site: use_site(),
            root,
            id,
            form: Form::new(),
            typed: State::new(String::new()),
            role: State::new(MEMBER.to_owned()),
            roles,
            sent: State::new(0),
        }
    }

    /// The section with the form, as soon as the roles are known; `sent_out` runs when invitations were.
    pub(crate) fn draw(self, sent_out: impl Fn() + Copy + Send + 'static) -> AnyView {
        let are_known = State::derived(move || self.roles.with(|all| !all.is_empty()));
        switch(move || {
            let is_known = are_known.get();
            is_known.then(|| untrack(|| self.fields(sent_out)).into())
        })
    }

    fn fields(self, sent_out: impl Fn() + Copy + 'static) -> El {
        let form = self.form;
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
                for it in roles_to_give(self.site, self.roles) {
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
            .draw(move || self.submit(sent_out))
            .child(addresses)
            .child(roles)
            .child(form.submit(Text::organization_profile_invite_action))
            .child_when(sent);
        section("invite", Text::organization_profile_invite)
            .child(form.alert())
            .child(fields)
    }

    fn submit(self, sent_out: impl Fn() + 'static) {
        let addresses = split(&self.typed.get_untracked());
        if let Some(problem) = mistake(&addresses) {
            return self.form.refuse(vec![problem]);
        }
        let (desk, id) = (self.site.desk(), self.id.get_untracked());
        let role = self.role.get_untracked();
        self.sent.set(0);
        self.form.send(Box::pin(async move {
            let sent = desk.invite_several(&id, &addresses, &role).await;
            let count = u32::try_from(sent.map_err(together)?.len()).unwrap_or(u32::MAX);
            self.typed.set(String::new());
            self.sent.set(count);
            let said = words(move |text: &Text| text.organization_profile_invited(count));
            self.root.announce(said);
            sent_out();
            Ok(())
        }));
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
