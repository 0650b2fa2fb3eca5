//! Signing in: say who you are, prove it, go on.
//!
//! The first card stands alone, so that a browser downloads little for it; all the others, and what
//! its buttons do, are behind [`SignInCards`].

mod accounts;
mod around;
mod arrival;
mod backup_code;
mod begin;
#[cfg(test)]
mod card_tests;
mod cards;
mod code;
mod done;
mod flow;
mod help;
mod identifier;
mod leave;
mod link;
mod methods;
mod new_password;
mod organization;
mod others;
mod passkey;
mod password;
mod provider;
mod rest;
mod set_up;
mod set_up_app;
mod set_up_phone;
mod step;
#[cfg(test)]
mod task_tests;
#[cfg(test)]
mod tests;

use frontdesk_protocol::{SignIn as Attempt, VerificationStatus};
use leptos::prelude::*;

use crate::kit::{El, Finish, Form, Handle, Prop, Root, State, Target, skeleton, switch};
use crate::provider::{Site, use_site};
pub use cards::{SignInCards, SignInSteps};
pub use rest::SignInRest;
use step::{Later, Step};

/// Lets a person sign in, by every way that the settings offer.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `identity`, `identity-edit`, `notice`, `main`,
/// `alert`, `others`, `social`, `avatar`, `badge`, `divider`, `form`, `field`, `label`, `input`,
/// `password-toggle`, `code`, `hint`, `error`, `submit`, `spinner`, `resend`, `button`, `link`, `back`,
/// `accounts`, `organizations`, `secret`, `backup-codes`, `footer`, `footer-text`, `footer-link`, `skeleton`.
///
/// The root's `data-step` is `loading`, `start`; `password`, `code`, `link`, `passkey`, `totp` or
/// `backup-code` for a proof; `methods` and `help` for other ways; `reset` and `new-password` for
/// whoever forgot theirs; `accounts` where several are signed in; `choose-organization`, `setup-mfa`
/// or `reset-password` for what is to be done first; `landing` for a link; or `done`. The input of the
/// first card has `data-kind`: `email`, `phone` or `text`.
#[component]
pub fn SignIn(
    /// Where the link to sign up leads; by default, where the settings say.
    #[prop(into, optional)]
    sign_up_url: Prop,
    /// Where it goes on afterwards.
    #[prop(into, optional)]
    after_sign_in_url: Prop,
    /// Fills the address in.
    #[prop(into, optional)]
    initial_email: String,
    /// Runs when somebody has signed in.
    #[prop(into, optional)]
    on_signed_in: Option<Finish>,
    /// Where the cards after the first one come from; by default, they are there.
    #[prop(default = SignInSteps::Here(SignInCards::ALL))]
    steps: SignInSteps,
) -> impl IntoView {
    let root = Root::new("sign-in");
    let flow = Flow {
        site: use_site(),
        root,
        form: Form::first(),
        identifier: State::new(initial_email),
        password: State::new(String::new()),
        code: State::new(String::new()),
        trusts: State::new(false),
        chosen: State::new(None),
        sign_up_url,
        target: Target::new(after_sign_in_url, true, |config| &config.after_sign_in_url),
        on_signed_in,
        steps,
        has_cards: State::new(steps.cards().is_some()),
        has_arrived: State::new(false),
        is_first: State::new(true),
    };
    flow.fetch_when_drawn();
    let step = State::derived(move || flow.step());
    let cards = switch(move || {
        let step = step.get();
        Some(untrack(|| flow.draw(step)).into())
    });
    AnyView::from(
        root.draw(cards)
            .attr_when("data-step", move || Some(flow.name(step.get()).to_owned())),
    )
}

/// What all cards share; copies are the same thing.
#[derive(Clone, Copy)]
struct Flow {
    site: Site,
    root: Root,
    form: Form,
    identifier: State<String>,
    password: State<String>,
    code: State<String>,
    /// Whether this browser is to be spared a second proof for a while.
    trusts: State<bool>,
    /// What the person chose instead of what comes next by itself.
    chosen: State<Option<Step>>,
    sign_up_url: Prop,
    target: Target,
    on_signed_in: Option<Finish>,
    steps: SignInSteps,
    /// Whether the cards after the first one are there.
    has_cards: State<bool>,
    /// Whether what the page's address says was heeded.
    has_arrived: State<bool>,
    /// Whether no card was drawn yet.
    is_first: State<bool>,
}

impl Flow {
    fn step(self) -> Step {
        if !self.site.is_loaded.get() {
            return Step::Loading;
        }
        match self.present_cards() {
            Some(cards) => cards.step(self),
            None if self.is_new() => Step::Identifier,
            None => Step::Loading,
        }
    }

    /// The cards, once they are there.
    fn present_cards(self) -> Option<SignInCards> {
        // Followed before they are there, too.
        let has_cards = self.has_cards.get();
        self.steps.cards().filter(|_| has_cards)
    }

    /// Whether nothing was begun here that the cards must look at first.
    fn is_new(self) -> bool {
        let is_begun = self.site.of_client(|client| {
            let attempt = client.sign_in.as_ref().filter(|it| is_telling(it));
            (attempt.is_some() || !client.sessions.is_empty()).then_some(())
        });
        is_begun.is_none()
    }

    fn name(self, step: Step) -> &'static str {
        match (step, self.steps.cards()) {
            (Step::Identifier, _) => "start",
            (Step::Later(later), Some(cards)) => cards.name(later),
            (Step::Loading | Step::Later(_), _) => "loading",
        }
    }

    fn draw(self, step: Step) -> El {
        self.form.turn_over();
        let focus = Handle::new();
        let card = match (step, self.steps.cards()) {
            (Step::Identifier, _) => identifier::draw(self, focus),
            (Step::Later(later), Some(cards)) => cards.draw(self, later, focus),
            (Step::Loading | Step::Later(_), _) => return skeleton(),
        };
        // A page that opens keeps its focus, but who was in the middle of it goes on there.
        let is_resumed = matches!(step, Step::Later(Later::Proof(..)));
        if !self.is_first.get_untracked() || is_resumed {
            focus.focus_when_drawn();
        }
        self.is_first.set(false);
        card
    }
}

/// Whether there is more to say of an attempt than that somebody has come: passkeys that the field
/// offers are one, too.
fn is_telling(attempt: &Attempt) -> bool {
    let verification = attempt.first_factor_verification.as_ref();
    let is_told = verification
        .is_some_and(|it| it.status == VerificationStatus::Transferable || it.error.is_some());
    attempt.identifier.is_some() || is_told
}
