//! Proving that an address or a number is one's own, in place below the list of them.

use std::time::Duration;

use frontdesk_client::{Failure, Frontdesk};
use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptVerification, EmailAddressId, PhoneNumberId, PrepareVerification, Secret, Strategy,
    Timestamp, Verification, VerificationStatus,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::details::details;
use super::disclosure::{Disclosure, is_escape};
use crate::json::setting;
use crate::kit::{El, Form, Handle, Root, State, el, focused, part, switch, words};
use crate::page;
use crate::provider::{Site, use_site};

/// What is proven.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
}

/// How often it is asked whether the link was opened.
const PAUSE: Duration = Duration::from_secs(3);

impl Sent {
    fn strategy(self) -> Strategy {
        match self {
            Self::Email => Strategy::EmailCode,
            Self::Phone => Strategy::PhoneCode,
        }
    }

    /// The address or number with this id, and what is proven of it.
    fn find(self, site: Site, id: &str) -> Option<(String, Option<Verification>)> {
        match self {
            Self::Email => site.of_client(|client| {
                let all = &client.active_session()?.user.email_addresses;
                let found = all.iter().find(|it| it.id.as_str() == id)?;
                Some((found.email_address.clone(), found.verification.clone()))
            }),
            Self::Phone => {
                let all = details(site)?.phone_numbers;
                let found = all.into_iter().find(|it| it.id.as_str() == id)?;
                Some((found.phone_number, found.verification))
            }
        }
    }

    async fn prepare(self, desk: &Frontdesk, id: &str, is_link: bool) -> Result<(), Failure> {
        let strategy = if is_link {
            Strategy::EmailLink
        } else {
            self.strategy()
        };
        let command = PrepareVerification {
            strategy: Some(strategy.as_str().to_owned()),
            redirect_url: is_link.then(page::address),
            ..PrepareVerification::default()
        };
        match self {
            Self::Email => {
                let id = EmailAddressId::parse(id).ok_or(GONE)?;
                desk.prepare_email_address(&id, &command).await.map(drop)
            }
            Self::Phone => {
                let id = PhoneNumberId::parse(id).ok_or(GONE)?;
                desk.prepare_phone_number(&id, &command).await.map(drop)
            }
        }
    }

    async fn attempt(self, desk: &Frontdesk, id: &str, code: String) -> Result<(), Failure> {
        let command = AttemptVerification {
            strategy: Some(self.strategy().as_str().to_owned()),
            code: Some(Secret::new(code)),
            ..AttemptVerification::default()
        };
        match self {
            Self::Email => {
                let id = EmailAddressId::parse(id).ok_or(GONE)?;
                desk.attempt_email_address(&id, &command).await.map(drop)
            }
            Self::Phone => {
                let id = PhoneNumberId::parse(id).ok_or(GONE)?;
                desk.attempt_phone_number(&id, &command).await.map(drop)
            }
        }
    }
}

/// An id that the server did not give.
const GONE: Failure = Failure::Unavailable {
    retry_after_s: None,
};

/// The form for a code; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Verify {
    site: Site,
    root: Root,
    form: Form,
    code: State<String>,
    sent: Sent,
    /// Whether the settings prove addresses by a link.
    is_link: bool,
    chosen: State<Option<String>>,
    /// Where the focus goes afterwards.
    neighbour: Disclosure,
}

impl Verify {
    /// A closed one, beside `neighbour`.
    pub(super) fn new(root: Root, neighbour: Disclosure, sent: Sent) -> Self {
        let site = use_site();
        let path = [
            "user_settings",
            "attributes",
            "email_address",
            "verifications",
        ];
        let ways: Option<Vec<String>> = untrack(|| setting(site, &path));
        let by_link = |ways: Vec<String>| ways.iter().any(|it| it == Strategy::EmailLink.as_str());
        Self {
            site,
            is_link: sent == Sent::Email && ways.is_some_and(by_link),
            root,
            form: Form::new(),
            code: State::new(String::new()),
            sent,
            chosen: State::new(None),
            neighbour,
        }
    }

