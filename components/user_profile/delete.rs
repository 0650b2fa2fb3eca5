//! The section in which somebody deletes the account, by typing that they mean it.

use frontdesk_locale::Text;
use frontdesk_protocol::ErrorCode;
use leptos::prelude::*;

use super::details::details;
use super::disclosure::Disclosure;
use super::section;
use crate::kit::{El, Form, Handle, Input, Problem, State, el, part, words};
use crate::provider::{Site, use_site};

const FIELD: &str = "confirmation";

/// The way out for good, where the settings and the app let the person.
pub(super) fn draw() -> Option<AnyView> {
    let site = use_site();
    let may = untrack(|| details(site)).is_some_and(|it| it.delete_self_enabled);
    if !may {
        return None;
    }
    let closing = Closing {
        site,
        form: Form::new(),
        opened: Disclosure::new(),
        typed: State::new(String::new()),
    };
    let trigger = closing
        .opened
        .trigger("delete-account", Text::user_profile_delete, move || {
            closing.form.forgive_all();
            closing.typed.set(String::new());
        });
    let section = section("delete", Text::user_profile_delete)
        .child(part("row").child(trigger))
        .child(closing.opened.panel(move || closing.panel()));
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Closing {
    site: Site,
    form: Form,
    opened: Disclosure,
    typed: State<String>,
}

impl Closing {
    fn panel(self) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let label = words(|text| text.user_profile_delete_label(&text.user_profile_delete()));
        form.draw(move || self.submit())
            .child(el("p").part("subtitle").say(Text::user_profile_delete_hint))
            .child(form.alert())
            .child(form.field(Input::new(FIELD, label, self.typed).keep(focus)))
            .child(
                part("row")
                    .child(
                        form.submit(Text::user_profile_delete)
                            .attr("data-action", "delete"),
                    )
                    .child(form.button("button", Text::action_cancel, move || {
                        self.opened.close();
                    })),
            )
    }

    fn submit(self) {
        let phrase = self.site.text.with_untracked(Text::user_profile_delete);
        let is_meant = same(&self.typed.get_untracked(), &phrase);
        if !is_meant {
            let problem = Problem::of(ErrorCode::FormParamValueInvalid, FIELD);
            return self.form.refuse(vec![problem]);
        }
        let desk = self.site.desk();
        self.form
            .send(Box::pin(async move { desk.delete_me().await.map(drop) }));
    }
}

/// Whether somebody typed the phrase; capitals and spaces around it say nothing of what is meant.
fn same(typed: &str, phrase: &str) -> bool {
    typed.trim().to_lowercase() == phrase.to_lowercase()
}
