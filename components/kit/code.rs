//! A field for a code of six digits, and the button that asks for a new one.

use std::time::Duration;

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, Timestamp};
use leptos::prelude::*;

use crate::kit::root::next_number;
use crate::kit::{El, Form, Handle, Problem, State, Words, effect, el, part};
use crate::provider::use_site;

const LENGTH: usize = 6;
const TICK: Duration = Duration::from_millis(500);

impl Form {
    /// A field for a code: one input under six slots, which runs `on_full` by itself at the sixth digit.
    pub fn code(self, handle: Handle, value: State<String>, on_full: impl Fn() + 'static) -> El {
        let name = "code";
        let number = next_number();
        self.know(name, handle, Some(value));
        // What is full while something else is waited for is sent after that.
        let is_ready = State::new(false);
        effect(move || {
            if is_ready.get() && !self.is_pending() {
                is_ready.set(false);
                untrack(|| self.press_submit(&on_full));
            }
        });
        let control = self
            .control(number, name, true)
            .keep(handle)
            .attr("type", "text")
            .attr("inputmode", "numeric")
            .attr("autocomplete", "one-time-code")
            .attr("pattern", "[0-9]*")
            .attr("required", "")
            // Who types while a code is only being asked for loses nothing.
            .flag("readonly", move || self.is_submitting())
            .value(value)
            .on("input", move |_| {
                let Some(input) = handle.typed() else {
                    return;
                };
                let typed = input.value();
                let digits = digits(&typed);
                if digits != typed {
                    input.set_value(&digits);
                }
                let is_full = digits.len() == LENGTH;
                if value.with_untracked(|value| *value == digits) {
                    return;
                }
                value.set(digits);
                self.forgive(name);
                is_ready.set(is_full);
            });
        let mut code = part("code").attr("data-length", "6").child(control);
        for place in 0..LENGTH {
            code = code.child(slot(place, value));
        }
        self.frame(
            number,
            name,
            Words::from(Text::field_code),
            code,
            Some(Words::from(Text::field_code_hint)),
        )
    }

    /// The code in a field, once all of it is there; what is missing is said without asking the server.
    pub fn whole_code(self, value: State<String>) -> Option<String> {
        let code = value.get_untracked();
        let problem = match code.len() {
            LENGTH => return Some(code),
            0 => ErrorCode::FormParamNil,
            _ => ErrorCode::FormParamFormatInvalid,
        };
        self.refuse(vec![Problem::of(problem, "code")]);
        None
    }

    /// The button that asks for a new code, which counts down to `resend_at` before that.
    pub fn resend(
        self,
        resend_at: impl Fn() -> Option<Timestamp> + Copy + Send + Sync + 'static,
        action: impl Fn() + 'static,
    ) -> El {
        let label = |text: &Text, seconds| match seconds {
            0 => text.action_resend(),
            seconds => text.action_resend_in(seconds),
        };
        self.resend_as(label, resend_at, action)
    }

    /// The same for something else than a code: `label` says what, and in how many seconds.
    pub fn resend_as(
        self,
        label: fn(&Text, u32) -> String,
        resend_at: impl Fn() -> Option<Timestamp> + Copy + Send + Sync + 'static,
        action: impl Fn() + 'static,
    ) -> El {
        let site = use_site();
        let waiting_s = State::new(0);
        let count = move || {
            let left_ms = resend_at().map_or(0, |at| at.0 - site.now().0);
            let seconds = u32::try_from((left_ms + 999) / 1000).unwrap_or(0);
            if waiting_s.try_get_untracked() != Some(seconds) {
                waiting_s.set(seconds);
            }
        };
        untrack(count);
        effect(count);
        tick(move || untrack(count));
        let label = move |text: &Text| label(text, waiting_s.get());
        let pressed = move || {
            // The button is disabled once that has been done, and cannot have the focus then.
            self.focus_first();
            action();
        };
        self.button_unless("resend", move || waiting_s.get() > 0, label, pressed)
    }
}

/// Runs `run` twice a second until the current owner ends.
fn tick(run: impl Fn() + 'static) {
    if cfg!(target_arch = "wasm32")
        && let Ok(ticking) = set_interval_with_handle(run, TICK)
    {
        on_cleanup(move || ticking.clear());
    }
}

fn slot(place: usize, value: State<String>) -> El {
    el("span")
        .attr("data-slot", "")
        .attr("aria-hidden", "true")
        .flag("data-filled", move || {
            value.with(|value| value.len() > place)
        })
        .flag("data-active", move || {
            value.with(|value| value.len().min(LENGTH - 1) == place)
        })
        .text(move || value.with(|value| value.get(place..=place).unwrap_or_default().to_owned()))
}

/// The digits of a text as ASCII, six at the most; Arabic and Persian ones count too.
fn digits(text: &str) -> String {
    text.chars()
        .filter_map(|letter| match letter {
            '0'..='9' => Some(letter),
            '٠'..='٩' => ascii(letter, '٠'),
            '۰'..='۹' => ascii(letter, '۰'),
            _ => None,
        })
        .take(LENGTH)
        .collect()
}

fn ascii(digit: char, zero: char) -> Option<char> {
    char::from_digit(u32::from(digit) - u32::from(zero), 10)
}
