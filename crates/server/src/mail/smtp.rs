//! Sending letters by SMTP.

use anyhow::{Context as _, Result};
use frontdesk_protocol::{Email, Secret};
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::Written;

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It was taken.
    Sent,
    /// It never will be.
    Refused,
    /// Perhaps later.
    Later,
}

/// A mail server.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Sends through the server of `url`, e.g. `smtps://user:password@mail.example.com`, in the name of `from`.
    ///
    /// # Errors
    /// Where one of the two is no address.
    pub fn new(url: &Secret<String>, from: &str) -> Result<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
            // The URL holds a password, so the error must not quote it.
            .map_err(|_| anyhow::anyhow!("FRONTDESK_SMTP_URL is no address such as smtps://user:password@mail.example.com"))?;
        let from = from.parse().context("FRONTDESK_MAIL_FROM is no address")?;
        Ok(Self {
            transport: transport.build(),
            from,
        })
    }

    /// Sends one letter.
    pub async fn send(&self, to: &Email, letter: Written) -> Delivery {
        let message = match self.message(to, letter) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!("a letter cannot be written: {error:#}");
                return Delivery::Refused;
            }
        };
        match self.transport.send(message).await {
            Ok(_) => Delivery::Sent,
            Err(error) if error.is_permanent() => {
                tracing::warn!("the mail server refuses a letter: {error}");
                Delivery::Refused
            }
            Err(error) => {
                tracing::warn!("the mail server cannot take a letter: {error}");
                Delivery::Later
            }
        }
    }

    /// Bodies are base64, so that no line of a letter can be taken for a line of the protocol.
    fn message(&self, to: &Email, letter: Written) -> Result<Message> {
        let part = |kind: ContentType, text: String| -> Result<SinglePart> {
            let body = Body::new_with_encoding(text, ContentTransferEncoding::Base64)
                .map_err(|_| anyhow::anyhow!("cannot encode a body"))?;
            Ok(SinglePart::builder().header(kind).body(body))
        };
        let parts = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, letter.text)?)
            .singlepart(part(ContentType::TEXT_HTML, letter.html)?);
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.as_str().parse()?))
            .subject(letter.subject)
            .multipart(parts)
            .context("cannot build a message")
    }
}
