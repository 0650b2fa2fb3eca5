//! The accept loop, by real connections: what is too big or too many is turned away, and a stop is graceful.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use frontdesk_server::serve::serve;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server of one quick and one slow route, of at most `most` connections.
async fn start(most: usize) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(300)).await;
        "late"
    };
    let router = Router::new()
        .route("/", get(async || "here"))
        .route("/slow", get(slow))
        .route("/large", get(async || "x".repeat(1 << 20)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let running = tokio::spawn(async move {
        let stopped = async { drop(stopped.await) };
        serve(listener, router, most, stopped).await.unwrap();
    });
    (address, stop, running)
}

async fn say(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.unwrap();
}

async fn hear(stream: &mut TcpStream) -> String {
    let mut bytes = [0; 4096];
    let length = stream.read(&mut bytes).await.unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_stops() {
    let (address, stop, running) = start(10).await;
    let mut idle = TcpStream::connect(address).await.unwrap();
    say(&mut idle, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hear(&mut idle).await.ends_with("here"));
    let mut busy = TcpStream::connect(address).await.unwrap();
    say(&mut busy, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let begun = Instant::now();
    stop.send(()).unwrap();
    assert!(hear(&mut busy).await.ends_with("late"));
    running.await.unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "an idle connection kept the server up"
    );
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_head_that_is_too_big_is_turned_away() {
    let (address, _stop, _running) = start(10).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "GET / HTTP/1.1\r\nhost: a\r\nx-much: {}\r\n\r\n",
        "x".repeat(40_000)
    );
    // The server may have hung up before all of it was said.
    drop(stream.write_all(head.as_bytes()).await);
    assert!(hear(&mut stream).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn one_connection_more_than_allowed_waits_for_a_place() {
    let (address, _stop, _running) = start(1).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    say(&mut first, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hear(&mut first).await.ends_with("here"));
    let mut second = TcpStream::connect(address).await.unwrap();
    say(&mut second, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let early = tokio::time::timeout(Duration::from_millis(200), hear(&mut second)).await;
    assert!(early.is_err(), "answered although there was no place");
    drop(first);
    assert!(hear(&mut second).await.ends_with("here"));
}

#[tokio::test]
async fn who_says_nothing_is_hung_up_on() {
    let (address, _stop, _running) = start(10).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut slow = TcpStream::connect(address).await.unwrap();
    say(&mut slow, "GET / HT").await;
    let begun = Instant::now();
    let (nothing, refused) = tokio::join!(hear(&mut silent), hear(&mut slow));
    assert_eq!(nothing, "");
    assert!(
        refused.is_empty() || refused.starts_with("HTTP/1.1 408"),
        "{refused}"
    );
    let seconds = begun.elapsed().as_secs();
    assert!((8..20).contains(&seconds), "hung up after {seconds} s");
}

#[tokio::test]
async fn who_takes_in_no_answer_is_hung_up_on_and_keeps_no_server_up() {
    let (address, stop, running) = start(1).await;
    let deaf = tokio::net::TcpSocket::new_v4().unwrap();
    deaf.set_recv_buffer_size(2048).unwrap();
    let mut deaf = deaf.connect(address).await.unwrap();
    for _ in 0..20 {
        say(&mut deaf, "GET /large HTTP/1.1\r\nhost: a\r\n\r\n").await;
    }
    let begun = Instant::now();
    let mut next = TcpStream::connect(address).await.unwrap();
    say(&mut next, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(hear(&mut next).await.ends_with("here"));
    let seconds = begun.elapsed().as_secs();
    assert!((25..40).contains(&seconds), "a place after {seconds} s");
    drop((deaf, next));
    stop.send(()).unwrap();
    running.await.unwrap();
}

#[tokio::test]
async fn a_server_without_a_place_stops_all_the_same() {
    let (address, stop, running) = start(1).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    say(&mut first, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    stop.send(()).unwrap();
    assert!(hear(&mut first).await.ends_with("late"));
    tokio::time::timeout(Duration::from_secs(5), running)
        .await
        .expect("it stops")
        .unwrap();
}
