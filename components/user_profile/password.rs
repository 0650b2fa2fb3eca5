//! The section with the password.

use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{ChangePassword, ErrorCode, Password, PasswordSettings, Secret};
use leptos::prelude::*;

use super::disclosure::Disclosure;
use super::{done, section};
use crate::kit::{El, Form, Handle, Input, Problem, Root, State, el, part, words};
use crate::provider::{Site, use_site};
use crate::strength::strength;

/// Whether there is a password, and the way to another one.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    let is_used = untrack(|| {
        site.of_environment(|environment| environment.user_settings.attributes.password.enabled)
    })?;
    if !is_used {
        return None;
    }
    let change = Change {
        site,
        root,
        form: Form::new(),
        changing: Disclosure::new(),
        current: State::new(String::new()),
        new: State::new(String::new()),
        signs_out_others: State::new(true),
        was_changed: State::new(false),
    };
    let state = move |text: &Text| {
        if change.has_password() {
            text.user_profile_password_set()
        } else {
            text.user_profile_password_unset()
        }
    };
    let label = move |text: &Text| {
        if change.has_password() {
            text.user_profile_change_password()
        } else {
            text.user_profile_set_password()
        }
    };
    let opening = move || {
        change.form.forgive_all();
        change.was_changed.set(false);
    };
    let row = part("row")
        .child(el("span").say(state))
        .child(change.changing.trigger("change-password", label, opening));
    let section: El = section("password", Text::user_profile_password)
        .child(row)
        .child(change.changing.panel(move || change.panel()))
        .child_when(move || {
            let was_changed = change.was_changed.get();
            was_changed.then(|| done(Text::user_profile_password_changed))
        });
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Change {
    site: Site,
    root: Root,
    form: Form,
    changing: Disclosure,
    current: State<String>,
    new: State<String>,
    signs_out_others: State<bool>,
    was_changed: State<bool>,
}

impl Change {
    fn has_password(self) -> bool {
        self.site
            .of_client(|client| Some(client.active_session()?.user.password_enabled))
            .unwrap_or(false)
    }

    fn settings(self) -> PasswordSettings {
        untrack(|| {
            self.site
                .of_environment(|environment| environment.user_settings.password_settings.clone())
        })
        .unwrap_or(PasswordSettings {
            max_length: u32::MAX,
            ..PasswordSettings::BLANK
        })
    }

    fn panel(self) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let has_password = self.has_password();
        let current = has_password.then(|| {
            let input = Input::new(
                "current_password",
                Text::field_current_password,
                self.current,
            )
            .kind("password")
            .autocomplete("current-password");
            form.field(input.keep(focus))
        });
        let fewest = self.settings().min_length;
        let new = Input::new("new_password", Text::field_new_password, self.new)
            .kind("password")
            .autocomplete("new-password")
            .hint(words(move |text| text.field_password_hint(fewest)));
        let new = if has_password { new } else { new.keep(focus) };
        form.draw(move || self.submit())
            .child(form.alert())
            .child(self.username())
            .maybe(current)
            .child(form.field(new))
            .child(strength(self.site, self.new, self.address()))
            .child(form.checkbox(
                "sign_out_of_other_sessions",
                Text::user_profile_sign_out_others,
                self.signs_out_others,
            ))
            .child(
                part("row")
                    .child(form.submit(Text::action_save))
                    .child(form.button("button", Text::action_cancel, move || self.cancel())),
            )
    }

    /// Whose password it is.
    fn address(self) -> State<String> {
        let address = self.site.of_client(|client| {
            let user = &client.active_session()?.user;
            user.primary_email().map(str::to_owned)
        });
        State::new(address.unwrap_or_default())
    }

    /// A password manager keeps the password with this.
    fn username(self) -> El {
        el("input")
            .attr("type", "text")
            .attr("name", "username")
            .attr("autocomplete", "username")
            .attr("value", self.address().get_untracked())
            .attr("readonly", "")
            .attr("tabindex", "-1")
            .attr("aria-hidden", "true")
            .attr("data-hidden", "")
    }

    /// Passwords are not kept for somebody else to find.
    fn forget(self) {
        self.current.set(String::new());
        self.new.set(String::new());
        self.signs_out_others.set(true);
    }

    fn cancel(self) {
        self.forget();
        self.changing.close();
    }

    fn submit(self) {
        let (current, new) = (self.current.get_untracked(), self.new.get_untracked());
        let has_password = untrack(|| self.has_password());
        let settings = self.settings();
        let mut problems = Vec::new();
        if has_password && current.is_empty() {
            problems.push(Problem::of(ErrorCode::FormParamNil, "current_password"));
        }
        if let Err(code) = Password::parse(&new, &settings) {
            problems.push(Problem::of_password(code, "new_password", &settings));
        }
        if !problems.is_empty() {
            return self.form.refuse(problems);
        }
        let command = ChangePassword {
            current_password: has_password.then(|| Secret::new(current)),
            new_password: Some(Secret::new(new)),
            sign_out_of_other_sessions: Some(self.signs_out_others.get_untracked().to_string()),
        };
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            desk.change_password(&command).await?;
            self.forget();
            self.changing.close();
            self.was_changed.set(true);
            self.root.announce(Text::user_profile_password_changed);
            Ok(())
        }));
    }
}
