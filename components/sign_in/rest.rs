//! The cards that few people see, which a browser fetches only when one of them is needed.

use std::cell::Cell;

use frontdesk_client::Task;
use frontdesk_protocol::Strategy;
use leptos::prelude::untrack;
use leptos::task::spawn_local;

use super::step::Later;
use super::{Flow, accounts, backup_code, help, link, new_password, organization, set_up};
use crate::kit::{El, Handle, State, effect, el, skeleton, switch, when_drawn};

thread_local! {
    static FETCHED: Cell<Option<SignInRest>> = const { Cell::new(None) };
}

/// The cards that few people see.
#[derive(Clone, Copy)]
pub struct SignInRest {
    draw: fn(Flow, Later, Handle) -> El,
}

/// Where they come from.
#[derive(Clone, Copy)]
pub enum Rest {
    /// They are there.
    Here(SignInRest),
    /// They are fetched; nothing comes where that fails.
    Fetched(fn() -> Task<Option<SignInRest>>),
}

impl SignInRest {
    /// All of them.
    pub const ALL: Self = Self { draw: draw_here };
}

/// Draws a card, as soon as it is there.
pub fn draw(flow: Flow, later: Later, focus: Handle) -> El {
    let fetch = match flow.steps.cards().map(|cards| cards.rest) {
        Some(Rest::Here(rest)) => return (rest.draw)(flow, later, focus),
        Some(Rest::Fetched(fetch)) => fetch,
        None => return skeleton(),
    };
    if let Some(rest) = FETCHED.get() {
        return (rest.draw)(flow, later, focus);
    }
    let site = flow.site;
    let is_here = State::new(false);
    // What failed is tried again with all else.
    effect(move || {
        if site.has_failed.get() || is_here.get() {
            return;
        }
        spawn_local(async move {
            match fetch().await {
                Some(rest) => {
                    FETCHED.set(Some(rest));
                    is_here.set(true);
                }
                None if !site.has_failed.is_disposed() => {
                    site.has_failed.set(true);
                    // What was pressed is gone; what is left to press goes on from there.
                    when_drawn(move || flow.root.handle.focus_in("[part~=main] button"));
                }
                None => {}
            }
        });
    });
    el("div").child(switch(move || {
        let rest = is_here.get().then(|| FETCHED.get()).flatten();
        let card = match rest {
            Some(rest) => {
                focus.focus_when_drawn();
                untrack(|| (rest.draw)(flow, later, focus))
            }
            None => skeleton(),
        };
        Some(card.into())
    }))
}

fn draw_here(flow: Flow, later: Later, focus: Handle) -> El {
    match later {
        Later::Proof(_, Strategy::EmailLink) => link::draw(flow, focus),
        Later::Proof(_, Strategy::BackupCode) => backup_code::draw(flow, focus),
        Later::Help { round, instead_of } => help::draw(flow, focus, round, instead_of),
        Later::NewPassword => new_password::draw(flow, focus),
        Later::Task(task) => match task {
            frontdesk_protocol::Task::ChooseOrganization => organization::draw(flow, focus),
            frontdesk_protocol::Task::SetupMfa => set_up::draw(flow, focus),
            frontdesk_protocol::Task::ResetPassword => new_password::draw_task(flow, focus),
        },
        Later::Accounts => accounts::draw(flow, focus),
        Later::Landing(landing) => link::landing(flow, focus, landing),
        Later::Proof(..) | Later::Methods { .. } | Later::Done => skeleton(),
    }
}
