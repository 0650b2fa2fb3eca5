//! The page with the domains of the organization, and what people get whose address is there.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    CreateOrganizationDomain, EnrollmentMode, ErrorCode, OrganizationDomain, OrganizationDomainId,
    SystemPermission, UpdateEnrollmentMode, VerificationStatus,
};
use leptos::prelude::*;

use super::here::Here;
use super::listing::{Head, Listing};
use super::proof::Proof;
use crate::json::setting;
use crate::kit::{El, Form, Input, Problem, State, el, part, words};
use crate::user_profile::{action, badge, section};

const HEADS: &[Head] = &[
    Text::organization_profile_domain,
    Text::organization_profile_enrollment,
    Text::organization_profile_actions,
];

/// The form that adds one, and the table.
pub(super) fn draw(here: Here) -> El {
    let listing = Listing::new(here, "", |desk, id, asked| {
        Box::pin(async move { desk.domains(&id, &asked).await })
    });
    Domains {
        here,
        form: Form::new(),
        add: Form::new(),
        typed: State::new(String::new()),
        proof: Proof::new(here, listing),
        listing,
    }
    .draw()
}

#[derive(Clone, Copy)]
pub(super) struct Domains {
    pub(super) here: Here,
    /// What is done to domains that are there.
    pub(super) form: Form,
    pub(super) add: Form,
    pub(super) typed: State<String>,
    pub(super) proof: Proof,
    pub(super) listing: Listing<OrganizationDomain>,
}

impl Domains {
    pub(super) fn draw(self) -> El {
        let titles: (Head, Head) = (
            Text::organization_profile_domains,
            Text::organization_profile_domains_none,
        );
        let table = self.listing.draw(titles, HEADS, move |it| self.row(it));
        let addition = self.may_manage().then(|| self.addition());
        el("div")
            .maybe(addition)
            .child(self.form.alert())
            .child(self.proof.panel())
            .child(table)
    }

    fn may_manage(self) -> bool {
        untrack(|| self.here.may(SystemPermission::DomainsManage))
    }

    fn addition(self) -> El {
        let form = self.add;
        let input = Input::new("name", Text::organization_profile_domain, self.typed)
            .hint(Text::organization_profile_domains_hint);
        let fields = form
            .draw(move || self.submit())
            .child(form.field(input))
            .child(form.submit(Text::action_add));
        section("add-domain", Text::organization_profile_add_domain)
            .child(form.alert())
            .child(fields)
    }

    fn submit(self) {
        let name = self.typed.get_untracked().trim().to_owned();
        if name.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "name");
            return self.add.refuse(vec![problem]);
        }
        let (desk, id) = (self.here.site.desk(), self.here.id());
        self.add.send(Box::pin(async move {
            let command = CreateOrganizationDomain { name: Some(name) };
            let domain = desk.create_domain(&id, &command).await?;
            self.typed.set(String::new());
            self.listing.load();
            // Whoever has a proven address there has proven the domain by that.
            if is_verified(&domain) {
                self.here.root.announce(Text::status_saved);
            } else {
                self.proof.begin(&domain);
            }
            Ok(())
        }));
    }

    fn row(self, domain: &OrganizationDomain) -> Vec<El> {
        let name = domain.name.clone();
        let is_proven = is_verified(domain);
        let state = if is_proven {
            badge("verified", Text::organization_profile_verified)
        } else {
            badge("unverified", Text::user_profile_unverified)
        };
        let may = self.may_manage();
        let mode = if may && is_proven {
            self.choice(domain)
        } else {
            el("span").say(label(domain.enrollment_mode))
        };
        let verify = (may && !is_proven).then(|| {
            let (domain, name) = (domain.clone(), domain.name.clone());
            let label = words(move |text| text.organization_profile_verify_of(&name));
            action(self.form, "verify", Text::action_verify, label, move || {
                self.proof.begin(&domain);
            })
        });
        let remove = may.then(|| self.removal(&domain.id, &domain.name));
        vec![
            part("row")
                .child(el("bdi").text(move || name.clone()))
                .child(state),
            mode,
            part("row").maybe(verify).maybe(remove),
        ]
    }

    /// What people get whose address is there, and the other things that the settings let them get.
    fn choice(self, domain: &OrganizationDomain) -> El {
        let (form, name, id) = (self.form, domain.name.clone(), domain.id.clone());
        let allowed: Vec<String> = untrack(|| {
            let path = ["organization_settings", "domains", "enrollment_modes"];
            setting(self.here.site, &path)
        })
        .unwrap_or_default();
        let mut select = el("select")
            .part("input")
            .attr("name", "enrollment_mode")
            .attr_words(
                "aria-label",
                words(move |text| text.organization_profile_enrollment_of(&name)),
            )
            .flag("disabled", move || form.is_pending())
            .on("change", move |event| {
                self.change(id.clone(), event_target_value(&event));
            });
        for mode in EnrollmentMode::ALL.iter().copied() {
            let is_chosen = mode == domain.enrollment_mode;
            if is_chosen || allowed.iter().any(|it| it == mode.as_str()) {
                let option = el("option")
                    .attr("value", mode.as_str())
                    .flag("selected", move || is_chosen);
                select = select.child(option.say(label(mode)));
            }
        }
        select
    }

    fn change(self, domain: OrganizationDomainId, mode: String) {
        let (desk, id) = (self.here.site.desk(), self.here.id());
        let command = UpdateEnrollmentMode {
            enrollment_mode: Some(mode),
            delete_pending: None,
        };
        self.form.send(Box::pin(async move {
            let changed = desk.update_enrollment_mode(&id, &domain, &command).await;
            if let Err(failure) = changed {
                // The list shows again what is true.
                self.listing.reload();
                return Err(failure);
            }
            self.here.root.announce(Text::status_saved);
            Ok(())
        }));
    }

    fn removal(self, domain: &OrganizationDomainId, name: &str) -> El {
        let (domain, name) = (domain.clone(), name.to_owned());
        let label = words(move |text| text.organization_profile_remove_member(&name));
        action(self.form, "remove", Text::action_remove, label, move || {
            let (desk, id, domain) = (self.here.site.desk(), self.here.id(), domain.clone());
            self.form.send(Box::pin(async move {
                desk.remove_domain(&id, &domain).await?;
                self.proof.end();
                self.listing.reload();
                self.here.root.announce(Text::status_removed);
                Ok(())
            }));
        })
    }
}

/// Whether the domain is proven to be the organization's.
pub(super) fn is_verified(domain: &OrganizationDomain) -> bool {
    let status = domain.verification.as_ref().map(|it| it.status);
    status == Some(VerificationStatus::Verified)
}

fn label(mode: EnrollmentMode) -> Head {
    match mode {
        EnrollmentMode::ManualInvitation => Text::organization_profile_manual_invitation,
        EnrollmentMode::AutomaticInvitation => Text::organization_profile_automatic_invitation,
        EnrollmentMode::AutomaticSuggestion => Text::organization_profile_automatic_suggestion,
    }
}
