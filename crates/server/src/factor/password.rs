//! A password, proven against its hash, or against nobody's in the same time.

use frontdesk_protocol::{ErrorCode, Secret};

use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::flow;
use crate::wire::Caller;

pub async fn verify<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    password: &Secret<String>,
) -> Checked {
    let person = attempt.person();
    let [typed, whose] = [person.typed(), person.whose()].map(|it| [T::COUNTED, it].concat());
    let budgets = flow::password_budgets(caller, &typed, &whose);
    let proven = flow::try_password(caller, person.user.as_ref(), password, &budgets).await?;
    let user = person.user.clone().filter(|_| proven.is_some());
    if let Some(user) = &user
        && caller.app.leaks.list(password.expose())
    {
        let store = &caller.app.store;
        store.mark_compromised(user, caller.cause()).await?;
    }
    Ok(user
        .map(|user| Proved {
            user,
            spends: Vec::new(),
            forgiven: budgets.to_vec(),
            is_double: false,
        })
        .ok_or(Refusal {
            code: ErrorCode::FormPasswordIncorrect,
            field: "password",
        }))
}
