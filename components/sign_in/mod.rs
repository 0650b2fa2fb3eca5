//! Signing in: say who you are, prove it, go on.

mod begin;
mod cards;
mod done;
mod email_code;
mod identifier;
mod methods;
mod password;
mod step;
#[cfg(test)]
mod tests;

use frontdesk_client::Failure;
use frontdesk_protocol::{ErrorCode, SignIn as Attempt, SignInStatus, Strategy};
use leptos::prelude::*;

use crate::kit::{El, Finish, Form, Handle, Prop, Root, State, Target, identity, skeleton, switch};
use crate::provider::{Site, use_site};
pub use cards::{SignInCards, SignInSteps};
use step::{Chosen, Step};

/// Lets a person sign in.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `identity`, `identity-edit`, `main`, `alert`,
/// `form`, `field`, `label`, `input`, `password-toggle`, `code`, `hint`, `error`, `submit`, `spinner`,
/// `resend`, `button`, `link`, `back`, `footer`, `footer-text`, `footer-link`, `skeleton`. The root's
/// `data-step` is `loading`, `start`, `password`, `code`, `methods` or `done`.
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
        chosen: State::new(None),
        sign_up_url,
        target: Target::new(after_sign_in_url, true, |config| &config.after_sign_in_url),
        on_signed_in,
        steps,
        has_cards: State::new(steps.cards().is_some()),
    };
    flow.fetch_when_drawn();
    let step = State::derived(move || flow.step());
    let is_first = State::new(true);
    let cards = switch(move || {
        let step = step.get();
        Some(untrack(|| flow.draw(step, is_first)).into())
    });
    AnyView::from(
        root.draw(cards)
            .attr_when("data-step", move || Some(step.get().name().to_owned())),
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
    /// What the person chose instead of what comes next by itself.
    chosen: State<Option<Chosen>>,
    sign_up_url: Prop,
    target: Target,
    on_signed_in: Option<Finish>,
    steps: SignInSteps,
    /// Whether the cards after the first one are there.
    has_cards: State<bool>,
}

impl Flow {
    fn step(self) -> Step {
        if !self.site.is_loaded.get() {
            return Step::Loading;
        }
        let chosen = self.chosen.get();
        let now = self.site.now();
        let environment = self.site.environment.get();
        let client = self.site.client.get();
        let step = step::of(environment.as_deref(), client.as_deref(), chosen, now);
        if step.is_first() || self.has_cards.get() {
            step
        } else {
            Step::Loading
        }
    }

    fn draw(self, step: Step, is_first: State<bool>) -> El {
        self.form.turn_over();
        let focus = Handle::new();
        let card = match step {
            Step::Loading => return skeleton(),
            Step::Identifier => identifier::draw(self, focus),
            Step::Factor(_) | Step::Methods { .. } | Step::Done => match self.steps.cards() {
                Some(cards) => cards.draw(self, step, focus),
                None => return skeleton(),
            },
        };
        // A page that opens keeps its focus, but who was in the middle of it goes on there.
        let is_resumed = matches!(step, Step::Factor(_));
        if !is_first.get_untracked() || is_resumed {
            focus.focus_when_drawn();
        }
        is_first.set(false);
        card
    }

    /// The attempt under way, as far as the cards are concerned.
    fn attempt(self) -> Option<Attempt> {
        let now = self.site.now();
        self.site
            .of_client(|client| step::attempt(client, now).cloned())
    }

    /// Who the attempt is about, with a way back.
    fn identity(self) -> El {
        let site = self.site;
        let name = move || {
            site.of_client(|client| client.sign_in.as_ref()?.identifier.clone())
                .unwrap_or_default()
        };
        identity(
            name,
            frontdesk_locale::Text::sign_in_edit_identifier,
            move || {
                self.choose(Chosen::Identifier);
            },
        )
    }

    /// The link to the other ways to prove it, if there are any.
    fn other_way(self, instead_of: Strategy) -> Option<El> {
        let others = self.attempt()?.supported_first_factors;
        others
            .iter()
            .any(|factor| {
                factor.strategy != instead_of && methods::label(factor.strategy).is_some()
            })
            .then(|| {
                self.form.button(
                    "link",
                    frontdesk_locale::Text::action_other_way,
                    move || {
                        self.choose(Chosen::Methods { instead_of });
                    },
                )
            })
    }

    fn choose(self, chosen: Chosen) {
        self.form.forgive_all();
        self.chosen.set(Some(chosen));
    }

    /// Goes on from an answer.
    fn advance(self, answer: Result<Attempt, Failure>) -> Result<(), Failure> {
        if self.chosen.is_disposed() {
            return Ok(());
        }
        match answer {
            Ok(attempt) if attempt.status == SignInStatus::Complete => {
                self.target.reach(self.on_signed_in);
                Ok(())
            }
            Ok(_) => Ok(()),
            Err(failure) => {
                if is_lost(&failure) {
                    self.chosen.set(Some(Chosen::Identifier));
                }
                Err(failure)
            }
        }
    }
}

/// Whether there is no attempt any more that could be gone on with.
fn is_lost(failure: &Failure) -> bool {
    match failure {
        Failure::Refused(errors) => errors
            .iter()
            .any(|error| error.code == ErrorCode::AttemptNotFound),
        Failure::Unavailable { .. } | Failure::Offline => false,
    }
}
