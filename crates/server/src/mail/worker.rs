//! What goes on beside the requests: letters leave, activity is written down, what has ended is forgotten.

use std::time::Duration;

use anyhow::Result;
use frontdesk_protocol::Timestamp;
use tokio::time::{MissedTickBehavior, interval};

use super::smtp::Delivery;
use super::{Address, Smtp, text, write_domain_letters};
use crate::app::App;
use crate::flow::open_mail;

/// How long one try may take before another replica may make the next.
const LEASE_S: i64 = 120;
/// A letter that could not be sent for a day is given up.
const PATIENCE_S: i64 = 86_400;

/// Works until it is dropped; without anybody to send them, letters stay where the mailbox shows them.
pub async fn deliver(app: App, smtp: Option<Smtp>) {
    let mut tick = interval(Duration::from_secs(5));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut forgotten_at = Timestamp(0);
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = app.letters.notified() => {}
        }
        let now = app.now();
        let mut done = note_activity(&app).await;
        if now.0 - forgotten_at.0 >= 600_000 {
            forgotten_at = now;
            done = done.and(app.store.forget(now).await);
        }
        done = done.and(write_domain_letters(&app).await);
        if smtp.is_some() || text::is_configured(&app.settings().texts) {
            done = done.and(send_due(&app, smtp.as_ref()).await);
        }
        if let Err(error) = done {
            tracing::error!("beside the requests: {error:#}");
        }
    }
}

/// Writes down which sessions were used.
///
/// # Errors
/// Where the store broke.
pub async fn note_activity(app: &App) -> Result<()> {
    let used = app.activity.take();
    if used.is_empty() {
        return Ok(());
    }
    let idle_s = app.settings().sessions.idle_s();
    app.store.note_activity(&used, idle_s).await
}

/// Sends what is due.
///
/// # Errors
/// Where the store broke.
pub async fn send_due(app: &App, smtp: Option<&Smtp>) -> Result<()> {
    while let Some(due) = app.store.take_letter(app.now(), LEASE_S).await? {
        let mail = open_mail(app, &due.sealed)?;
        let letter = mail.write(&app.settings().application_name, app.config.host());
        let has_texts = text::is_configured(&app.settings().texts);
        let delivery = match (&mail.to, smtp) {
            (Address::Email(to), Some(smtp)) => smtp.send(to, letter).await,
            (Address::Phone(to), _) if has_texts => {
                text::send(app, &due.id, to, &letter.text).await
            }
            // In development the mailbox shows it still.
            (Address::Email(_) | Address::Phone(_), _) => {
                let later = app.now().plus_s(PATIENCE_S);
                app.store.delay_letter(&due.id, later).await?;
                continue;
            }
        };
        let now = app.now();
        match delivery {
            Delivery::Later if now.0 - due.created_at.0 < PATIENCE_S * 1000 => {
                let wait_s = 30 << due.tries.min(7);
                app.store.delay_letter(&due.id, now.plus_s(wait_s)).await?;
            }
            Delivery::Sent | Delivery::Refused | Delivery::Later => {
                app.store.close_letter(&due.id, now).await?;
            }
        }
    }
    Ok(())
}
