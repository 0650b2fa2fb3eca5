//! The proof of a domain: an address there, and the code that was sent to it.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptAffiliation, Email, ErrorCode, OrganizationDomain, PrepareAffiliation, Secret,
};
use leptos::prelude::*;

use super::here::Here;
use super::listing::Listing;
use crate::kit::{El, Form, Handle, Input, Problem, State, el, part, switch, words};

const FIELD: &str = "affiliation_email_address";

/// The proof of one domain after the other; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Proof {
    here: Here,
    form: Form,
    listing: Listing<OrganizationDomain>,
    /// Which domain, and whether a code was sent.
    step: State<Option<(OrganizationDomain, bool)>>,
    /// The part of the address before the domain.
    local: State<String>,
    code: State<String>,
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
        }
    }

    /// Asks for an address at the domain.
    pub(super) fn begin(self, domain: &OrganizationDomain) {
        self.form.forgive_all();
        self.local.set(String::new());
        self.step.set(Some((domain.clone(), false)));
    }

    pub(super) fn end(self) {
        self.step.set(None);
    }

    /// What is asked for at the moment.
    pub(super) fn panel(self) -> AnyView {
        switch(move || {
            let (domain, is_sent) = self.step.get()?;
            Some(untrack(|| self.draw(domain, is_sent)).into())
        })
    }

    fn draw(self, domain: OrganizationDomain, is_sent: bool) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let name = domain.name.clone();
        let title = words(move |text| text.organization_profile_verify_of(&name));
        let fields = if is_sent {
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
        } else {
            let at = ["@", &domain.name].concat();
            let hint = words(move |text| text.organization_profile_domain_address_hint(&at));
            let label = Text::organization_profile_domain_address;
            let input = Input::new(FIELD, label, self.local).hint(hint).keep(focus);
            form.draw(move || self.prepare(&domain))
                .child(form.alert())
                .child(form.field(input))
                .child(self.buttons(Text::action_continue))
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
            self.step.set(Some((domain, true)));
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
            self.end();
            self.listing.reload();
            self.here.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}
