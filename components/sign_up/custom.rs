//! Fields that the settings ask for beside the usual ones.

use std::cell::RefCell;
use std::collections::BTreeMap;

use frontdesk_locale::Text;
use frontdesk_protocol::{CustomField, ErrorCode};
use leptos::prelude::*;

use crate::json::{setting, write_text};
use crate::kit::{El, Form, Handle, Input, Problem, State, Words, el, say, words};
use crate::provider::Site;

/// What was answered, by the names of the fields; `true` for a box that is ticked.
pub type Answers = BTreeMap<String, String>;

const TICKED: &str = "true";

/// What a field is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Select,
    Checkbox,
}

impl Kind {
    fn of(field: &CustomField) -> Self {
        match field.kind.as_str() {
            "select" => Self::Select,
            "checkbox" => Self::Checkbox,
            _ => Self::Text,
        }
    }
}

/// The fields of the settings.
pub fn fields(site: Site) -> Vec<CustomField> {
    setting(site, &["user_settings", "sign_up", "custom_fields"]).unwrap_or_default()
}

/// What is required and was not answered.
pub fn problems(fields: &[CustomField], answers: State<Answers>) -> Vec<Problem> {
    answers.with_untracked(|answers| {
        fields
            .iter()
            .filter(|field| {
                let answer = answers.get(&field.name);
                field.required && answer.is_none_or(|it| it.trim().is_empty())
            })
            .map(|field| Problem::of(ErrorCode::FormParamNil, &field.name))
            .collect()
    })
}

/// What was answered, as an object.
pub fn json(fields: &[CustomField], answers: State<Answers>) -> String {
    let mut json = String::from("{");
    answers.with_untracked(|answers| {
        for field in fields {
            let answer = answers.get(&field.name).map_or("", |it| it.trim());
            let kind = Kind::of(field);
            if answer.is_empty() && kind != Kind::Checkbox {
                continue;
            }
            if json.len() > 1 {
                json.push(',');
            }
            write_text(&mut json, &field.name);
            json.push(':');
            match kind {
                Kind::Checkbox => json.push_str(if answer == TICKED { TICKED } else { "false" }),
                Kind::Text | Kind::Select => write_text(&mut json, answer),
            }
        }
    });
    json.push('}');
    json
}

/// Draws a field.
pub fn draw(form: Form, field: &CustomField, answers: State<Answers>) -> El {
    let name = known_for_good(&field.name);
    let label = field.label.clone();
    let label = Words::from(move |text: &Text| {
        let _ = text;
        label.clone()
    });
    let answer = answers.with_untracked(|it| it.get(name).cloned().unwrap_or_default());
    match Kind::of(field) {
        Kind::Text => {
            let typed = State::new(answer);
            // What is typed outlives the card.
            crate::kit::effect(move || keep(answers, name, typed.get()));
            let input = Input::new(name, label, typed);
            form.field(if field.required {
                input
            } else {
                input.optional()
            })
        }
        Kind::Select => select(form, name, label, field, answers),
        Kind::Checkbox => {
            form.own_field((name, "input"), say(label), None, Handle::new(), |input| {
                let mut input = input
                    .attr("type", "checkbox")
                    .flag("disabled", move || form.is_pending())
                    .on("change", move |event| {
                        let is = event_target_checked(&event);
                        keep(
                            answers,
                            name,
                            if is { TICKED.to_owned() } else { String::new() },
                        );
                        form.forgive(name);
                    });
                if answer == TICKED {
                    input = input.attr("checked", "");
                }
                el("div").attr("data-control", "").child(input)
            })
        }
    }
}

fn select(
    form: Form,
    name: &'static str,
    label: Words,
    field: &CustomField,
    answers: State<Answers>,
) -> El {
    let label = if field.required {
        label
    } else {
        words(move |text| text.field_optional(&label.say(text)))
    };
    let answer = answers.with_untracked(|it| it.get(name).cloned().unwrap_or_default());
    form.own_field(
        (name, "select"),
        say(label),
        None,
        Handle::new(),
        |select| {
            let mut select = select
                .flag("disabled", move || form.is_pending())
                .on("change", move |event| {
                    keep(answers, name, event_target_value(&event));
                    form.forgive(name);
                })
                .child(el("option").attr("value", "").say(Text::field_choose));
            if field.required {
                select = select.attr("required", "");
            }
            for option in &field.options {
                let shown = option.clone();
                let mut row = el("option").attr("value", option.clone());
                if *option == answer {
                    row = row.attr("selected", "");
                }
                select = select.child(row.text(move || shown.clone()));
            }
            el("div").attr("data-control", "").child(select)
        },
    )
}

fn keep(answers: State<Answers>, name: &str, answer: String) {
    answers.update(|answers| {
        answers.insert(name.to_owned(), answer);
    });
}

/// The name for as long as the page is there: names of fields come with the settings, and there are few.
fn known_for_good(name: &str) -> &'static str {
    thread_local! {
        static KNOWN: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.iter().find(|it| **it == name) {
            return *found;
        }
        let leaked: &'static str = Box::leak(name.to_owned().into_boxed_str());
        known.push(leaked);
        leaked
    })
}
