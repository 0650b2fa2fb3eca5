//! Sending what was filled in, with the work that the server may ask for first.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{CreateSignUp, ErrorCode, Secret, SignUp, SignUpId};

use super::{Flow, has_code};
use crate::captcha;

/// Goes on with the attempt `id`, or begins one where there is none any more.
pub async fn send(
    flow: Flow,
    id: Option<SignUpId>,
    mut command: CreateSignUp,
) -> Result<SignUp, Failure> {
    command.locale = flow
        .site
        .text
        .try_with_untracked(|text| text.locale().to_owned());
    let failure = match once(flow, id.as_ref(), &command).await {
        Err(failure) => failure,
        answer => return answer,
    };
    let Some(captcha) = captcha::asked(&failure) else {
        return Err(failure);
    };
    flow.is_checking.set(true);
    flow.root.announce(Text::sign_up_checking);
    let token = captcha::solve(&captcha).await;
    flow.is_checking.set(false);
    let Some(token) = token else {
        return Err(failure);
    };
    command.captcha_token = Some(token);
    once(flow, id.as_ref(), &command).await
}

async fn once(
    flow: Flow,
    id: Option<&SignUpId>,
    command: &CreateSignUp,
) -> Result<SignUp, Failure> {
    let Some(desk) = flow.site.desk.try_get_untracked() else {
        return Err(Failure::Offline);
    };
    if let Some(id) = id {
        match desk.update_sign_up(id, command).await {
            Err(failure) if has_code(&failure, ErrorCode::AttemptNotFound) => {}
            answer => return answer,
        }
    }
    desk.create_sign_up(&with_ticket(flow, command)).await
}

/// An attempt that is begun anew begins with the ticket again.
fn with_ticket(flow: Flow, command: &CreateSignUp) -> CreateSignUp {
    let mut command = command.clone();
    if command.strategy.is_none()
        && command.transfer.is_none()
        && let Some(Some(ticket)) = flow.ticket.try_get_untracked()
    {
        command.strategy = Some("ticket".to_owned());
        command.ticket = Some(Secret::new(ticket));
    }
    command
}
