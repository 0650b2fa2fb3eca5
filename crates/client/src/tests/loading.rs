//! Loading, and what an answer does to what is known.

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use frontdesk_protocol::{CreateSignIn, Timestamp};
use serde_json::{Value, json};

use super::world::{AHEAD_MS, START_MS, World, answer, client, environment, id, session};
use crate::Frontdesk;

fn session_ids(desk: &Frontdesk) -> Vec<String> {
    desk.client().map_or_else(Vec::new, |client| {
        let ids = client.sessions.iter();
        ids.map(|session| session.id.to_string()).collect()
    })
}

fn sign_in() -> Value {
    json!({
        "id": id("sia", '1'),
        "status": "needs_first_factor",
        "supported_identifiers": [],
        "supported_first_factors": [],
        "supported_second_factors": [],
        "abandon_at": START_MS,
    })
}

#[tokio::test]
async fn all_who_load_at_once_share_one_request() {
    let (world, desk) = World::start();
    world.reply("/v1/environment", 200, json!({ "response": environment() }));
    world.reply(
        "/v1/client",
        200,
        json!({ "response": client(&[session('1')]) }),
    );
    let results = tokio::join!(desk.load(), desk.load(), desk.load());
    assert_eq!(results, (Ok(()), Ok(()), Ok(())));
    assert_eq!(world.sent(), ["GET /v1/environment", "GET /v1/client"]);
    assert!(desk.is_loaded());
    assert_eq!(desk.load().await, Ok(()));
    assert!(world.sent().is_empty());
}

#[tokio::test]
async fn a_browser_without_a_cookie_has_no_client_but_is_loaded() {
    let (world, desk) = World::start();
    world.reply("/v1/environment", 200, json!({ "response": environment() }));
    world.reply(
        "/v1/client",
        200,
        json!({ "response": null, "client": null }),
    );
    assert_eq!(desk.load().await, Ok(()));
    assert_eq!(desk.client(), None);
    assert!(desk.is_loaded());
    assert_eq!(desk.token().await, Ok(None));
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nobody_waiting() {
    let (world, desk) = World::start();
    let never = world.later("/v1/client");
    let mut first = Box::pin(desk.reload());
    let mut second = Box::pin(desk.load_client());
    tokio::select! {
        biased;
        _ = &mut first => unreachable!("there is no answer yet"),
        _ = &mut second => unreachable!("there is no answer yet"),
        () = ready(()) => {}
    }
    drop(first);
    world.reply(
        "/v1/client",
        200,
        json!({ "response": client(&[session('1')]) }),
    );
    assert_eq!(second.await, Ok(()));
    assert_eq!(session_ids(&desk), [id("sess", '1')]);
    drop(never);
}

#[tokio::test]
async fn a_reload_does_not_settle_for_a_request_sent_before_it() {
    let (world, desk) = World::start();
    world.reply(
        "/v1/client",
        200,
        json!({ "response": client(&[session('1')]) }),
    );
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    let results = tokio::join!(desk.load_client(), desk.reload(), desk.reload());
    assert_eq!(results, (Ok(()), Ok(()), Ok(())));
    assert_eq!(world.sent().len(), 2);
    assert!(session_ids(&desk).is_empty());
}

#[tokio::test]
async fn the_client_beside_a_resource_replaces_the_one_known() {
    let (world, desk) = World::with_client(client(&[])).await;
    world.reply(
        "/v1/client/sign_ins",
        200,
        json!({ "response": sign_in(), "client": client(&[session('1')]) }),
    );
    let result = desk.create_sign_in(&CreateSignIn::default()).await;
    assert_eq!(
        result.map(|sign_in| sign_in.id.to_string()),
        Ok(id("sia", '1'))
    );
    assert_eq!(session_ids(&desk), [id("sess", '1')]);
}

#[tokio::test]
async fn a_late_answer_does_not_overwrite_a_later_one() {
    let (world, desk) = World::start();
    let late = world.later("/v1/client");
    world.reply(
        "/v1/client/sign_ins",
        200,
        json!({ "response": sign_in(), "client": client(&[session('2')]) }),
    );
    let command = CreateSignIn::default();
    let (reloaded, created) = tokio::join!(desk.reload(), async {
        let result = desk.create_sign_in(&command).await;
        let body = json!({ "response": client(&[session('1')]) });
        assert!(late.send(Ok(answer(200, body))).is_ok());
        result
    });
    assert_eq!(reloaded, Ok(()));
    assert!(created.is_ok());
    assert_eq!(session_ids(&desk), [id("sess", '2')]);
}

#[tokio::test]
async fn a_change_whose_answer_was_overtaken_asks_again_how_things_stand() {
    let (world, desk) = World::with_client(client(&[session('1')])).await;
    let late = world.later("/v1/client/sessions?_method=DELETE");
    world.reply(
        "/v1/client",
        200,
        json!({ "response": client(&[session('1')]) }),
    );
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    let (signed_out, reloaded) = tokio::join!(desk.sign_out(), async {
        let result = desk.reload().await;
        let body = json!({ "response": client(&[]) });
        assert!(late.send(Ok(answer(200, body))).is_ok());
        result
    });
    assert_eq!((signed_out, reloaded), (Ok(()), Ok(())));
    assert!(session_ids(&desk).is_empty());
    assert_eq!(
        world.sent(),
        [
            "POST /v1/client/sessions?_method=DELETE",
            "GET /v1/client",
            "GET /v1/client",
        ]
    );
}

#[tokio::test]
async fn listeners_hear_of_every_change_until_they_are_dropped() {
    let (world, desk) = World::start();
    let count = Rc::new(Cell::new(0));
    let listener = desk.listen({
        let count = Rc::clone(&count);
        move || count.set(count.get() + 1)
    });
    world.reply("/v1/environment", 200, json!({ "response": environment() }));
    for _ in 0..3 {
        world.reply("/v1/client", 200, json!({ "response": null }));
    }
    assert_eq!(desk.load().await, Ok(()));
    assert_eq!(count.get(), 2);
    assert_eq!(desk.reload().await, Ok(()));
    assert_eq!(count.get(), 3);
    drop(listener);
    assert_eq!(desk.reload().await, Ok(()));
    assert_eq!(count.get(), 3);
}

#[tokio::test]
async fn the_servers_clock_counts() {
    let (world, desk) = World::with_client(client(&[])).await;
    world.pass_ms(250);
    assert_eq!(desk.server_now(), Timestamp(START_MS + AHEAD_MS + 250));
}
