//! Fields: a label, an input, a hint, and what is wrong with it.

use frontdesk_locale::Text;
use leptos::prelude::*;
use web_sys::Event;

use crate::kit::root::next_number;
use crate::kit::{El, Form, Handle, State, Words, el, part, say, words};

/// What a field is; `new` and then as needed.
pub struct Input {
    name: &'static str,
    label: Words,
    value: State<String>,
    kind: &'static str,
    autocomplete: &'static str,
    hint: Option<Words>,
    is_optional: bool,
    handle: Handle,
}

impl Input {
    /// A field for plain text.
    pub fn new(name: &'static str, label: impl Into<Words>, value: State<String>) -> Self {
        Self {
            name,
            label: label.into(),
            value,
            kind: "text",
            autocomplete: "off",
            hint: None,
            is_optional: false,
            handle: Handle::new(),
        }
    }

    /// The input's `type`, where it is not `text`.
    #[must_use]
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// What a browser may fill in.
    #[must_use]
    pub fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    /// A sentence that helps.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says in the label that it may stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        let label = self.label;
        self.label = words(move |text| text.field_optional(&label.say(text)));
        self.is_optional = true;
        self
    }

    /// Lets `handle` reach the input.
    #[must_use]
    pub fn keep(mut self, handle: Handle) -> Self {
        self.handle = handle;
        self
    }
}

/// The id of a part of a field: unique on the page, the same for as long as the field is there.
pub fn id(number: u32, name: &str, suffix: &str) -> String {
    let mut id = String::from("fd-");
    // Last figure first: what formats numbers properly would cost more than all of this.
    let mut rest = number;
    while let Some(figure) = char::from_digit(rest % 36, 36).filter(|_| rest > 0) {
        id.push(figure);
        rest /= 36;
    }
    for part in ["-", name, suffix] {
        id.push_str(part);
    }
    id
}

impl Form {
    /// A field. Where its `type` is `password`, it has a button that shows what is typed.
    pub fn field(self, input: Input) -> El {
        let number = next_number();
        let Input {
            name,
            label,
            value,
            kind,
            autocomplete,
            hint,
            is_optional,
            handle,
        } = input;
        self.know(name, handle, Some(value));
        let is_shown = State::new(false);
        let is_email = kind == "email" || name == "identifier";
        let is_secret = kind == "password";
        let mut control = self
            .control(number, name, hint.is_some())
            .keep(handle)
            .attr_when("type", move || {
                let kind = if is_secret && is_shown.get() {
                    "text"
                } else {
                    kind
                };
                Some(kind.to_owned())
            })
            .attr("autocomplete", autocomplete)
            .flag("readonly", move || self.is_pending())
            .value(value)
            .on("input", move |event| self.typed(name, value, &event));
        if is_email {
            control = control.attr("inputmode", "email");
        }
        if is_email || is_secret || name == "username" {
            control = control
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false");
        }
        if !is_optional {
            control = control.attr("required", "");
        }
        // What a page shows before its script runs.
        if cfg!(feature = "ssr") && !is_secret {
            control = control.attr("value", value.get_untracked());
        }
        let control = el("div").attr("data-control", "").child(control);
        let toggle = is_secret.then(|| toggle(is_shown));
        self.frame(number, name, label, control.maybe(toggle), hint)
    }

    /// A box to tick.
    pub fn checkbox(self, name: &'static str, label: impl Into<Words>, is: State<bool>) -> El {
        let number = next_number();
        let control = self
            .control(number, name, false)
            .attr("type", "checkbox")
            .flag("checked", move || is.get())
            .flag("disabled", move || self.is_pending())
            .on("change", move |event| is.set(event_target_checked(&event)));
        let control = el("div").attr("data-control", "").child(control);
        self.frame(number, name, label.into(), control, None)
    }

    /// A field with another control than one input: `finish` gets the element `tag`, tied to its label,
    /// hint and error, and gives back what is between them.
    pub fn own_field(
        self,
        (name, tag): (&'static str, &'static str),
        label: impl Into<AnyView>,
        hint: Option<Words>,
        handle: Handle,
        finish: impl FnOnce(El) -> El,
    ) -> El {
        let number = next_number();
        self.know(name, handle, None);
        let control = self.control_of(tag, number, name, hint.is_some());
        let control = finish(control.keep(handle));
        self.frame_with(number, name, label.into(), control, hint)
    }

    /// The input itself, tied to its label, hint and error.
    pub(super) fn control(self, number: u32, name: &'static str, has_hint: bool) -> El {
        self.control_of("input", number, name, has_hint)
    }

    fn control_of(self, tag: &'static str, number: u32, name: &'static str, has_hint: bool) -> El {
        el(tag)
            .part("input")
            .attr("id", id(number, name, ""))
            .attr("name", name)
            .attr_when("aria-invalid", move || {
                self.problem_of(name).map(|_| "true".to_owned())
            })
            .attr_when("aria-describedby", move || {
                let mut ids = String::new();
                if has_hint {
                    ids.push_str(&id(number, name, "-hint"));
                }
                if self.problem_of(name).is_some() {
                    if has_hint {
                        ids.push(' ');
                    }
                    ids.push_str(&id(number, name, "-error"));
                }
                (!ids.is_empty()).then_some(ids)
            })
    }

    /// Label, control, hint and error.
    pub(super) fn frame(
        self,
        number: u32,
        name: &'static str,
        label: Words,
        control: El,
        hint: Option<Words>,
    ) -> El {
        self.frame_with(number, name, say(label), control, hint)
    }

    fn frame_with(
        self,
        number: u32,
        name: &'static str,
        label: AnyView,
        control: El,
        hint: Option<Words>,
    ) -> El {
        let hint = hint.map(|hint| {
            el("p")
                .part("hint")
                .attr("id", id(number, name, "-hint"))
                .say(hint)
        });
        part("field")
            .attr("data-field", name)
            .flag("data-invalid", move || self.problem_of(name).is_some())
            .child(
                el("label")
                    .part("label")
                    .attr("for", id(number, name, ""))
                    .child(label),
            )
            .child(control)
            .maybe(hint)
            .child_when(move || {
                let problem = self.problem_of(name)?;
                let error = el("p").part("error").attr("id", id(number, name, "-error"));
                Some(error.say(words(move |text| problem.say(text))))
            })
    }

    fn typed(self, name: &str, value: State<String>, event: &Event) {
        value.set(event_target_value(event));
        self.forgive(name);
    }
}

fn toggle(is_shown: State<bool>) -> El {
    let label = move |text: &Text| {
        if is_shown.get() {
            text.action_hide_password()
        } else {
            text.action_show_password()
        }
    };
    el("button")
        .part("password-toggle")
        .attr("type", "button")
        .attr_words("aria-label", label)
        .truth("aria-pressed", move || is_shown.get())
        .on("click", move |_| is_shown.update(|is| *is = !*is))
}
