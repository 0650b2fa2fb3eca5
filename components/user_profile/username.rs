//! The section with the user name.

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, UpdateUser, Username, UsernameSettings};
use frontdesk_protocol::{ErrorMeta, json::Read as _};
use leptos::prelude::*;

use super::details::is_used;
use super::disclosure::Disclosure;
use super::section;
use crate::json::setting;
use crate::kit::{El, Form, Handle, Input, Problem, Root, State, el, part, words};
use crate::provider::{Site, use_site};

/// The name, and the way to another one.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    if !is_used(site, "username") {
        return None;
    }
    let change = Change {
        site,
        root,
        form: Form::new(),
        changing: Disclosure::new(),
        typed: State::new(String::new()),
    };
    let state = move |text: &Text| {
        let name = change.name();
        name.unwrap_or_else(|| text.user_profile_no_username())
    };
    let label = move |text: &Text| match change.name() {
        Some(_) => text.user_profile_change_username(),
        None => text.user_profile_set_username(),
    };
    let opening = move || {
        change.form.forgive_all();
        let name = untrack(|| change.name());
        change.typed.set(name.unwrap_or_default());
    };
    let row = part("row")
        .child(el("span").say(state))
        .child(change.changing.trigger("change-username", label, opening));
    let section = section("username", Text::user_profile_username)
        .child(row)
        .child(change.changing.panel(move || change.panel()));
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Change {
    site: Site,
    root: Root,
    form: Form,
    changing: Disclosure,
    typed: State<String>,
}

impl Change {
    fn name(self) -> Option<String> {
        self.site
            .of_client(|client| client.active_session()?.user.username.clone())
            .filter(|name| !name.is_empty())
    }

    fn settings(self) -> UsernameSettings {
        untrack(|| setting(self.site, &["user_settings", "username_settings"])).unwrap_or(
            UsernameSettings {
                max_length: u32::MAX,
                ..UsernameSettings::BLANK
            },
        )
    }

    fn panel(self) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let settings = self.settings();
        let input = Input::new("username", Text::field_username, self.typed)
            .autocomplete("username")
            .hint(words(move |text| {
                text.field_username_hint(settings.max_length, settings.min_length)
            }))
            .keep(focus);
        form.draw(move || self.submit())
            .child(form.alert())
            .child(form.field(input))
            .child(
                part("row")
                    .child(form.submit(Text::action_save))
                    .child(form.button("button", Text::action_cancel, move || {
                        self.changing.close();
                    })),
            )
    }

    fn submit(self) {
        let typed = self.typed.get_untracked();
        let settings = self.settings();
        let name = match Username::parse(&typed, &settings) {
            Ok(name) => name,
            Err(code) => return self.form.refuse(vec![problem(code, &settings)]),
        };
        let command = UpdateUser {
            username: Some(name.into()),
            ..UpdateUser::default()
        };
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            desk.update_me(&command).await?;
            self.changing.close();
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}

fn problem(code: ErrorCode, settings: &UsernameSettings) -> Problem {
    let meta = ErrorMeta {
        min_length: Some(settings.min_length),
        max_length: Some(settings.max_length),
        ..ErrorMeta::param("username")
    };
    Problem::about(code, meta)
}
