//! The cards after the first one, which a browser may fetch while somebody is busy with that.

use std::cell::Cell;

use frontdesk_client::{Failure, Task};
use frontdesk_protocol::Strategy;
use leptos::task::spawn_local;

use super::rest::{Rest, SignInRest};
use super::step::{Later, Round, Step};
use super::{
    Flow, around, arrival, begin, code, done, methods, passkey, password, provider, rest, step,
};
use crate::kit::{El, Handle, Problem, effect};

thread_local! {
    static FETCHED: Cell<Option<SignInCards>> = const { Cell::new(None) };
}

/// The cards after the first one, what its field cannot do alone, and what leads from it to them.
#[derive(Clone, Copy)]
pub struct SignInCards {
    step: fn(Flow) -> Step,
    name: fn(Later) -> &'static str,
    draw: fn(Flow, Later, Handle) -> El,
    around: fn(Flow, Handle) -> Option<El>,
    arrive: fn(Flow),
    begin: fn(Flow, String, String) -> Task<Result<(), Failure>>,
    enter: fn(Flow, String) -> Task<Result<(), Failure>>,
    /// Where the cards come from that few people see.
    pub(super) rest: Rest,
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
    pub const ALL: Self = Self::with(Rest::Here(SignInRest::ALL));

    /// Those that most people see; the others are fetched when they are needed.
    pub const fn fetching(rest: fn() -> Task<Option<SignInRest>>) -> Self {
        Self::with(Rest::Fetched(rest))
    }

    const fn with(rest: Rest) -> Self {
        Self {
            step,
            name: Later::name,
            draw,
            around: around_it,
            arrive: arrival::arrive,
            begin,
            enter,
            rest,
        }
    }

    /// The card that comes next.
    pub(super) fn step(self, flow: Flow) -> Step {
        (self.step)(flow)
    }

    /// What `data-step` says of a card.
    pub(super) fn name(self, later: Later) -> &'static str {
        (self.name)(later)
    }

    /// Draws a card.
    pub(super) fn draw(self, flow: Flow, later: Later, focus: Handle) -> El {
        (self.draw)(flow, later, focus)
    }

    /// Draws what is around the first card's field, which `focus` leads to.
    pub(super) fn around(self, flow: Flow, focus: Handle) -> Option<El> {
        (self.around)(flow, focus)
    }

    /// Begins for whom was typed, with the password if there is one.
    pub(super) fn begin(
        self,
        flow: Flow,
        typed: String,
        password: String,
    ) -> Task<Result<(), Failure>> {
        (self.begin)(flow, typed, password)
    }

    /// Goes in by one of the first card's buttons.
    pub(super) fn enter(self, flow: Flow, strategy: String) -> Task<Result<(), Failure>> {
        (self.enter)(flow, strategy)
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
        if cards.is_some() && !self.has_cards.is_disposed() && !self.has_cards.get_untracked() {
            self.has_cards.set(true);
        }
        cards
    }

    /// Fetches the cards as soon as that keeps nobody from the first one, and again with what else failed;
    /// then heeds what the page's address says.
    pub(super) fn fetch_when_drawn(self) {
        let site = self.site;
        effect(move || {
            let is_due = site.is_loaded.get() && !site.has_failed.get() && !self.has_arrived.get();
            if is_due {
                spawn_local(async move {
                    match self.cards().await {
                        Some(cards) if self.has_arrived.try_get_untracked() == Some(false) => {
                            self.has_arrived.set(true);
                            (cards.arrive)(self);
                        }
                        None if !site.has_failed.is_disposed() => site.has_failed.set(true),
                        Some(_) | None => {}
                    }
                });
            }
        });
    }
}

fn step(flow: Flow) -> Step {
    let site = flow.site;
    let environment = site.environment.get();
    let client = site.client.get();
    step::of(
        environment.as_deref(),
        client.as_deref(),
        flow.chosen.get(),
        site.now(),
    )
}

fn begin(flow: Flow, typed: String, password: String) -> Task<Result<(), Failure>> {
    Problem::learn_all();
    begin::begin(flow, typed, password)
}

fn enter(flow: Flow, strategy: String) -> Task<Result<(), Failure>> {
    Problem::learn_all();
    if strategy == Strategy::Passkey.as_str() {
        passkey::enter(flow)
    } else {
        provider::enter(flow, strategy)
    }
}

fn around_it(flow: Flow, focus: Handle) -> Option<El> {
    Problem::learn_all();
    around::draw(flow, focus)
}

fn draw(flow: Flow, later: Later, focus: Handle) -> El {
    Problem::learn_all();
    flow.follow_back(later);
    match later {
        Later::Proof(Round::First, Strategy::Password) => password::draw(flow, focus),
        Later::Proof(Round::First, Strategy::Passkey) => passkey::draw(flow, focus),
        Later::Proof(
            round,
            strategy @ (Strategy::EmailCode
            | Strategy::PhoneCode
            | Strategy::Totp
            | Strategy::ResetPasswordEmailCode
            | Strategy::ResetPasswordPhoneCode),
        ) => code::draw(flow, focus, round, strategy),
        Later::Methods { round, instead_of } => methods::draw(flow, focus, round, instead_of),
        Later::Done => done::draw(flow, focus),
        Later::Proof(..)
        | Later::Help { .. }
        | Later::NewPassword
        | Later::Task(_)
        | Later::Accounts
        | Later::Landing(_) => rest::draw(flow, later, focus),
    }
}
