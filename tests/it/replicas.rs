//! Two programs on one PostgreSQL: started together on an empty database, and one of them killed in use.

use serde_json::Value;

use crate::program::{Browser, Server};
use crate::site::{Database, PASSWORD};

fn json(answer: Option<String>) -> Value {
    serde_json::from_str(&answer.expect("an answer")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_notices_that_one_of_two_servers_is_killed_but_by_a_retry() {
    let Some(database) = Database::create().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let start = || Server::start(folder.path(), Some(&database.url), None);
    let (one, other) = std::thread::scope(|scope| {
        let (one, other) = (scope.spawn(start), scope.spawn(start));
        (one.join().unwrap(), other.join().unwrap())
    });
    let keys = |port| json(Browser::new(port, 0).get("/.well-known/jwks.json"));
    assert_eq!(keys(one.port), keys(other.port), "one set of keys");
    let mut browser = Browser::new(one.port, 1);
    let password = PASSWORD.replace(' ', "+");
    let email = "ada%2Bfrontdesk_test%40example.com";
    let form = format!("email_address={email}&password={password}");
    let begun = json(browser.post("/v1/client/sign_ups", &form));
    let id = begun["response"]["id"].as_str().unwrap();
    let path = |verb: &str| format!("/v1/client/sign_ups/{id}/{verb}_verification");
    json(browser.post(&path("prepare"), "strategy=email_code"));
    // The code was asked for at one of them, and is typed at the other.
    browser.port = other.port;
    let done = json(browser.post(&path("attempt"), "strategy=email_code&code=424242"));
    assert_eq!(done["response"]["status"], "complete");
    let session = done["response"]["created_session_id"].as_str().unwrap();
    let token = format!("/v1/client/sessions/{session}/tokens");
    one.kill();
    browser.port = one.port;
    assert!(browser.post(&token, "").is_none(), "it is gone");
    browser.port = other.port;
    assert!(
        json(browser.post(&token, ""))["jwt"].is_string(),
        "the retry"
    );
    drop((one, other));
    database.remove().await;
}
