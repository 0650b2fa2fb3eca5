//! What the cards of a link have in common: how long they wait, what they say, and what is behind a link that was opened.

use std::time::Duration;

use frontdesk_locale::Text;
use frontdesk_protocol::VerificationStatus;

use crate::kit::State;
use crate::page;

/// Most links are opened within a minute; after that nobody waits for every second.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(10);

/// What became of a link that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Landing {
    /// It was of use where it was asked for.
    Elsewhere,
    /// It was too old.
    Expired,
    /// It was spent, or none of ours.
    Failed,
    /// It was asked for in another browser.
    Mismatch,
}

/// What came of asking for the attempt.
pub enum Asked {
    /// It still waits.
    Waits,
    /// The server did not answer.
    Fails,
    /// There is nothing to wait for any more.
    Ends,
}

impl Landing {
    /// By what the server adds to the address, if it is of a link.
    pub fn of(status: &str) -> Option<Self> {
        Some(match status {
            "verified" => Self::Elsewhere,
            "expired" => Self::Expired,
            "failed" => Self::Failed,
            "client_mismatch" => Self::Mismatch,
            _ => return None,
        })
    }

    /// The title and the sentence of the card behind it.
    pub fn words(self) -> [fn(&Text) -> String; 2] {
        match self {
            Self::Elsewhere => [
                Text::sign_in_link_elsewhere_title,
                Text::sign_in_link_elsewhere,
            ],
            Self::Expired => [Text::sign_in_link_failed_title, Text::sign_in_link_expired],
            Self::Failed => [Text::sign_in_link_failed_title, Text::sign_in_link_failed],
            Self::Mismatch => [
                Text::sign_in_link_failed_title,
                Text::error_verification_link_client_mismatch,
            ],
        }
    }
}

/// What the card that waits says of a link that was sent.
pub fn state(status: VerificationStatus, is_over: bool) -> fn(&Text) -> String {
    match status {
        VerificationStatus::Unverified if !is_over => Text::sign_in_link_waiting,
        VerificationStatus::Unverified | VerificationStatus::Expired => Text::sign_in_link_expired,
        VerificationStatus::Failed => Text::sign_in_link_failed,
        VerificationStatus::Verified | VerificationStatus::Transferable => {
            Text::sign_in_link_elsewhere
        }
    }
}

/// Asks again and again what became of the attempt, for as long as the card is there and somebody sees it.
pub async fn wait(is_drawn: State<bool>, ask: impl AsyncFn() -> Asked) {
    let mut pause = FIRST_PAUSE;
    loop {
        page::after(pause).await;
        if is_drawn.is_disposed() {
            return;
        }
        if page::is_hidden() {
            // Whoever comes back from the mail is not kept waiting.
            pause = FIRST_PAUSE;
            continue;
        }
        pause = match ask().await {
            Asked::Waits => (pause * 11 / 10).min(LAST_PAUSE),
            Asked::Fails => LAST_PAUSE,
            Asked::Ends => return,
        };
    }
}
