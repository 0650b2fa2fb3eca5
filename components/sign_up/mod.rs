//! Signing up: a few details, a code, go on.

mod arrival;
mod code;
mod custom;
mod details;
mod done;
mod draft;
mod exists;
mod external;
mod fields;
mod legal;
mod link;
#[cfg(test)]
mod method_tests;
mod restricted;
mod send;
mod step;
mod task;
#[cfg(test)]
mod tests;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, SignUp as Attempt, SignUpStatus, Timestamp};
use leptos::prelude::*;

use crate::json::state;
use crate::kit::{
    Card, El, Finish, Form, Handle, Prop, Root, State, Target, effect, go, passing_on, skeleton,
    switch,
};
use crate::page;
use crate::provider::{Site, use_site};
use code::Sent;
use draft::Draft;
use step::{Chosen, Step};

/// Lets a person create an account.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `identity`, `identity-edit`, `main`, `alert`,
/// `form`, `row`, `field`, `label`, `input`, `password-toggle`, `code`, `hint`, `error`, `submit`,
/// `spinner`, `resend`, `button`, `link`, `social`, `avatar`, `divider`, `panel`, `countries`, `country`,
/// `footer`, `footer-text`, `footer-link`, `skeleton`. The root's `data-step` is `loading`, `start`,
/// `continue`, `code`, `link`, `phone-code`, `exists`, `landing`, `restricted`, `waitlist`, `task` or `done`.
#[component]
pub fn SignUp(
    /// Where the link to sign in leads; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Where it goes on afterwards.
    #[prop(into, optional)]
    after_sign_up_url: Prop,
    /// Fills the address in.
    #[prop(into, optional)]
    initial_email: String,
    /// Where the waiting list is; by default, where the settings say.
    #[prop(into, optional)]
    waitlist_url: Prop,
    /// Runs when somebody has signed up.
    #[prop(into, optional)]
    on_signed_up: Option<Finish>,
) -> impl IntoView {
    let root = Root::new("sign-up");
    let flow = Flow {
        site: use_site(),
        root,
        form: Form::new(),
        draft: Draft::new(initial_email),
        code: State::new(String::new()),
        chosen: State::new(None),
        by_phone: State::new(false),
        is_checking: State::new(false),
        is_arriving: State::new(false),
        ticket: State::new(arrival::ticket()),
        sign_in_url,
        waitlist_url,
        target: Target::new(after_sign_up_url, true, |config| &config.after_sign_up_url),
        on_signed_up,
    };
    if cfg!(target_arch = "wasm32") {
        let has_arrived = State::new(false);
        effect(move || {
            if flow.site.is_loaded.get() && !has_arrived.get_untracked() {
                has_arrived.set(true);
                untrack(|| arrival::arrive(flow));
            }
        });
    }
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
    draft: Draft,
    code: State<String>,
    /// What is to be seen instead of what comes next by itself.
    chosen: State<Option<Chosen>>,
    /// Whether a number is asked for where either that or an address will do.
    by_phone: State<bool>,
    /// Whether the browser works on what the server asked for first.
    is_checking: State<bool>,
    /// Whether what the page was opened for is under way.
    is_arriving: State<bool>,
    /// The page's ticket.
    ticket: State<Option<String>>,
    sign_in_url: Prop,
    waitlist_url: Prop,
    target: Target,
    on_signed_up: Option<Finish>,
}

impl Flow {
    fn step(self) -> Step {
        if !self.site.is_loaded.get() || self.is_arriving.get() {
            return Step::Loading;
        }
        let has_ticket = self.has_ticket();
        let chosen = self.chosen.get();
        let now = self.site.now();
        let environment = self.site.environment.get();
        let client = self.site.client.get();
        step::of(
            environment.as_deref(),
            client.as_deref(),
            chosen,
            has_ticket,
            now,
        )
    }