    /// Opens it for an address or a number, and asks for a code unless one is on its way.
    pub(super) fn open(self, id: String) {
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
            let (text, verification) = self.sent.find(self.site, &id)?;
            let is_verified =
                verification.is_some_and(|it| it.status == VerificationStatus::Verified);
            (!is_verified).then_some(text)
        });
        switch(move || {
            let address = address.get()?;
            Some(untrack(|| self.draw(address)).into())
        })
    }

    fn draw(self, address: String) -> El {
        let form = self.form;
        form.turn_over();
        let panel = form
            .draw(move || self.submit())
            .attr("data-verify", "")
            .attr_words("aria-label", self.title())
            .on("keydown", move |event| {
                if is_escape(&event) {
                    self.close();
                }
            });
        let cancel = form.button("button", Text::action_cancel, move || self.close());
        if self.is_link {
            if cfg!(target_arch = "wasm32") {
                spawn_local(self.wait(State::new(true)));
            }
            let focus = Handle::new();
            focus.focus_when_drawn();
            let sent = words(move |text| text.user_profile_link_subtitle(&address));
            return panel
                .child(
                    el("p")
                        .part("subtitle")
                        .attr("tabindex", "-1")
                        .keep(focus)
                        .say(sent),
                )
                .child(form.alert())
                .child(
                    part("notice")
                        .attr("role", "status")
                        .say(move |text: &Text| {
                            let say = self.state();
                            say(text)
                        }),
                )
                .child(
                    part("row")
                        .child(form.button("button", Text::sign_in_link_resend, move || {
                            self.prepare();
                        }))
                        .child(cancel),
                );
        }
        let resend_at = move || self.resend_at();
        let focus = Handle::new();
        focus.focus_when_drawn();
        panel
            .child(el("p").part("subtitle").say(words(move |text| {
                text.user_profile_verify_subtitle(&address)
            })))
            .child(form.alert())
            .child(form.code(focus, self.code, move || self.submit()))
            .child(form.resend(resend_at, move || self.prepare()))
            .child(
                part("row")
                    .child(form.submit(Text::action_verify))
                    .child(cancel),
            )
    }

    fn title(self) -> fn(&Text) -> String {
        match self.sent {
            Sent::Email => Text::user_profile_verify_title,
            Sent::Phone => Text::user_profile_verify_phone_title,
        }
    }

    /// What became of the link so far.
    fn state(self) -> fn(&Text) -> String {
        let id = self.chosen.get().unwrap_or_default();
        let verification = self.sent.find(self.site, &id).and_then(|it| it.1);
        let now = self.site.now();
        match verification {
            None => Text::sign_in_link_sending,
            Some(it) if it.expire_at.is_some_and(|at| at <= now) => Text::sign_in_link_expired,
            Some(_) => Text::sign_in_link_waiting,
        }
    }

    /// Asks again and again whether the link was opened, for as long as the panel is there and somebody sees it.
    async fn wait(self, is_drawn: State<bool>) {
        let desk = self.site.desk();
        loop {
            page::after(PAUSE).await;
            if is_drawn.is_disposed() {
                return;
            }
            if !page::is_hidden() {
                drop(desk.reload().await);
            }
            if is_drawn.is_disposed() {
                // The address is proven, and the panel gone with it.
                if focused().is_none_or(|it| it.tag_name() == "BODY") {
                    self.neighbour.focus();
                }
                return self.root.announce(Text::status_saved);
            }
        }
    }

    fn close(self) {
        let id = self.chosen.get_untracked();
        self.hide();
        match id {
            Some(id) => self
                .root
                .handle
                .focus_in(&["[data-address=", &id, "] [data-action=verify]"].concat()),
            None => self.neighbour.focus(),
        }
    }

    fn resend_at(self) -> Option<Timestamp> {
        let id = self.chosen.get()?;
        self.sent.find(self.site, &id)?.1?.resend_at
    }

    /// Whether no code is on its way, and another one may be asked for.
    fn needs_code(self) -> bool {
        let Some(id) = self.chosen.get() else {
            return false;
        };
        let verification = self.sent.find(self.site, &id).and_then(|it| it.1);
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
        self.form.send(Box::pin(async move {
            self.sent.prepare(&desk, &id, self.is_link).await?;
            self.root.announce(if self.is_link {
                Text::sign_in_link_sent
            } else {
                Text::status_code_sent
            });
            Ok(())
        }));
    }

    fn submit(self) {
        let Some(id) = self.chosen.get_untracked() else {
            return;
        };
        if self.is_link {
            return;
        }
        let Some(code) = self.form.whole_code(self.code) else {
            return;
        };
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            self.sent.attempt(&desk, &id, code).await?;
            self.hide();
            self.neighbour.focus();
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}
