//! What tabs tell each other.

use serde_json::json;

use super::world::{World, client, session};
use crate::News;

#[tokio::test]
async fn a_sign_out_is_told_and_shows_in_the_other_tabs() {
    let (here, desk) = World::with_client(client(&[session('1')])).await;
    let (there, other) = World::with_client(client(&[session('1')])).await;
    here.reply(
        "/v1/client/sessions?_method=DELETE",
        200,
        json!({ "response": client(&[]), "client": null }),
    );
    assert_eq!(desk.sign_out().await, Ok(()));
    there.reply("/v1/client", 200, json!({ "response": client(&[]) }));
    for news in here.told() {
        assert_eq!(news, News::Client);
        other.hear(news);
    }
    there.run_tasks().await;
    assert!(
        other
            .client()
            .is_some_and(|client| client.sessions.is_empty())
    );
    assert!(there.told().is_empty(), "what was only read is not told on");
}

#[tokio::test]
async fn what_changes_nothing_of_who_is_signed_in_is_not_told() {
    let (world, desk) = World::with_client(client(&[session('1')])).await;
    world.reply(
        "/v1/me?_method=PATCH",
        200,
        json!({ "response": session('1')["user"], "client": client(&[session('1')]) }),
    );
    assert!(
        desk.update_me(&frontdesk_protocol::UpdateUser::default())
            .await
            .is_ok()
    );
    assert!(world.told().is_empty());
}

#[tokio::test]
async fn a_tab_that_comes_to_the_front_reads_the_client_again_after_five_seconds() {
    let (world, desk) = World::with_client(client(&[])).await;
    world.pass_ms(5_000);
    desk.resume();
    assert!(!world.has_tasks());
    world.pass_ms(1);
    desk.resume();
    assert!(world.has_tasks());
}

#[tokio::test]
async fn a_tab_that_has_not_loaded_yet_waits_until_somebody_asks() {
    let (world, desk) = World::start();
    desk.resume();
    desk.hear(News::Client);
    assert!(!world.has_tasks());
}