    fn draw(self, step: Step, is_first: State<bool>) -> El {
        self.form.turn_over();
        let focus = Handle::new();
        match step {
            Step::EmailCode | Step::EmailLink | Step::PhoneCode | Step::Exists(_) => {
                let back = Box::new(move || self.choose(Chosen::Details));
                page::follow_back(1, is_first.get_untracked(), back);
            }
            Step::Loading
            | Step::Details
            | Step::Continue
            | Step::Landing(_)
            | Step::Restricted
            | Step::Waitlist
            | Step::Task
            | Step::Done => {}
        }
        let card = match step {
            Step::Loading => return skeleton(),
            Step::Details => details::draw(self, focus),
            Step::Continue => details::draw_missing(self, focus),
            Step::EmailCode => code::draw(self, focus, Sent::Email),
            Step::EmailLink => link::draw(self, focus),
            Step::PhoneCode => code::draw(self, focus, Sent::Phone),
            Step::Exists(sent) => exists::draw(self, focus, sent),
            Step::Landing(landing) => link::landing(self, focus, landing),
            Step::Restricted => restricted::draw(self, focus),
            Step::Waitlist => restricted::draw_waitlist(self, focus),
            Step::Task => task::draw(self, focus),
            Step::Done => done::draw(self, focus),
        };
        // A page that opens keeps its focus, but who was in the middle of it goes on there.
        let is_resumed = matches!(step, Step::EmailCode | Step::EmailLink | Step::PhoneCode);
        if !is_first.get_untracked() || is_resumed {
            focus.focus_when_drawn();
        }
        is_first.set(false);
        card
    }

    /// The attempt under way, if it can be gone on with.
    fn attempt(self) -> Option<Attempt> {
        let now = self.site.now();
        self.site
            .of_client(|client| step::attempt(client, now).cloned())
    }

    fn has_ticket(self) -> bool {
        self.ticket.with(Option::is_some)
    }

    /// Whether people are known by an address or by a number, as they like.
    fn is_either(self) -> bool {
        !self.has_ticket() && self.site.of_environment(fields::is_either) == Some(true)
    }

    /// Fills in what the server has and nobody has typed since.
    fn recall(self, attempt: &Attempt) {
        self.draft.recall(attempt);
        if attempt.phone_number.is_some() && attempt.email_address.is_none() {
            self.by_phone.set(true);
        }
        let accepted: Option<Timestamp> = state(self.site, &["sign_up", "legal_accepted_at"]);
        if accepted.is_some() {
            self.draft.is_accepted.set(true);
        }
    }

    /// Where signing in is.
    fn sign_in_url(self) -> Option<String> {
        self.bare_sign_in_url().map(passing_on)
    }

    /// The same without what the page's own address passes on.
    fn bare_sign_in_url(self) -> Option<String> {
        let configured = self
            .site
            .of_environment(|it| it.display_config.sign_in_url.clone());
        self.sign_in_url
            .get()
            .or(configured)
            .filter(|url| !url.is_empty())
    }

    /// The card with a link to sign in below it.
    fn with_sign_in(self, card: Card) -> Card {
        card.footer(
            Text::sign_up_have_account,
            Text::action_sign_in,
            move || self.sign_in_url(),
        )
    }

    fn choose(self, chosen: Chosen) {
        self.form.forgive_all();
        page::rewind(0);
        self.chosen.set(Some(chosen));
    }

    /// Goes on from an answer.
    fn advance(self, answer: Result<Attempt, Failure>) -> Result<(), Failure> {
        if self.chosen.is_disposed() {
            return Ok(());
        }
        let attempt = answer.inspect_err(|failure| {
            if has_code(failure, ErrorCode::AttemptNotFound) {
                self.chosen.set(Some(Chosen::Details));
            }
        })?;
        if attempt.status == SignUpStatus::Complete {
            self.finish();
        }
        Ok(())
    }

    /// Goes to where a sign-up leads; if something is to be done first, to where that is done.
    fn finish(self) {
        let client = self.site.desk().client();
        if client.is_none_or(|client| client.pending_session().is_none()) {
            self.target.reach(self.on_signed_up);
        } else if let Some(url) = untrack(|| task::url(self)) {
            go(None, &url);
        }
    }
}

/// Whether the server refused for this reason.
fn has_code(failure: &Failure, code: ErrorCode) -> bool {
    match failure {
        Failure::Refused(errors) => errors.iter().any(|error| error.code == code),
        Failure::Unavailable { .. } | Failure::Offline => false,
    }
}
