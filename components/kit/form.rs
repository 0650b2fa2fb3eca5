//! A form: what is sent, what is waited for, and what was refused.

use std::time::Duration;

use frontdesk_client::{Failure, Frontdesk, Task};
use frontdesk_protocol::ErrorCode;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Element;

use crate::kit::handle::{focus, focused, is_free};
use crate::kit::root::{Live, next_number};
use crate::kit::{El, Handle, Problem, State, Words, el, part, when_drawn, words};
use crate::provider::use_site;

/// Long enough for a quick answer to come without a flicker.
const SPINNER_AFTER: Duration = Duration::from_millis(300);
/// The number of the button that submits.
const SUBMIT: u32 = u32::MAX;

/// A form; copies are the same one.
#[derive(Clone, Copy)]
pub struct Form {
    desk: State<Frontdesk>,
    live: Live,
    pending: State<bool>,
    /// The number of the button with a spinner.
    slow: State<u32>,
    problems: State<Vec<Problem>>,
    /// The number of the button that was pressed.
    pressed: State<u32>,
    /// Counts what was sent, so that what is answered late is known to be late.
    turn: State<u32>,
    fields: State<Vec<Known>>,
}

#[derive(Clone, Copy)]
struct Known {
    name: &'static str,
    handle: Handle,
    value: Option<State<String>>,
}

impl Form {
    /// A form of the widget whose root was made before.
    pub fn new() -> Self {
        Problem::learn_all();
        Self::first()
    }

    /// The same where nothing but an empty field can be refused, until [`Problem::learn_all`] is called.
    pub fn first() -> Self {
        let site = use_site();
        Self {
            desk: site.desk,
            live: site.live,
            pending: State::new(false),
            slow: State::new(0),
            problems: State::new(Vec::new()),
            pressed: State::new(0),
            turn: State::new(0),
            fields: State::new(Vec::new()),
        }
    }

    /// Whether an answer is waited for.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// Whether an answer to what was typed is waited for.
    pub(super) fn is_submitting(self) -> bool {
        self.pending.get() && self.pressed.get_untracked() == SUBMIT
    }

    /// The form's element; `submit` runs on Enter and on the button, and not while an answer is waited for.
    pub fn draw(self, submit: impl Fn() + 'static) -> El {
        el("form")
            .part("form")
            .attr("novalidate", "")
            .truth("aria-busy", move || self.pending.get())
            .on("submit", move |event| {
                event.prevent_default();
                self.press(SUBMIT, &submit);
            })
    }

    /// The button that submits.
    pub fn submit(self, label: impl Into<Words>) -> El {
        let button = el("button").part("submit").attr("type", "submit");
        self.waiting(button, SUBMIT, || false).say(label)
    }

    /// Another button: part `button`, `link`, `back`, …; disabled while an answer is waited for.
    pub fn button(
        self,
        name: &'static str,
        label: impl Into<Words>,
        action: impl Fn() + 'static,
    ) -> El {
        self.button_unless(name, || false, label, action)
    }

    /// A button that is disabled while `is_off` holds, too.
    pub(super) fn button_unless(
        self,
        name: &'static str,
        is_off: impl Fn() -> bool + Send + 'static,
        label: impl Into<Words>,
        action: impl Fn() + 'static,
    ) -> El {
        let number = next_number();
        let button = el("button")
            .part(name)
            .attr("type", "button")
            .on("click", move |_| self.press(number, &action));
        self.waiting(button, number, is_off).say(label)
    }

    fn waiting(self, button: El, number: u32, is_off: impl Fn() -> bool + Send + 'static) -> El {
        let slow = self.slow;
        button
            .flag("disabled", move || self.pending.get() || is_off())
            .child_when(move || {
                (slow.get() == number)
                    .then(|| el("span").part("spinner").attr("aria-hidden", "true"))
            })
    }

    /// Runs `action` as if the button that submits were pressed.
    pub(super) fn press_submit(self, action: &dyn Fn()) {
        self.press(SUBMIT, action);
    }

    fn press(self, number: u32, action: &dyn Fn()) {
        if self.pending.get_untracked() {
            return;
        }
        self.pressed.set(number);
        action();
    }

