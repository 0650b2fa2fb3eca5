//! Requests of ours go where they may, and no further, over real sockets.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::http::header::LOCATION;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::fetch::{Fetch, FetchError, MAX_BODY, Reach, is_public};

async fn start() -> SocketAddr {
    let router = Router::new()
        .route("/", get(|| async { "hello" }))
        .route(
            "/moved",
            get(|| async { (StatusCode::FOUND, [(LOCATION, "/")], "moved") }),
        )
        .route("/full", get(|| async { vec![b'a'; MAX_BODY] }))
        .route("/large", get(|| async { vec![b'a'; MAX_BODY + 1] }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(crate::serve::serve(
        listener,
        router,
        16,
        std::future::pending(),
    ));
    address
}

fn request(url: &str) -> Request<Vec<u8>> {
    Request::get(url).body(Vec::new()).unwrap()
}

#[tokio::test]
async fn an_answer_comes_whole_and_a_redirect_is_one() {
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let at = start().await;
    let hello = fetch.send(request(&format!("http://{at}/"))).await.unwrap();
    assert_eq!(hello.body(), b"hello");
    let moved = fetch
        .send(request(&format!("http://{at}/moved")))
        .await
        .unwrap();
    assert_eq!(moved.status(), StatusCode::FOUND);
    assert_eq!(moved.headers()[LOCATION], "/");
    assert_eq!(moved.body(), b"moved");
}

#[tokio::test]
async fn an_answer_is_bounded_in_size() {
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let at = start().await;
    let full = fetch
        .send(request(&format!("http://{at}/full")))
        .await
        .unwrap();
    assert_eq!(full.body().len(), MAX_BODY);
    let large = fetch.send(request(&format!("http://{at}/large"))).await;
    assert!(matches!(large, Err(FetchError::TooLarge)));
}

#[tokio::test]
async fn an_answer_is_bounded_in_time() {
    // It accepts, for the system does, and never says a word.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let answer = fetch
        .send_within(Duration::from_millis(20), request(&url))
        .await;
    assert!(matches!(answer, Err(FetchError::TimedOut)));
}

#[tokio::test]
async fn production_does_not_reach_into_its_own_network() {
    let fetch = Fetch::new(Reach::Public).unwrap();
    let port = start().await.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
    ] {
        let answer = fetch
            .send(request(&format!("https://{host}:{port}/")))
            .await;
        assert!(
            matches!(answer, Err(FetchError::Refused(_))),
            "{host}: {answer:?}"
        );
    }
    let plain = fetch.send(request("http://example.com/")).await;
    assert!(matches!(plain, Err(FetchError::Refused(_))));
}

#[tokio::test]
async fn what_broke_is_told_without_the_address() {
    let gone = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let error = fetch
        .send(request(&format!("http://{gone}/?token=hush")))
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::Failed(_)), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"));
}

#[test]
fn special_addresses_are_not_public() {
    for special in [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.31.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fe80::1",
        "ff02::1",
    ] {
        assert!(!is_public(special.parse::<IpAddr>().unwrap()), "{special}");
    }
    for public in [
        "8.8.8.8",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "64:ff9b::8.8.8.8",
        "2001:4860:4860::8888",
        "2002:808:808::",
        "2606:4700::1111",
    ] {
        assert!(is_public(public.parse::<IpAddr>().unwrap()), "{public}");
    }
}

#[tokio::test]
async fn of_a_glimpse_no_more_is_read_than_was_asked_for() {
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let at = start().await;
    let large = request(&format!("http://{at}/large"));
    let large = fetch.glimpse(large, 10).await.unwrap();
    assert_eq!(large.body(), b"aaaaaaaaaa");
    let moved = request(&format!("http://{at}/moved"));
    let moved = fetch.glimpse(moved, 10).await.unwrap();
    assert_eq!(moved.status(), StatusCode::FOUND);
    let public = Fetch::new(Reach::Public).unwrap();
    for url in [
        format!("http://{at}/"),
        format!("https://{at}/"),
        format!("https://localhost:{}/", at.port()),
    ] {
        let refused = public.glimpse(request(&url), 10).await;
        assert!(matches!(refused, Err(FetchError::Refused(_))), "{url}");
    }
}

#[test]
fn what_can_be_known_of_an_address_is_known_before_it_is_called() {
    let (public, any) = (
        Fetch::new(Reach::Public).unwrap(),
        Fetch::new(Reach::Anywhere).unwrap(),
    );
    for url in [
        "https://example.com/hooks",
        "https://example.com:8443/?a=b",
        "https://1.1.1.1/",
    ] {
        assert!(!public.refuses(url), "{url}");
    }
    for url in [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://10.0.0.1/",
        "https://2130706433/",
        "https://0x7f.1/",
    ] {
        assert!(public.refuses(url), "{url}");
        assert!(!any.refuses(url), "{url}");
    }
    for url in [
        "",
        "example.com",
        "ftp://example.com/",
        "data:,a",
        "https://a:b@example.com/",
        "https://a@example.com/",
        "https://example.com/#a",
    ] {
        assert!(any.refuses(url), "{url}");
    }
}
