//! The first card: who, and with which password?

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{CreateSignUp, ErrorCode, Field, SignUp, SignUpId};
use leptos::prelude::*;

use super::draft::shown;
use super::{Flow, has_code};
use crate::kit::{El, Handle, Input, card, part, words};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let site = flow.site;
    if let Some(attempt) = flow.attempt() {
        flow.draft.recall(&attempt);
    }
    let mut fields = form.draw(move || submit(flow));
    let names: Vec<El> = [Field::FirstName, Field::LastName]
        .into_iter()
        .filter_map(|field| input(flow, field, Handle::new()))
        .map(|input| form.field(input))
        .collect();
    if !names.is_empty() {
        fields = fields.child(names.into_iter().fold(part("row"), El::child));
    }
    for (field, handle) in [
        (Field::EmailAddress, focus),
        (Field::Password, Handle::new()),
    ] {
        fields = fields.maybe(input(flow, field, handle).map(|input| form.field(input)));
    }
    let card = card(Text::sign_up_title)
        .subtitle(words(move |text| {
            let name = site.of_environment(|it| it.display_config.application_name.clone());
            text.sign_up_subtitle(&name.unwrap_or_default())
        }))
        .main(form.alert())
        .main(fields.child(form.submit(Text::action_continue)));
    flow.with_sign_in(card).into()
}

/// The input for a field, if the settings ask for it.
fn input(flow: Flow, field: Field, handle: Handle) -> Option<Input> {
    let site = flow.site;
    let (is_shown, is_required) = site.of_environment(|it| shown(it, field))?;
    if !is_shown {
        return None;
    }
    let input = |label: fn(&Text) -> String| {
        Input::new(field.as_str(), label, flow.draft.of(field)).keep(handle)
    };
    let input = match field {
        Field::EmailAddress => input(Text::field_email_address)
            .kind("email")
            .autocomplete("email"),
        Field::Password => {
            let min = site.of_environment(|it| it.user_settings.password_settings.min_length)?;
            input(Text::field_password)
                .kind("password")
                .autocomplete("new-password")
                .hint(words(move |text| text.field_password_hint(min)))
        }
        Field::PhoneNumber | Field::Username | Field::LegalAccepted | Field::Custom => return None,
        Field::FirstName => input(Text::field_first_name).autocomplete("given-name"),
        Field::LastName => input(Text::field_last_name).autocomplete("family-name"),
    };
    Some(if is_required { input } else { input.optional() })
}

fn submit(flow: Flow) {
    let attempt = untrack(|| flow.attempt());
    let is_password_sent = attempt.as_ref().is_some_and(|attempt| attempt.has_password);
    let command = flow.site.environment.with_untracked(|environment| {
        environment
            .as_deref()
            .map(|environment| flow.draft.command(environment, is_password_sent))
    });
    let mut command = match command {
        None => return,
        Some(Err(problems)) => return flow.form.refuse(problems),
        Some(Ok(command)) => command,
    };
    command.locale = Some(
        flow.site
            .text
            .with_untracked(|text| text.locale().to_owned()),
    );
    flow.code.set(String::new());
    flow.form.send(Box::pin(async move {
        let answer = create(flow, attempt.map(|attempt| attempt.id), &command).await;
        if answer.is_ok() && !flow.chosen.is_disposed() {
            flow.chosen.set(None);
        }
        flow.advance(answer)
    }));
}

/// Goes on with the attempt under way, or begins one where there is none any more.
async fn create(
    flow: Flow,
    id: Option<SignUpId>,
    command: &CreateSignUp,
) -> Result<SignUp, Failure> {
    let desk = flow.site.desk();
    if let Some(id) = id {
        match desk.update_sign_up(&id, command).await {
            Err(failure) if has_code(&failure, ErrorCode::AttemptNotFound) => {}
            answer => return answer,
        }
    }
    desk.create_sign_up(command).await
}