    /// What belongs to no field, if anything.
    pub fn alert(self) -> AnyView {
        crate::kit::switch(move || {
            let problem = self.problems.with(|problems| {
                problems
                    .iter()
                    .find(|problem| !self.has_field(problem))
                    .cloned()
            })?;
            let alert = part("alert").attr("role", "alert");
            Some(alert.say(words(move |text| problem.say(text))).into())
        })
    }

    /// Forgets the fields, for another card of the same form; what was refused stays to be shown there.
    pub fn turn_over(self) {
        self.fields.set(Vec::new());
    }

    /// Forgets what was refused.
    pub fn forgive_all(self) {
        if self
            .problems
            .with_untracked(|problems| !problems.is_empty())
        {
            self.problems.set(Vec::new());
        }
        self.live.set(None);
    }

    /// Forgets what was refused of a field: somebody is busy mending it.
    pub fn forgive(self, name: &str) {
        let is_of = |problem: &Problem| problem.field() == Some(name);
        if self.problems.with_untracked(|all| all.iter().any(is_of)) {
            self.problems.update(|all| all.retain(|it| !is_of(it)));
        }
    }

    /// Shows what is wrong, and moves the focus to the first field that has to do with it.
    pub fn refuse(self, problems: Vec<Problem>) {
        let mut wrong = None;
        for known in self.fields.get_untracked() {
            let Some(problem) = problems.iter().find(|it| it.field() == Some(known.name)) else {
                continue;
            };
            // A code that was refused is of no use any more; whatever else was typed can be mended.
            if let ("code", Some(value)) = (known.name, known.value)
                && problem.code() != Some(ErrorCode::FormParamFormatInvalid)
            {
                value.set(String::new());
            }
            if wrong.is_none() {
                wrong = Some((known, problem.clone()));
            }
        }
        self.problems.set(problems);
        if let Some((known, problem)) = wrong {
            known.handle.focus();
            let said = words(move |text| problem.say(text));
            self.live.set(Some(said));
        }
    }

    /// Does `work` with the form disabled, and shows what goes wrong.
    ///
    /// Nobody waits for it any more once the form's owner is gone.
    pub fn send(self, work: Task<Result<(), Failure>>) {
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        self.forgive_all();
        self.pending.set(true);
        let busy = focused();
        let is_current = move || self.turn.try_get_untracked() == Some(turn);
        set_timeout(
            move || {
                if is_current() && self.pending.get_untracked() {
                    self.slow.set(self.pressed.get_untracked());
                }
            },
            SPINNER_AFTER,
        );
        spawn_local(async move {
            let outcome = work.await;
            if is_current() {
                self.land(outcome, busy);
            }
        });
    }

    fn land(self, outcome: Result<(), Failure>, busy: Option<Element>) {
        self.pending.set(false);
        self.slow.set(0);
        self.pressed.set(0);
        // A button loses the focus by being disabled, and gets it back unless something else has it by then.
        if let Some(busy) = busy {
            when_drawn(move || {
                if focused().is_none_or(|it| it.tag_name() == "BODY") && is_free(&busy) {
                    focus(&busy);
                }
            });
        }
        let Err(failure) = outcome else {
            return;
        };
        let problems = Problem::all(failure);
        // Another tab was faster.
        if problems
            .iter()
            .any(|it| it.code() == Some(ErrorCode::SessionExists))
        {
            let desk = self.desk.get_untracked();
            spawn_local(async move { drop(desk.reload().await) });
        }
        self.refuse(problems);
    }

    pub(super) fn know(self, name: &'static str, handle: Handle, value: Option<State<String>>) {
        let known = Known {
            name,
            handle,
            value,
        };
        self.fields.update(|fields| fields.push(known));
    }

    /// Moves the focus to the first field.
    pub(super) fn focus_first(self) {
        if let Some(first) = self.fields.get_untracked().first() {
            first.handle.focus();
        }
    }

    pub(super) fn problem_of(self, name: &str) -> Option<Problem> {
        self.problems.with(|problems| {
            problems
                .iter()
                .find(|problem| problem.field() == Some(name))
                .cloned()
        })
    }

    fn has_field(self, problem: &Problem) -> bool {
        problem.field().is_some_and(|name| {
            self.fields
                .with_untracked(|fields| fields.iter().any(|known| known.name == name))
        })
    }
}
