//! The accept loop: every connection has its limits, and an end.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use crate::wire::read_route;

/// How long a request's head may take; a connection that is quiet for as long is closed.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a request may take in all.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// How long somebody may take in no more of an answer before their connection is closed.
const UNREAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests under way may take once the server is to stop.
const GRACE: Duration = Duration::from_secs(10);
/// The most bytes of a request's head.
const HEAD_BYTES: usize = 16 * 1024;

/// Answers `listener`'s connections, `most` at a time, until `stop` ends; then those under way.
///
/// # Errors
/// Where the listener broke for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    most: usize,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let places = Arc::new(Semaphore::new(most));
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.context("no more connections")?,
            () = &mut stop => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: some will be free in a moment.
                tracing::warn!("cannot accept a connection: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let watcher = graceful.watcher();
        let router = router.clone();
        tokio::spawn(async move {
            if speaks(&stream).await {
                let connection = connection(stream, peer, router);
                // A connection that breaks is the other side's affair.
                drop(watcher.watch(connection).await);
            }
            drop(place);
        });
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(GRACE) => tracing::warn!("requests that took too long were cut off"),
    }
    Ok(())
}

/// A stream that is written to with so much patience and no more.
type Patient = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;

/// Whether the other side says anything at all in time.
async fn speaks(stream: &TcpStream) -> bool {
    let mut first = [0];
    let peeked = tokio::time::timeout(HEAD_TIMEOUT, stream.peek(&mut first)).await;
    matches!(peeked, Ok(Ok(1)))
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> http1::Connection<
    Patient,
    impl hyper::service::HttpService<
        Incoming,
        ResBody = axum::body::Body,
        Error = std::convert::Infallible,
        Future: Send,
    >,
> {
    drop(stream.set_nodelay(true));
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let mut request = read_route(request.map(axum::body::Body::new));
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = tokio::time::timeout(REQUEST_TIMEOUT, router.oneshot(request)).await;
            answer.unwrap_or_else(|_| {
                let busy = crate::error::Error::Busy(1);
                Ok(axum::response::IntoResponse::into_response(busy))
            })
        }
    });
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(UNREAD_TIMEOUT));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}
