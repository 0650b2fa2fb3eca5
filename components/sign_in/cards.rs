//! The cards after the first one, which a browser may fetch while somebody is busy with that.

use std::cell::Cell;

use frontdesk_client::{Failure, Task};
use frontdesk_protocol::Strategy;
use leptos::task::spawn_local;

use super::step::Step;
use super::{Flow, begin, done, email_code, methods, password};
use crate::kit::{El, Handle, Problem, effect};

thread_local! {
    static FETCHED: Cell<Option<SignInCards>> = const { Cell::new(None) };
}

/// The cards after the first one, and what leads from it to them.
#[derive(Clone, Copy)]
pub struct SignInCards {
    draw: fn(Flow, Step, Handle) -> El,
    begin: fn(Flow, String, String) -> Task<Result<(), Failure>>,
}

/// Where the cards after the first one come from.
#[derive(Clone, Copy)]
pub enum SignInSteps {
    /// They are there.
    Here(SignInCards),
    /// They are fetched once the first one is drawn; nothing comes where that fails.
    Fetched(fn() -> Task<Option<SignInCards>>),
}

impl SignInCards {
    /// All of them.
    pub const ALL: Self = Self { draw, begin };

    /// Draws the card of a step.
    pub(super) fn draw(self, flow: Flow, step: Step, focus: Handle) -> El {
        (self.draw)(flow, step, focus)
    }

    /// Begins for the address that was typed, with the password if there is one.
    pub(super) fn begin(
        self,
        flow: Flow,
        typed: String,
        password: String,
    ) -> Task<Result<(), Failure>> {
        (self.begin)(flow, typed, password)
    }
}

impl SignInSteps {
    /// The cards, if they are there.
    pub(super) fn cards(self) -> Option<SignInCards> {
        match self {
            Self::Here(cards) => Some(cards),
            Self::Fetched(_) => FETCHED.get(),
        }
    }

    async fn fetch(self) -> Option<SignInCards> {
        match self {
            Self::Here(cards) => Some(cards),
            Self::Fetched(fetch) => {
                let cards = fetch().await?;
                FETCHED.set(Some(cards));
                Some(cards)
            }
        }
    }
}

impl Flow {
    /// The cards, waited for if they are still on their way.
    pub(super) async fn cards(self) -> Option<SignInCards> {
        let cards = self.steps.fetch().await;
        if cards.is_some() && !self.has_cards.is_disposed() {
            self.has_cards.set(true);
        }
        cards
    }

    /// Fetches the cards as soon as that keeps nobody from the first one, and again with what else failed.
    pub(super) fn fetch_when_drawn(self) {
        let site = self.site;
        effect(move || {
            let is_due = site.is_loaded.get() && !site.has_failed.get() && !self.has_cards.get();
            if is_due {
                spawn_local(async move {
                    if self.cards().await.is_none() && !site.has_failed.is_disposed() {
                        site.has_failed.set(true);
                    }
                });
            }
        });
    }
}

fn begin(flow: Flow, typed: String, password: String) -> Task<Result<(), Failure>> {
    Problem::learn_all();
    begin::begin(flow, typed, password)
}

fn draw(flow: Flow, step: Step, focus: Handle) -> El {
    Problem::learn_all();
    match step {
        Step::Loading
        | Step::Identifier
        | Step::Factor(
            Strategy::Passkey
            | Strategy::EmailLink
            | Strategy::PhoneCode
            | Strategy::Totp
            | Strategy::BackupCode
            | Strategy::ResetPasswordEmailCode
            | Strategy::ResetPasswordPhoneCode
            | Strategy::Ticket
            | Strategy::OAuth(_),
        ) => crate::kit::skeleton(),
        Step::Factor(Strategy::Password) => password::draw(flow, focus),
        Step::Factor(Strategy::EmailCode) => email_code::draw(flow, focus),
        Step::Methods { instead_of } => methods::draw(flow, focus, instead_of),
        Step::Done => done::draw(flow, focus),
    }
}
