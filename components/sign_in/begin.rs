//! From the first card to the next one, or to the end where a password was filled in.

use frontdesk_client::{Failure, Frontdesk, Task};
use frontdesk_protocol::{
    ApiError, CreateSignIn, Email, ErrorCode, ErrorMeta, Secret, SignIn, Strategy,
};
use leptos::prelude::untrack;

use super::Flow;

/// Begins for the address that was typed, and with the password that a manager filled in.
pub fn begin(flow: Flow, typed: String, password: String) -> Task<Result<(), Failure>> {
    let desk = flow.site.desk();
    Box::pin(async move {
        let email = Email::parse(&typed).map_err(refused)?;
        // Whoever only went back and changed nothing has no need of another attempt, and of another code.
        let is_same = untrack(|| flow.attempt())
            .and_then(|attempt| attempt.identifier)
            .is_some_and(|identifier| Email::parse(&identifier).as_ref() == Ok(&email));
        if is_same && password.is_empty() {
            flow.chosen.set(None);
            return Ok(());
        }
        flow.code.set(String::new());
        flow.password.set(password.clone());
        let locale = flow
            .site
            .text
            .with_untracked(|text| text.locale().to_owned());
        let command = CreateSignIn {
            identifier: Some(String::from(email)),
            strategy: None,
            password: None,
            locale: Some(locale),
            ..CreateSignIn::default()
        };
        let answer = create(&desk, command, password).await;
        if !flow.chosen.is_disposed() {
            flow.chosen.set(None);
        }
        flow.advance(answer)
    })
}

/// What is wrong with the address, as the server would say it.
fn refused(code: ErrorCode) -> Failure {
    Failure::Refused(vec![ApiError {
        code,
        message: String::new(),
        long_message: String::new(),
        meta: ErrorMeta::param("identifier"),
    }])
}

/// Begins, and proves at once where a password was filled in. If that fails, the person is asked for it.
async fn create(
    desk: &Frontdesk,
    mut command: CreateSignIn,
    password: String,
) -> Result<SignIn, Failure> {
    if password.is_empty() {
        return desk.create_sign_in(&command).await;
    }
    command.strategy = Some(Strategy::Password.as_str().to_owned());
    command.password = Some(Secret::new(password));
    let failure = match desk.create_sign_in(&command).await {
        Err(failure) if is_about_password(&failure) => failure,
        answer => return answer,
    };
    command.strategy = None;
    command.password = None;
    desk.create_sign_in(&command).await?;
    Err(failure)
}

fn is_about_password(failure: &Failure) -> bool {
    match failure {
        Failure::Refused(errors) => errors.iter().any(|error| {
            error.code == ErrorCode::FormPasswordIncorrect
                || error.code == ErrorCode::StrategyInvalid
        }),
        Failure::Unavailable { .. } | Failure::Offline => false,
    }
}
