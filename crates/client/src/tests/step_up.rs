//! What is refused until a proof is given is done after it.

use frontdesk_protocol::{UpdateUser, VerificationLevel};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::world::World;
use crate::{Failure, Frontdesk, StepUp};

fn refusal() -> Value {
    json!({ "errors": [{
        "code": "session_reverification_required",
        "message": "", "long_message": "", "meta": {},
    }] })
}

/// A component that asks, and keeps what is asked.
fn component(desk: &Frontdesk) -> (crate::Listener, Rc<RefCell<Option<StepUp>>>) {
    let asked = Rc::new(RefCell::new(None));
    let (kept, of) = (Rc::clone(&asked), desk.clone());
    let listener = desk.listen(move || {
        if let Some(step_up) = of.claim_step_up() {
            kept.replace(Some(step_up));
        }
    });
    (listener, asked)
}

/// Waits until something is asked, and not for ever.
async fn soon(asked: &RefCell<Option<StepUp>>) {
    for _ in 0..100 {
        if asked.borrow().is_some() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

fn rename() -> UpdateUser {
    UpdateUser {
        username: Some("ada".to_owned()),
        ..UpdateUser::default()
    }
}

#[tokio::test]
async fn an_action_is_repeated_once_somebody_has_proven_who_they_are() {
    let (world, desk) = World::start();
    let (_listener, asked) = component(&desk);
    world.reply("/v1/me?_method=PATCH", 403, refusal());
    world.reply("/v1/me?_method=PATCH", 422, json!({ "errors": [{ "code": "form_identifier_exists", "message": "", "long_message": "", "meta": {} }] }));
    let command = rename();
    let acting = desk.update_me(&command);
    let proving = async {
        soon(&asked).await;
        let step_up = asked.take().expect("it is asked");
        assert_eq!(step_up.level(), None);
        step_up.answer(Ok(()));
    };
    let (outcome, ()) = tokio::join!(acting, proving);
    let Err(Failure::Refused(errors)) = outcome else {
        panic!("the second answer counts");
    };
    assert_eq!(errors[0].code.as_str(), "form_identifier_exists");
    let sent = "POST /v1/me?_method=PATCH username=ada";
    assert_eq!(world.sent(), [sent, sent], "the same, word by word");
}

#[tokio::test]
async fn who_does_not_want_to_leaves_all_as_it_was() {
    let (world, desk) = World::start();
    let (_listener, asked) = component(&desk);
    world.reply("/v1/me?_method=PATCH", 403, refusal());
    let command = rename();
    let acting = desk.update_me(&command);
    let leaving = async {
        soon(&asked).await;
        drop(asked.take());
    };
    let (outcome, ()) = tokio::join!(acting, leaving);
    assert_eq!(outcome.err(), Some(Failure::CANCELLED));
    assert_eq!(world.sent().len(), 1);
}

#[tokio::test]
async fn where_nobody_can_ask_the_refusal_is_told() {
    let (world, desk) = World::start();
    world.reply("/v1/me?_method=PATCH", 403, refusal());
    let outcome = desk.update_me(&rename()).await;
    assert!(outcome.is_err_and(|failure| failure.wants_proof()));
    assert_eq!(desk.reverify(None).await, None);
}

#[tokio::test]
async fn two_at_once_are_asked_once() {
    let (_, desk) = World::start();
    let (_listener, asked) = component(&desk);
    let level = Some(VerificationLevel::MultiFactor);
    let done = Cell::new(0);
    let waiting = async || {
        assert_eq!(desk.reverify(level).await, Some(Ok(())));
        done.set(done.get() + 1);
    };
    let proving = async {
        tokio::task::yield_now().await;
        let step_up = asked.take().expect("it is asked");
        assert_eq!(step_up.level(), level);
        assert_eq!(done.get(), 0);
        step_up.answer(Ok(()));
    };
    tokio::join!(waiting(), waiting(), proving);
    assert_eq!(done.get(), 2);
    assert!(desk.claim_step_up().is_none(), "nothing is asked any more");
}
