//! The card that asks for another password: for whoever forgot theirs, or must not go on with it.

use frontdesk_locale::Text;
use frontdesk_protocol::{ChangePassword, Password, ResetPassword, Secret};
use leptos::prelude::untrack;

use super::step::Step;
use super::{Flow, leave, password};
use crate::kit::{Card, El, Handle, Input, Problem, State, card, words};

/// What is typed and ticked; copies are the same thing.
#[derive(Clone, Copy)]
struct Draft {
    password: State<String>,
    ends_others: State<bool>,
}

impl Draft {
    fn new() -> Self {
        Self {
            password: State::new(String::new()),
            ends_others: State::new(true),
        }
    }

    /// What was typed, and whether other sessions end; nothing, and a sentence, where it will not do.
    ///
    /// The field is called `name`, as the route calls it.
    fn take(self, flow: Flow, name: &str) -> Option<(Secret<String>, String)> {
        let typed = self.password.get_untracked();
        let refused = untrack(|| {
            flow.site.of_environment(|it| {
                let settings = &it.user_settings.password_settings;
                let refused = Password::parse(&typed, settings).err();
                refused.map(|code| Problem::of_password(code, name, settings))
            })
        });
        if let Some(problem) = refused.flatten() {
            flow.form.refuse(vec![problem]);
            return None;
        }
        let ends_others = self.ends_others.get_untracked();
        Some((Secret::new(typed), ends_others.to_string()))
    }
}

/// Draws the card of an attempt.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let draft = Draft::new();
    let submit = move || reset(flow, draft);
    let identifier = flow.attempt().and_then(|attempt| attempt.identifier);
    fill(
        card(Text::sign_in_new_password_title)
            .subtitle(Text::sign_in_new_password_subtitle)
            .identity(flow.identity()),
        flow,
        identifier,
        ("password", focus, draft),
        submit,
    )
    .into()
}

/// Draws the card of a session that waits for another password.
pub fn draw_task(flow: Flow, focus: Handle) -> El {
    let draft = Draft::new();
    let submit = move || change(flow, draft);
    let identifier = flow.site.of_client(|client| {
        let session = client.pending_session()?;
        Some(session.public_user_data.identifier.clone())
    });
    fill(
        card(Text::sign_in_new_password_title).subtitle(Text::sign_in_new_password_needed),
        flow,
        identifier,
        ("new_password", focus, draft),
        submit,
    )
    .main(leave::draw(flow))
    .into()
}

fn fill(
    card: Card,
    flow: Flow,
    identifier: Option<String>,
    (name, focus, draft): (&'static str, Handle, Draft),
    submit: impl Fn() + 'static,
) -> Card {
    let form = flow.form;
    let min = flow
        .site
        .of_environment(|it| it.user_settings.password_settings.min_length)
        .unwrap_or_default();
    let password = Input::new(name, Text::field_new_password, draft.password)
        .kind("password")
        .autocomplete("new-password")
        .hint(words(move |text| text.field_password_hint(min)))
        .keep(focus);
    let fields = form
        .draw(submit)
        .child(password::username(identifier))
        .child(form.field(password))
        .child(form.checkbox(
            "sign_out_of_other_sessions",
            Text::sign_in_sign_out_others,
            draft.ends_others,
        ))
        .child(form.submit(Text::action_continue));
    card.main(form.alert()).main(fields)
}

fn reset(flow: Flow, draft: Draft) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Step::Identifier);
    };
    let Some((password, ends_others)) = draft.take(flow, "password") else {
        return;
    };
    let command = ResetPassword {
        password: Some(password),
        sign_out_of_other_sessions: Some(ends_others),
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.reset_password(&attempt.id, &command).await)
    }));
}

fn change(flow: Flow, draft: Draft) {
    let Some((password, ends_others)) = draft.take(flow, "new_password") else {
        return;
    };
    let command = ChangePassword {
        current_password: None,
        new_password: Some(password),
        sign_out_of_other_sessions: Some(ends_others),
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        desk.change_password(&command).await?;
        flow.finish();
        Ok(())
    }));
}
