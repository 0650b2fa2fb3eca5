//! From the first card to the next one, or to the end where a password was filled in.

use frontdesk_client::{Failure, Frontdesk, Task};
use frontdesk_protocol::{CreateSignIn, ErrorCode, Secret, SignIn, Strategy};

use super::Flow;

/// Begins for the address in `command`.
pub fn begin(flow: Flow, command: CreateSignIn, password: String) -> Task<Result<(), Failure>> {
    let desk = flow.site.desk();
    Box::pin(async move {
        let answer = create(&desk, command, password).await;
        if !flow.chosen.is_disposed() {
            flow.chosen.set(None);
        }
        flow.advance(answer)
    })
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
