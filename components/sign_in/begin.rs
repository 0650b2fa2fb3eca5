//! From the first card to the next one, or to the end where a password was filled in.

use frontdesk_client::{Failure, Frontdesk, Task};
use frontdesk_protocol::{
    ApiError, AttributeSettings, CreateSignIn, Email, ErrorCode, ErrorMeta, Phone, Secret, SignIn,
    Strategy,
};
use leptos::prelude::untrack;

use super::around::kind;
use super::flow::has;
use super::{Flow, identifier};
use crate::captcha;
use crate::{page, phone};

/// As many digits as a phone number has at the least, with its country's code.
const SHORTEST: usize = 7;

/// Begins for whom was typed, and with the password that a manager filled in.
pub fn begin(flow: Flow, typed: String, password: String) -> Task<Result<(), Failure>> {
    let desk = flow.site.desk();
    Box::pin(async move {
        let environment = desk.environment();
        let attributes = environment.as_ref().map(|it| &it.user_settings.attributes);
        let identifier = canonical(attributes, &typed)?;
        // Whoever only went back and changed nothing has no need of another attempt, and of another code.
        let is_same = untrack(|| flow.attempt())
            .and_then(|attempt| canonical(attributes, &attempt.identifier?).ok())
            .is_some_and(|before| before == identifier);
        if is_same && password.is_empty() {
            flow.chosen.set(None);
            return Ok(());
        }
        flow.code.set(String::new());
        flow.trusts.set(false);
        flow.password.set(password.clone());
        let command = CreateSignIn {
            identifier: Some(identifier),
            locale: flow.locale(),
            ..CreateSignIn::default()
        };
        let answer = create(&desk, command, password).await;
        if flow.chosen.is_disposed() {
            return Ok(());
        }
        if let Some(session) = answer.as_ref().err().and_then(session_of) {
            return flow.go_on_as(&session).await;
        }
        flow.chosen.set(None);
        if let Some(url) = answer.as_ref().err().and_then(|it| elsewhere(flow, it)) {
            page::leave_for(&url).await;
            return Ok(());
        }
        flow.advance(answer)
    })
}

/// Where somebody goes on whom nobody knows here, if the settings lead them to sign up.
fn elsewhere(flow: Flow, failure: &Failure) -> Option<String> {
    let is_combined = untrack(|| {
        flow.site
            .of_environment(|it| it.user_settings.sign_in.combined)
    });
    let is_unknown = has(failure, ErrorCode::FormIdentifierNotFound);
    (is_unknown && is_combined == Some(true))
        .then(|| untrack(|| identifier::sign_up_url(flow)))
        .flatten()
}

/// What was typed in the form that is compared, as far as its kind is known.
pub fn canonical(attributes: Option<&AttributeSettings>, typed: &str) -> Result<String, Failure> {
    let is_number = attributes.is_some_and(|attributes| is_number(attributes, typed));
    let kind = attributes.map_or("text", |attributes| kind(attributes, typed));
    match kind {
        _ if is_number => phone_number(&phone::at_home(typed)),
        "email" => Email::parse(typed)
            .map(String::from)
            .map_err(|code| refused(code, "identifier")),
        "phone" => phone_number(typed),
        _ => Ok(typed.trim().to_owned()),
    }
}

fn phone_number(typed: &str) -> Result<String, Failure> {
    Phone::parse(typed)
        .map(String::from)
        .map_err(|code| refused(code, "phone_number"))
}

/// Whether a phone number is meant. A few digits with a hyphen may be a user name, too.
fn is_number(attributes: &AttributeSettings, typed: &str) -> bool {
    let has_username = attributes.username.used_for_first_factor;
    let is_long = |digits: &String| digits.len() >= SHORTEST || digits.starts_with("00");
    attributes.phone_number.used_for_first_factor
        && phone::number(typed).is_some_and(|digits| !has_username || is_long(&digits))
}

/// What is wrong with it, as the server would say it.
fn refused(code: ErrorCode, field: &str) -> Failure {
    Failure::refused([ApiError::about(code, ErrorMeta::param(field))])
}

/// The session of whoever is signed in here already.
pub fn session_of(failure: &Failure) -> Option<frontdesk_protocol::SessionId> {
    let Failure::Refused(errors) = failure else {
        return None;
    };
    let mut errors = errors.iter();
    let error = errors.find(|error| error.code == ErrorCode::IdentifierAlreadySignedIn)?;
    error.meta.session_id.clone()
}

/// Begins, and proves at once where a password was filled in. If that fails, the person is asked for it.
async fn create(
    desk: &Frontdesk,
    mut command: CreateSignIn,
    password: String,
) -> Result<SignIn, Failure> {
    if password.is_empty() {
        return captcha::begin_sign_in(desk, &command).await;
    }
    command.strategy = Some(Strategy::Password.as_str().to_owned());
    command.password = Some(Secret::new(password));
    let is_about_password = |failure: &Failure| {
        has(failure, ErrorCode::FormPasswordIncorrect)
            || has(failure, ErrorCode::FormPasswordCompromised)
            || has(failure, ErrorCode::StrategyInvalid)
    };
    let failure = match captcha::begin_sign_in(desk, &command).await {
        Err(failure) if is_about_password(&failure) => failure,
        answer => return answer,
    };
    command.strategy = None;
    command.password = None;
    captcha::begin_sign_in(desk, &command).await?;
    Err(failure)
}
