//! Step-up: what is refused until somebody has proven again who they are is done after all, once they have.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use frontdesk_protocol::json::{Read, Source as _};
use frontdesk_protocol::{
    AttemptFactor, ErrorCode, Form as _, PrepareFactor, SessionId, SessionVerificationStatus,
    StartVerification, VerificationLevel,
};

use crate::call::{Carries, Verb, request};
use crate::{Failure, Frontdesk, Task, Value};

type Outcome = Result<(), Failure>;

/// What is asked of somebody, for as long as they have not answered.
#[derive(Default)]
pub(crate) struct Question {
    level: Option<VerificationLevel>,
    is_claimed: Cell<bool>,
    outcome: RefCell<Option<Outcome>>,
    waiting: RefCell<Vec<Waker>>,
}

/// A proof that is asked for, in the hands of whoever shows somebody how to give it.
pub struct StepUp(Rc<Question>);

impl StepUp {
    /// How much is to be proven; without it, what the settings say.
    pub fn level(&self) -> Option<VerificationLevel> {
        self.0.level
    }

    /// Says what came of it; without that, it counts as [`Failure::CANCELLED`].
    pub fn answer(self, outcome: Outcome) {
        self.0.outcome.replace(Some(outcome));
    }
}

impl Drop for StepUp {
    fn drop(&mut self) {
        self.0
            .outcome
            .borrow_mut()
            .get_or_insert(Err(Failure::CANCELLED));
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }
}

impl Failure {
    /// Nothing was done, because the person did not want to prove who they are: there is nothing to say.
    pub const CANCELLED: Self = Self::Refused(Vec::new());

    /// Whether the server wants a proof first.
    pub fn wants_proof(&self) -> bool {
        match self {
            Self::Refused(errors) => errors
                .iter()
                .any(|error| error.code == ErrorCode::SessionReverificationRequired),
            Self::Unavailable { .. } | Self::Offline => false,
        }
    }
}

impl Frontdesk {
    /// Does `work`; if the server wants a proof first, asks for it and does `work` again.
    ///
    /// # Errors
    /// That of `work`, or [`Failure::CANCELLED`].
    pub async fn with_reverification<T, W>(&self, work: impl Fn() -> W) -> Result<T, Failure>
    where
        W: Future<Output = Result<T, Failure>>,
    {
        match work().await {
            Err(failure) if failure.wants_proof() => {
                match self.reverify(None).await {
                    Some(outcome) => outcome?,
                    None => return Err(failure),
                }
                work().await
            }
            result => result,
        }
    }

    /// Asks somebody to prove who they are; nothing where no component is there that could ask.
    ///
    /// Who is asked already is not asked twice. Tokens of before are forgotten, as they say nothing of the proof.
    pub fn reverify(&self, level: Option<VerificationLevel>) -> Task<Option<Outcome>> {
        let desk = self.clone();
        Box::pin(async move {
            let known = desk.0.asked.borrow().clone();
            let asked = known.filter(|asked| asked.outcome.borrow().is_none());
            let asked = asked.unwrap_or_else(|| {
                let asked = Rc::new(Question {
                    level,
                    ..Question::default()
                });
                desk.0.asked.replace(Some(Rc::clone(&asked)));
                desk.0.listeners.tell();
                asked
            });
            if !asked.is_claimed.get() {
                desk.0.asked.replace(None);
                return None;
            }
            let outcome = poll_fn(|context| {
                if let Some(outcome) = &*asked.outcome.borrow() {
                    return Poll::Ready(outcome.clone());
                }
                asked.waiting.borrow_mut().push(context.waker().clone());
                Poll::Pending
            })
            .await;
            desk.0.tokens.forget();
            Some(outcome)
        })
    }

    /// What is asked for, for the first component that wants to show it: a change that listeners are told of.
    pub fn claim_step_up(&self) -> Option<StepUp> {
        let asked = self.0.asked.borrow().clone()?;
        (!asked.is_claimed.replace(true)).then(|| StepUp(asked))
    }

    /// `POST /v1/client/sessions/{id}/verify`: begins to prove a session once more.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn start_step_up(
        &self,
        id: &SessionId,
        command: &StartVerification,
    ) -> Result<Value, Failure> {
        self.verification(id, &[], &command.fields()).await
    }

    /// `POST /v1/client/sessions/{id}/verify/prepare_first_factor` or `…/prepare_second_factor`: asks for a code,
    /// or in `nonce` of the answer's verification, which is JSON, for a passkey.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn prepare_step_up(
        &self,
        (id, status): (&SessionId, SessionVerificationStatus),
        command: &PrepareFactor,
    ) -> Result<Value, Failure> {
        let route = if is_second(status) {
            "prepare_second_factor"
        } else {
            "prepare_first_factor"
        };
        self.verification(id, &[route], &command.fields()).await
    }

    /// `POST /v1/client/sessions/{id}/verify/attempt_first_factor` or `…/attempt_second_factor`: hands in a proof.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn attempt_step_up(
        &self,
        (id, status): (&SessionId, SessionVerificationStatus),
        command: &AttemptFactor,
    ) -> Result<Value, Failure> {
        let route = if is_second(status) {
            "attempt_second_factor"
        } else {
            "attempt_first_factor"
        };
        self.verification(id, &[route], &command.fields()).await
    }

    fn verification(
        &self,
        id: &SessionId,
        route: &[&str],
        fields: &[(&str, &str)],
    ) -> Task<Result<Value, Failure>> {
        let start = ["client/sessions", id.as_str(), "verify"];
        self.resource(Verb::Post, &[&start, route].concat(), fields)
    }

    /// Calls a route that may want a proof first, and reads what it answers.
    pub(crate) async fn act<T: Read>(
        &self,
        verb: Verb,
        path: &[&str],
        fields: &[(&str, &str)],
    ) -> Result<T, Failure> {
        let resource = self.acting(verb, path, fields).await?;
        T::read(&resource).ok_or(Failure::UNREADABLE)
    }

    /// Calls a route that may want a proof first, and gives back what it answers.
    pub(crate) fn acting(
        &self,
        verb: Verb,
        path: &[&str],
        fields: &[(&str, &str)],
    ) -> Task<Result<Value, Failure>> {
        let desk = self.clone();
        let request = request(verb, path, fields);
        Box::pin(async move {
            let call = || desk.call(request.clone(), Carries::Resource);
            let body = desk.with_reverification(call).await?;
            Ok(body.member("response").unwrap_or(body))
        })
    }
}

fn is_second(status: SessionVerificationStatus) -> bool {
    status == SessionVerificationStatus::NeedsSecondFactor
}
