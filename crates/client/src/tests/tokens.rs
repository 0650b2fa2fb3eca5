//! The session token: when it is minted, for whom, and what happens when that fails.

use serde_json::{Value, json};

use super::world::{World, client, id, in_organization, jwt, refusal, session, with_token};
use crate::{Failure, Frontdesk, News};

const PATH: &str = "/v1/client/sessions/sess_11111111111111111111111111/tokens";

fn token(jwt: &str) -> Value {
    json!({ "object": "token", "jwt": jwt })
}

async fn signed_in() -> (World, Frontdesk) {
    World::with_client(client(&[session('1')])).await
}

#[tokio::test]
async fn a_token_is_minted_once_for_all_who_want_it() {
    let (world, desk) = signed_in().await;
    world.reply(PATH, 200, token(&jwt(1, 60)));
    let all = tokio::join!(desk.token(), desk.token(), desk.token());
    let minted = Ok(Some(jwt(1, 60)));
    assert_eq!(all, (minted.clone(), minted.clone(), minted.clone()));
    assert_eq!(desk.token().await, minted);
    assert_eq!(world.sent().len(), 1);
}

#[tokio::test]
async fn a_token_that_came_with_the_client_saves_a_request() {
    let session = with_token(session('1'), &jwt(1, 60));
    let (world, desk) = World::with_client(client(&[session])).await;
    assert_eq!(desk.token().await, Ok(Some(jwt(1, 60))));
    assert!(world.sent().is_empty());
}

#[tokio::test]
async fn a_token_is_refreshed_before_it_ends() {
    let session = with_token(session('1'), &jwt(1, 60));
    let (world, desk) = World::with_client(client(&[session])).await;
    world.pass_ms(44_000);
    assert_eq!(desk.token().await, Ok(Some(jwt(1, 60))));
    assert!(!world.has_tasks());

    world.pass_ms(6_000);
    assert_eq!(desk.token().await, Ok(Some(jwt(1, 60))));
    world.reply(PATH, 200, token(&jwt(2, 110)));
    world.run_tasks().await;
    assert_eq!(desk.token().await, Ok(Some(jwt(2, 110))));
    assert_eq!(world.sent().len(), 1);

    world.pass_ms(56_000);
    world.reply(PATH, 200, token(&jwt(3, 166)));
    assert_eq!(desk.token().await, Ok(Some(jwt(3, 166))));
    assert!(!world.has_tasks());
}

#[tokio::test]
async fn a_faulty_mint_is_tried_again_with_growing_waits() {
    let (world, desk) = signed_in().await;
    world.reply_offline(PATH);
    for _ in 0..4 {
        world.reply(PATH, 503, json!({}));
    }
    world.reply(PATH, 200, token(&jwt(1, 60)));
    assert_eq!(desk.token().await, Ok(Some(jwt(1, 60))));
    assert_eq!(world.slept_ms(), [375, 750, 1_500, 3_000, 6_000]);
}

#[tokio::test]
async fn a_mint_that_keeps_failing_reports_the_fault_and_signs_nobody_out() {
    let (world, desk) = signed_in().await;
    for _ in 0..6 {
        world.reply_offline(PATH);
    }
    let all = tokio::join!(desk.token(), desk.token());
    assert_eq!(all, (Err(Failure::Offline), Err(Failure::Offline)));
    assert_eq!(world.sent().len(), 6);
    assert!(
        desk.client()
            .is_some_and(|client| client.active_session().is_some())
    );
}

#[tokio::test]
async fn a_session_that_has_ended_gives_no_token() {
    let (world, desk) = signed_in().await;
    let unknown = refusal("authentication_invalid");
    assert!(world.later(PATH).send(Ok(unknown)).is_ok());
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    assert_eq!(desk.token().await, Ok(None));
}

#[tokio::test]
async fn leaving_an_organization_and_coming_back_means_another_token() {
    let home = session('1');
    let away = in_organization(session('1'), '7');
    let held = with_token(home.clone(), &jwt(1, 60));
    let (world, desk) = World::with_client(client(&[held])).await;
    for session in [away, home] {
        world.reply("/v1/client", 200, json!({ "response": client(&[session]) }));
        assert_eq!(desk.reload().await, Ok(()));
    }
    world.reply(PATH, 200, token(&jwt(2, 60)));
    assert_eq!(desk.token().await, Ok(Some(jwt(2, 60))));
}

#[tokio::test]
async fn a_token_that_came_too_late_for_its_organization_is_not_given_out() {
    let (world, desk) = signed_in().await;
    let late = world.later(PATH);
    let moved = with_token(in_organization(session('1'), '7'), &jwt(2, 60));
    world.reply("/v1/client", 200, json!({ "response": client(&[moved]) }));
    let (given, reloaded) = tokio::join!(desk.token(), async {
        let result = desk.reload().await;
        let answer = super::world::answer(200, token(&jwt(1, 60)));
        assert!(late.send(Ok(answer)).is_ok());
        result
    });
    assert_eq!(reloaded, Ok(()));
    assert_eq!(given, Ok(Some(jwt(2, 60))));
}

#[tokio::test]
async fn a_token_that_another_tab_minted_is_taken() {
    let (world, desk) = signed_in().await;
    let key = format!("{}:", id("sess", '1'));
    let other = format!("{}:", id("sess", '2'));
    desk.hear(News::Token {
        key: other,
        jwt: jwt(8, 60),
    });
    desk.hear(News::Token {
        key: key.clone(),
        jwt: jwt(9, 60),
    });
    assert_eq!(desk.token().await, Ok(Some(jwt(9, 60))));
    assert!(world.sent().is_empty());

    world.pass_ms(60_000);
    world.reply(PATH, 200, token(&jwt(10, 120)));
    assert_eq!(desk.token().await, Ok(Some(jwt(10, 120))));
    let minted = News::Token {
        key,
        jwt: jwt(10, 120),
    };
    assert_eq!(world.told(), [minted]);
}

#[tokio::test]
async fn a_token_of_a_template_is_minted_for_each_call_and_leaves_the_session_token_alone() {
    let session = with_token(session('1'), &jwt(1, 60));
    let (world, desk) = World::with_client(client(&[session])).await;
    let path = format!("{PATH}/hasura");
    for number in [2, 3] {
        world.reply(&path, 200, token(&jwt(number, 60)));
        let minted = desk.template_token("hasura").await;
        assert_eq!(minted, Ok(Some(jwt(number, 60))));
    }
    assert_eq!(desk.token().await, Ok(Some(jwt(1, 60))));
    assert_eq!(world.sent().len(), 2);
    assert!(world.told().is_empty());
}

#[tokio::test]
async fn a_template_that_is_not_there_is_told_and_signs_nobody_out() {
    let (world, desk) = signed_in().await;
    let path = format!("{PATH}/nothing");
    let unknown = refusal("resource_not_found");
    assert!(world.later(&path).send(Ok(unknown)).is_ok());
    let outcome = desk.template_token("nothing").await;
    assert!(matches!(outcome, Err(Failure::Refused(_))));
    assert!(desk.client().is_some());
}

#[tokio::test]
async fn a_token_of_a_template_is_for_whoever_is_there_when_it_comes() {
    let (world, desk) = signed_in().await;
    let path = format!("{PATH}/hasura");
    let unknown = refusal("authentication_invalid");
    assert!(world.later(&path).send(Ok(unknown)).is_ok());
    world.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    assert_eq!(desk.template_token("hasura").await, Ok(None));
    assert_eq!(desk.template_token("hasura").await, Ok(None));
    assert_eq!(world.sent().len(), 2);
}
