//! What goes wrong, and what that must not do.

use frontdesk_protocol::{CreateSignIn, ErrorCode};
use serde_json::json;

use super::world::{World, answer, client, refusal, session};
use crate::{Answer, Failure};

const UNAVAILABLE: Failure = Failure::Unavailable {
    retry_after_s: None,
};

#[tokio::test]
async fn a_get_is_tried_three_times_with_growing_waits() {
    let (world, desk) = World::start();
    world.reply_offline("/v1/client");
    world.reply("/v1/client", 503, json!({}));
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    assert_eq!(desk.reload().await, Ok(()));
    assert_eq!(world.slept_ms(), [225, 450]);
}

#[tokio::test]
async fn a_fault_never_drops_the_client() {
    let (world, desk) = World::with_client(client(&[session('1')])).await;
    let known = desk.client();
    for _ in 0..3 {
        world.reply_offline("/v1/client");
    }
    assert_eq!(desk.reload().await, Err(Failure::Offline));
    for _ in 0..3 {
        world.reply("/v1/client", 500, json!({}));
    }
    assert_eq!(desk.reload().await, Err(UNAVAILABLE));
    let garbage = [
        json!([]),
        json!({}),
        json!({ "response": {} }),
        json!({ "client": 1 }),
    ];
    for body in garbage {
        world.reply("/v1/client", 200, body);
        assert_eq!(desk.reload().await, Err(UNAVAILABLE));
    }
    assert_eq!(desk.client(), known);
    assert!(known.is_some());
}

#[tokio::test]
async fn a_post_is_sent_once() {
    let (world, desk) = World::start();
    world.reply_offline("/v1/client/sign_ins");
    let command = CreateSignIn::default();
    assert_eq!(desk.create_sign_in(&command).await, Err(Failure::Offline));
    world.reply("/v1/client/sign_ins", 502, json!({}));
    assert_eq!(desk.create_sign_in(&command).await, Err(UNAVAILABLE));
    assert_eq!(world.sent().len(), 2);
    assert!(world.slept_ms().is_empty());
}

#[tokio::test]
async fn a_refusal_says_which_and_when() {
    let (world, desk) = World::start();
    let command = CreateSignIn::default();
    let busy = Answer {
        retry_after_s: Some(30),
        ..refusal("too_many_requests")
    };
    assert!(world.later("/v1/client/sign_ins").send(Ok(busy)).is_ok());
    let failure = desk.create_sign_in(&command).await;
    let Err(Failure::Refused(errors)) = failure else {
        unreachable!("not refused: {failure:?}");
    };
    assert_eq!(errors[0].code, ErrorCode::TooManyRequests);
    assert_eq!(errors[0].meta.retry_after_s, Some(30));
}

#[tokio::test]
async fn a_refusal_without_reasons_counts_as_a_fault() {
    let (world, desk) = World::start();
    let command = CreateSignIn::default();
    let bare = Answer {
        status: 429,
        retry_after_s: Some(7),
        body: None,
    };
    for reply in [
        bare,
        answer(403, json!({ "errors": [] })),
        answer(200, json!({ "response": {} })),
    ] {
        let retry_after_s = reply.retry_after_s;
        assert!(world.later("/v1/client/sign_ins").send(Ok(reply)).is_ok());
        assert_eq!(
            desk.create_sign_in(&command).await,
            Err(Failure::Unavailable { retry_after_s })
        );
    }
}

#[tokio::test]
async fn when_told_that_nobody_is_signed_in_the_client_is_read_again() {
    let (world, desk) = World::with_client(client(&[session('1')])).await;
    let unknown = refusal("authentication_invalid");
    assert!(world.later("/v1/me").send(Ok(unknown.clone())).is_ok());
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    assert!(matches!(desk.me().await, Err(Failure::Refused(_))));
    assert_eq!(world.sent(), ["GET /v1/me", "GET /v1/client"]);
    assert!(
        desk.client()
            .is_some_and(|client| client.sessions.is_empty())
    );

    let path = "/v1/client/sessions?_method=DELETE";
    assert!(world.later(path).send(Ok(unknown)).is_ok());
    assert_eq!(desk.sign_out().await, Ok(()));
}

#[tokio::test]
async fn nobody_is_signed_out_by_a_guess() {
    let (world, desk) = World::with_client(client(&[session('1')])).await;
    let unknown = refusal("authentication_invalid");
    assert!(world.later("/v1/me").send(Ok(unknown)).is_ok());
    for _ in 0..3 {
        world.reply_offline("/v1/client");
    }
    assert!(matches!(desk.me().await, Err(Failure::Refused(_))));
    assert!(
        desk.client()
            .is_some_and(|client| client.active_session().is_some())
    );
}
