//! What webhooks are told of users who were brought from elsewhere.

use frontdesk_server::import::System;

use super::{Receiver, webhook};
use crate::backend::{Backend, text};
use crate::import::{CLERK, import};
use crate::site::on_sites;

/// A file of so many people.
fn people(count: usize) -> String {
    let rows =
        (0..count).map(|it| format!("user_{it},P,,,p{it}@example.com,,p{it}@example.com,,,,,,"));
    let lines: Vec<String> = std::iter::once(CLERK.to_owned()).chain(rows).collect();
    lines.join("\n")
}

#[tokio::test]
async fn an_import_tells_nothing_unless_it_is_asked_to() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let receiver = Receiver::new().await;
        webhook(&backend, &receiver, &["*"]).await;
        let brought = import(&site, System::Clerk, &people(3), |_| ()).await;
        assert_eq!(brought.counts(), [3, 0, 0]);
        site.clock.advance_s(3600);
        site.send_events().await;
        assert!(receiver.kinds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_import_that_tells_keeps_nobody_waiting() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let receiver = Receiver::new().await;
        webhook(&backend, &receiver, &["user.*"]).await;
        let brought = import(&site, System::Clerk, &people(600), |it| {
            it.tell_webhooks = true;
        })
        .await;
        assert_eq!(brought.counts(), [600, 0, 0]);
        // Not all at once, but one tenth of a second after the other.
        site.clock.advance_s(10);
        site.send_events().await;
        let first = receiver.events();
        assert_eq!(first.len(), 101);
        assert!(first.iter().all(|event| event["type"] == "user.created"));
        let told = text(&first[0]["data"], "external_id");
        assert!(told.starts_with("user_"), "{told}");
        site.clock.advance_s(60);
        site.send_events().await;
        assert_eq!(first.len() + receiver.events().len(), 600);
    })
    .await;
}
