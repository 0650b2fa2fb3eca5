//! Proving that an address is one's own, in place below the list of addresses.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptVerification, EmailAddressId, ErrorCode, PrepareVerification, Secret, Strategy,
    Timestamp, VerificationStatus,
};
use leptos::prelude::*;

use super::address::{find, is_verified};
use super::disclosure::{Disclosure, is_escape};
use crate::kit::{El, Form, Handle, Problem, Root, State, el, part, switch, words};
use crate::provider::{Site, use_site};

/// The form for a code; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Verify {
    site: Site,
    root: Root,
    form: Form,
    code: State<String>,
    chosen: State<Option<EmailAddressId>>,
    /// Where the focus goes afterwards.
    neighbour: Disclosure,
}

impl Verify {
    /// A closed one, beside `neighbour`.
    pub(super) fn new(root: Root, neighbour: Disclosure) -> Self {
        Self {
            site: use_site(),
            root,
            form: Form::new(),
            code: State::new(String::new()),
            chosen: State::new(None),
            neighbour,
        }
    }

    /// Opens it for an address, and asks for a code unless one is on its way.
    pub(super) fn open(self, id: EmailAddressId) {
        if self.chosen.get_untracked().as_ref() == Some(&id) {
            return self.root.handle.focus_in("[data-verify] input");
        }
        self.code.set(String::new());
        self.form.forgive_all();
        self.chosen.set(Some(id));
        if untrack(|| self.needs_code()) {
            self.prepare();
        }
    }

    /// Closes it for something that takes the focus itself.
    pub(super) fn hide(self) {
        self.chosen.set(None);
    }

    /// The form, while an address is chosen that is not verified.
    pub(super) fn panel(self) -> AnyView {
        let address = State::derived(move || {
            let id = self.chosen.get()?;
            self.site.of_client(|client| {
                let address = find(client, &id).filter(|address| !is_verified(address))?;
                Some(address.email_address.clone())
            })
        });
        switch(move || {
            let address = address.get()?;
            Some(untrack(|| self.draw(address)).into())
        })
    }

    fn draw(self, address: String) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let resend_at = move || self.resend_at();
        form.draw(move || self.submit())
            .attr("data-verify", "")
            .attr_words("aria-label", Text::user_profile_verify_title)
            .on("keydown", move |event| {
                if is_escape(&event) {
                    self.close();
                }
            })
            .child(el("p").part("subtitle").say(words(move |text| {
                text.user_profile_verify_subtitle(&address)
            })))
            .child(form.alert())
            .child(form.code(focus, self.code, move || self.submit()))
            .child(form.resend(resend_at, move || self.prepare()))
            .child(
                part("row")
                    .child(form.submit(Text::action_verify))
                    .child(form.button("button", Text::action_cancel, move || self.close())),
            )
    }

    fn close(self) {
        let id = self.chosen.get_untracked();
        self.hide();
        match id {
            Some(id) => self
                .root
                .handle
                .focus_in(&["[data-address=", id.as_str(), "] [data-action=verify]"].concat()),
            None => self.neighbour.focus(),
        }
    }

    fn resend_at(self) -> Option<Timestamp> {
        let id = self.chosen.get()?;
        self.site
            .of_client(|client| find(client, &id)?.verification.as_ref()?.resend_at)
    }

    /// Whether no code is on its way, and another one may be asked for.
    fn needs_code(self) -> bool {
        let Some(id) = self.chosen.get() else {
            return false;
        };
        let verification = self
            .site
            .of_client(|client| find(client, &id)?.verification.clone());
        let now = self.site.now();
        let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
        verification.is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    }

    fn prepare(self) {
        let Some(id) = self.chosen.get_untracked() else {
            return;
        };
        let desk = self.site.desk();
        let command = PrepareVerification {
            strategy: Some(Strategy::EmailCode.as_str().to_owned()),
            ..PrepareVerification::default()
        };
        self.form.send(Box::pin(async move {
            desk.prepare_email_address(&id, &command).await?;
            self.root.announce(Text::status_code_sent);
            Ok(())
        }));
    }

    fn submit(self) {
        let Some(id) = self.chosen.get_untracked() else {
            return;
        };
        let code = self.code.get_untracked();
        if code.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "code");
            return self.form.refuse(vec![problem]);
        }
        let desk = self.site.desk();
        let command = AttemptVerification {
            strategy: Some(Strategy::EmailCode.as_str().to_owned()),
            code: Some(Secret::new(code)),
            ..AttemptVerification::default()
        };
        self.form.send(Box::pin(async move {
            desk.attempt_email_address(&id, &command).await?;
            self.hide();
            self.neighbour.focus();
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}
