//! The form that adds an authenticator app.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptVerification, Secret, Strategy, Totp};
use leptos::prelude::*;

use super::codes::{Codes, copy_button};
use super::disclosure::Disclosure;
use crate::kit::{El, Form, Handle, Root, State, el, part, switch};
use crate::provider::Site;
use crate::qr;

/// The form; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Enrolment {
    site: Site,
    root: Root,
    form: Form,
    code: State<String>,
    begun: State<Option<Totp>>,
    adding: Disclosure,
    /// Where the focus goes once there is an app, and the button is gone.
    title: Handle,
    codes: Codes,
}

impl Enrolment {
    /// A closed one.
    pub(super) fn new(site: Site, root: Root, title: Handle, codes: Codes) -> Self {
        Self {
            site,
            root,
            form: Form::new(),
            code: State::new(String::new()),
            begun: State::new(None),
            adding: Disclosure::new(),
            title,
            codes,
        }
    }

    /// The button that opens the form, and asks the server for a secret.
    pub(super) fn trigger(self) -> El {
        self.adding
            .trigger("add-totp", Text::user_profile_add_totp, move || {
                self.code.set(String::new());
                self.begun.set(None);
                let desk = self.site.desk();
                self.form.send(Box::pin(async move {
                    let begun = desk.create_totp().await?;
                    self.begun.set(Some(begun));
                    Ok(())
                }));
            })
    }

    /// The form.
    pub(super) fn panel(self) -> AnyView {
        self.adding.panel(move || {
            let content = switch(move || {
                let begun = self.begun.get()?;
                Some(untrack(|| self.draw(begun)).into())
            });
            part("panel").child(self.form.alert()).child(content)
        })
    }

    fn draw(self, begun: Totp) -> El {
        let form = self.form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let uri = begun.uri.unwrap_or_default();
        let image = qr::image(&uri);
        form.draw(move || self.submit())
            .attr("data-totp", "")
            .child(el("p").part("subtitle").say(Text::user_profile_totp_scan))
            .maybe(image)
            .child(secret(self.root, begun.secret.unwrap_or_default()))
            .child(
                el("a")
                    .part("link")
                    .attr("href", uri)
                    .say(Text::user_profile_totp_open),
            )
            .child(form.code(focus, self.code, move || self.submit()))
            .child(
                part("row")
                    .child(form.submit(Text::action_verify))
                    .child(form.button("button", Text::action_cancel, move || {
                        self.adding.close();
                    })),
            )
    }

    fn submit(self) {
        let Some(code) = self.form.whole_code(self.code) else {
            return;
        };
        let command = AttemptVerification {
            strategy: Some(Strategy::Totp.as_str().to_owned()),
            code: Some(Secret::new(code)),
            ..AttemptVerification::default()
        };
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            let made = desk.attempt_totp(&command).await?;
            self.begun.set(None);
            self.adding.hide();
            self.title.focus();
            self.codes.show(made.backup_codes);
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}

/// The key in groups of four, as people type it, and a button that copies it.
fn secret(root: Root, secret: String) -> El {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    let grouped = groups.join(" ");
    part("row")
        .attr("data-secret", "")
        .child(el("span").say(Text::user_profile_totp_secret))
        .child(el("code").attr("dir", "ltr").text(move || grouped.clone()))
        .child(copy_button(root, secret))
}
