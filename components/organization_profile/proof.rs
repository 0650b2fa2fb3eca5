//! The proof of a domain: an address there and the code that was sent to it, or a record of its zone.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptAffiliation, Email, ErrorCode, OrganizationDomain, PrepareAffiliation, Secret,
};
use leptos::prelude::*;

use super::domains::is_verified;
use super::here::Here;
use super::listing::Listing;
use crate::kit::{El, Form, Handle, Input, Problem, State, el, part, switch, words};
use crate::user_profile::copy_button;

const FIELD: &str = "affiliation_email_address";

/// How far a proof has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// An address at the domain is asked for.
    Address,
    /// A code was sent there.
    Code,
    /// The record of the zone is told.
    Record,
}

/// The proof of one domain after the other; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Proof {
    here: Here,
    form: Form,
    listing: Listing<OrganizationDomain>,
    step: State<Option<(OrganizationDomain, Step)>>,
    /// The part of the address before the domain.
    local: State<String>,
    code: State<String>,
    /// Whether the record was looked for and not found.
    is_missing: State<bool>,
}

impl Proof {
    pub(super) fn new(here: Here, listing: Listing<OrganizationDomain>) -> Self {
        Self {
            here,
            form: Form::new(),
            listing,
            step: State::new(None),
            local: State::new(String::new()),
            code: State::new(String::new()),
            is_missing: State::new(false),
        }
    }

    /// Asks for an address at the domain.
    pub(super) fn begin(self, domain: &OrganizationDomain) {
        self.form.forgive_all();
        self.local.set(String::new());
        self.step.set(Some((domain.clone(), Step::Address)));
    }

    pub(super) fn end(self) {
        self.step.set(None);
    }

    /// What is asked for at the moment.
    pub(super) fn panel(self) -> AnyView {
        switch(move || {
            let (domain, step) = self.step.get()?;
            Some(untrack(|| self.draw(domain, step)).into())
        })
    }

