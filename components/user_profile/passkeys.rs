//! The section with the passkeys.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{
    ApiError, AttemptVerification, ErrorCode, Passkey, PasskeyId, Secret, Strategy, UpdatePasskey,
    VerificationStatus,
};
use leptos::prelude::*;

use super::authenticator;
use super::details::{details, is_used};
use super::disclosure::is_escape;
use super::item::{action, actions, change, list, row};
use super::moment::day;
use super::section;
use crate::json::within;
use crate::kit::{El, Form, Handle, Input, Problem, Root, State, el, part, switch, words};
use crate::provider::{Site, use_site};
use frontdesk_protocol::json::{Read as _, Source as _};

/// The passkeys, what can be done to each, and the way to another one.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    if !is_used(site, "passkey") {
        return None;
    }
    let passkeys = Passkeys {
        site,
        root,
        form: Form::new(),
        rename_form: Form::new(),
        renaming: State::new(None),
        name: State::new(String::new()),
        adding: Handle::new(),
    };
    let all = State::derived(move || {
        let all = details(site).map(|it| it.passkeys).unwrap_or_default();
        all.into_iter().filter(is_made).collect::<Vec<_>>()
    });
    let none = switch(move || {
        let is_empty = all.with(Vec::is_empty);
        let hint = el("p").part("hint");
        is_empty.then(|| hint.say(Text::user_profile_passkeys_none).into())
    });
    let add = if authenticator::can_make() {
        let button = passkeys
            .form
            .button("button", Text::user_profile_add_passkey, move || {
                passkeys.add();
            });
        button
            .keep(passkeys.adding)
            .attr("data-action", "add-passkey")
    } else {
        el("p")
            .part("hint")
            .say(Text::user_profile_passkeys_unsupported)
    };
    let section = section("passkeys", Text::user_profile_passkeys)
        .child(none)
        .child(list(all, move |passkey| passkeys.row(passkey)))
        .child(passkeys.form.alert())
        .child(passkeys.rename_panel())
        .child(add);
    Some(section.into())
}

fn is_made(passkey: &Passkey) -> bool {
    let verification = passkey.verification.as_ref();
    verification.is_none_or(|it| it.status == VerificationStatus::Verified)
}

#[derive(Clone, Copy)]
struct Passkeys {
    site: Site,
    root: Root,
    form: Form,
    rename_form: Form,
    /// The one that is given another name.
    renaming: State<Option<PasskeyId>>,
    name: State<String>,
    adding: Handle,
}

impl Passkeys {
    fn row(self, passkey: &Passkey) -> El {
        let Passkey {
            id,
            name,
            last_used_at,
            created_at,
            ..
        } = passkey.clone();
        let when = words(move |text| match last_used_at {
            Some(at) => text.user_profile_passkey_used(&day(text, at)),
            None => text.user_profile_passkey_added(&day(text, created_at)),
        });
        let label = {
            let name = name.clone();
            words(move |text| text.user_profile_rename_passkey(&name))
        };
        let rename = {
            let (id, name) = (id.clone(), name.clone());
            action(self.form, "rename", Text::action_rename, label, move || {
                self.rename_form.forgive_all();
                self.name.set(name.clone());
                self.renaming.set(Some(id.clone()));
            })
        };
        let label = {
            let name = name.clone();
            words(move |text| text.user_profile_remove_email(&name))
        };
        let remove = {
            let id = id.clone();
            action(self.form, "remove", Text::action_remove, label, move || {
                self.renaming.set(None);
                self.remove(id.clone());
            })
        };
        row(move |_: &Text| name.clone())
            .attr("data-passkey", id.as_str().to_owned())
            .child(el("span").part("hint").say(when))
            .child(actions([Some(rename), Some(remove)]))
    }

    fn remove(self, id: PasskeyId) {
        let desk = self.site.desk();
        change(
            self.form,
            self.root,
            self.adding,
            Text::status_removed,
            async move { desk.remove_passkey(&id).await.map(drop) },
        );
    }

    fn rename_panel(self) -> AnyView {
        switch(move || {
            self.renaming.get()?;
            Some(untrack(|| self.rename_form()).into())
        })
    }

    fn rename_form(self) -> El {
        let form = self.rename_form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let input = Input::new("name", Text::field_passkey_name, self.name).keep(focus);
        form.draw(move || self.rename())
            .on("keydown", move |event| {
                if is_escape(&event) {
                    self.close();
                }
            })
            .child(form.alert())
            .child(form.field(input))
            .child(
                part("row")
                    .child(form.submit(Text::action_save))
                    .child(form.button("button", Text::action_cancel, move || self.close())),
            )
    }

    /// Closes the form, and gives the focus back to what opened it.
    fn close(self) {
        if let Some(id) = self.renaming.get_untracked() {
            self.renaming.set(None);
            let opener = ["[data-passkey=", id.as_str(), "] [data-action=rename]"].concat();
            self.root.handle.focus_in(&opener);
        }
    }

    fn rename(self) {
        let Some(id) = self.renaming.get_untracked() else {
            return;
        };
        let name = self.name.get_untracked().trim().to_owned();
        if name.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "name");
            return self.rename_form.refuse(vec![problem]);
        }
        let command = UpdatePasskey { name: Some(name) };
        let desk = self.site.desk();
        change(
            self.rename_form,
            self.root,
            self.adding,
            Text::status_saved,
            async move {
                desk.update_passkey(&id, &command).await?;
                self.renaming.set(None);
                Ok(())
            },
        );
    }

    /// Lets the browser make one, unless the person thinks better of it.
    fn add(self) {
        let desk = self.site.desk();
        self.renaming.set(None);
        self.form.send(Box::pin(async move {
            let begun = desk.create_passkey().await?;
            let id = begun.member("id").and_then(|id| id.text());
            let id = id.and_then(|id| PasskeyId::parse(&id));
            let nonce = within(begun, &["verification", "nonce"]).and_then(|it| String::read(&it));
            let (Some(id), Some(nonce)) = (id, nonce) else {
                return Err(refused());
            };
            let Some(made) = authenticator::make(&nonce).await else {
                // What was begun is of no use to anybody.
                drop(desk.remove_passkey(&id).await);
                return Err(refused());
            };
            let command = AttemptVerification {
                strategy: Some(Strategy::Passkey.as_str().to_owned()),
                public_key_credential: Some(Secret::new(made)),
                ..AttemptVerification::default()
            };
            desk.attempt_passkey(&id, &command).await?;
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}

fn refused() -> Failure {
    Failure::refused([ApiError::of(ErrorCode::PasskeyInvalid)])
}
