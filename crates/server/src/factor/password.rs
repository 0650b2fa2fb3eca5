//! A password, proven against its hash, or against nobody's in the same time.

use frontdesk_protocol::{ErrorCode, Secret, Strategy};

use super::{Attempt, Proved, refuse};
use crate::error::Error;
use crate::flow;
use crate::wire::Caller;

pub async fn verify(
    caller: &Caller,
    attempt: &Attempt,
    password: &Secret<String>,
) -> Result<Proved, Error> {
    let person = &attempt.person;
    let budgets = flow::password_budgets(caller, &person.email);
    let user = person.owner.as_ref().map(|(user, _)| user);
    if flow::try_password(caller, user, password, &budgets)
        .await?
        .is_some()
    {
        return Ok(Proved {
            code: None,
            forgiven: budgets.to_vec(),
        });
    }
    let code = ErrorCode::FormPasswordIncorrect;
    Err(refuse(caller, attempt, Strategy::Password, code, "password").await?)
}