    fn draw(self, domain: OrganizationDomain, step: Step) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let name = domain.name.clone();
        let title = words(move |text| text.organization_profile_verify_of(&name));
        let fields = match step {
            Step::Record => self.record(&domain, focus),
            Step::Code => {
                self.code.set(String::new());
                let address = self.address(&domain);
                let sent = words(move |text| text.organization_profile_domain_sent(&address));
                let input = Input::new("code", Text::field_code, self.code)
                    .autocomplete("one-time-code")
                    .hint(sent)
                    .keep(focus);
                form.draw(move || self.attempt(&domain))
                    .child(form.alert())
                    .child(form.field(input))
                    .child(self.buttons(Text::action_verify))
            }
            Step::Address => {
                let at = ["@", &domain.name].concat();
                let hint = words(move |text| text.organization_profile_domain_address_hint(&at));
                let label = Text::organization_profile_domain_address;
                let input = Input::new(FIELD, label, self.local).hint(hint).keep(focus);
                let named = domain.clone();
                let record = form
                    .button(
                        "button",
                        Text::organization_profile_record_instead,
                        move || self.name_record(&named),
                    )
                    .attr("data-action", "record");
                form.draw(move || self.prepare(&domain))
                    .child(form.alert())
                    .child(form.field(input))
                    .child(self.buttons(Text::action_continue).child(record))
            }
        };
        part("panel")
            .attr("role", "group")
            .attr_words("aria-label", &title)
            .child(el("strong").say(title))
            .child(fields)
    }

    fn buttons(self, submit: fn(&Text) -> String) -> El {
        let form = self.form;
        let cancel = form.button("button", Text::action_cancel, move || {
            self.end();
            self.listing.focus();
        });
        part("row").child(form.submit(submit)).child(cancel)
    }

    /// The record that the zone must have, and the button that looks for it.
    fn record(self, domain: &OrganizationDomain, focus: Handle) -> El {
        let form = self.form;
        let record = domain.ownership_verification.as_ref();
        let [name, value] = record
            .map(|it| [it.txt_record_name.clone(), it.txt_record_value.clone()])
            .unwrap_or_default();
        let line = |label: fn(&Text) -> String, text: String| {
            let copied = text.clone();
            part("row")
                .attr("data-record", "")
                .child(el("span").say(label))
                .child(el("code").attr("dir", "ltr").text(move || text.clone()))
                .child(copy_button(self.here.root, copied))
        };
        self.is_missing.set(false);
        let missing = switch(move || {
            let missing = part("alert").attr("role", "alert");
            self.is_missing.get().then(|| {
                missing
                    .say(Text::organization_profile_record_missing)
                    .into()
            })
        });
        let (shown, asked) = (domain.name.clone(), domain.clone());
        let hint = words(move |text| text.organization_profile_record_hint(&shown));
        form.draw(move || self.look(&asked))
            .child(form.alert())
            .child(missing)
            .child(
                el("p")
                    .part("hint")
                    .attr("tabindex", "-1")
                    .keep(focus)
                    .say(hint),
            )
            .child(line(Text::organization_profile_record_name, name))
            .child(line(Text::organization_profile_record_value, value))
            .child(self.buttons(Text::organization_profile_record_look))
    }

    fn name_record(self, domain: &OrganizationDomain) {
        // The record that was told before is in the zone by now, perhaps.
        if domain.ownership_verification.is_some() {
            return self.step.set(Some((domain.clone(), Step::Record)));
        }
        let (desk, id, domain) = (self.here.site.desk(), self.here.id(), domain.id.clone());
        self.form.send(Box::pin(async move {
            let domain = desk.prepare_ownership(&id, &domain).await?;
            self.step.set(Some((domain, Step::Record)));
            // Who opens the proof again finds the same record.
            self.listing.load();
            Ok(())
        }));
    }

    fn look(self, domain: &OrganizationDomain) {
        let (desk, id, domain) = (self.here.site.desk(), self.here.id(), domain.id.clone());
        self.is_missing.set(false);
        self.form.send(Box::pin(async move {
            let found = desk.attempt_ownership(&id, &domain).await?;
            if is_verified(&found) {
                self.proven();
            } else {
                self.is_missing.set(true);
            }
            Ok(())
        }));
    }

    fn proven(self) {
        self.end();
        self.listing.reload();
        self.here.root.announce(Text::status_saved);
    }

    /// Whoever types a whole address means that.
    fn address(self, domain: &OrganizationDomain) -> String {
        let local = self.local.get_untracked().trim().to_owned();
        if local.contains('@') {
            local
        } else {
            [local.as_str(), "@", &domain.name].concat()
        }
    }

    fn prepare(self, domain: &OrganizationDomain) {
        let address = self.address(domain);
        if Email::parse(&address).is_err() {
            let code = ErrorCode::FormParamFormatInvalid;
            return self.form.refuse(vec![Problem::of(code, FIELD)]);
        }
        let (desk, id, domain) = (self.here.site.desk(), self.here.id(), domain.clone());
        self.form.send(Box::pin(async move {
            let command = PrepareAffiliation {
                affiliation_email_address: Some(address),
            };
            let domain = desk.prepare_domain(&id, &domain.id, &command).await?;
            self.step.set(Some((domain, Step::Code)));
            Ok(())
        }));
    }

    fn attempt(self, domain: &OrganizationDomain) {
        let code = self.code.get_untracked().trim().to_owned();
        if code.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "code");
            return self.form.refuse(vec![problem]);
        }
        let (desk, id, domain) = (self.here.site.desk(), self.here.id(), domain.id.clone());
        self.form.send(Box::pin(async move {
            let command = AttemptAffiliation {
                code: Some(Secret::new(code)),
            };
            desk.attempt_domain(&id, &domain, &command).await?;
            self.proven();
            Ok(())
        }));
    }
}
