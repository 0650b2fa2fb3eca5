//! What we write to people about.

use frontdesk_locale::Text;
use frontdesk_protocol::{Email, Secret};
use serde::{Deserialize, Serialize, Serializer};

use super::html;

/// A letter to somebody, in no language yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// The stored, canonical address; never one that a request carried.
    pub to: Email,
    /// The language the person asked for, as a BCP 47 tag.
    pub locale: Option<String>,
    /// What it is about.
    pub letter: Letter,
}

/// Everything we write to people about.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Letter {
    /// The code somebody asked for to prove the address.
    Code {
        /// Six digits.
        #[serde(serialize_with = "expose")]
        code: Secret<String>,
    },
    /// Somebody signed up with, or added, an address that has an account; the owner alone learns it.
    AccountExists {
        /// Six digits, which prove the address to whoever is at the screen.
        #[serde(serialize_with = "expose")]
        code: Secret<String>,
    },
    /// The password was changed.
    PasswordChanged,
    /// Mails go elsewhere from now on; sent to the address they went to before.
    PrimaryAddressChanged {
        /// The new address, masked.
        address: String,
    },
}

/// A letter written out in somebody's language.
#[derive(Clone, Debug)]
pub struct Written {
    /// The subject, on one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

fn expose<S: Serializer>(code: &Secret<String>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.expose())
}

impl Letter {
    /// The code it carries.
    pub fn code(&self) -> Option<&Secret<String>> {
        match self {
            Self::Code { code } | Self::AccountExists { code } => Some(code),
            Self::PasswordChanged | Self::PrimaryAddressChanged { .. } => None,
        }
    }
}

impl Mail {
    /// Writes the letter out in the person's language; `application` is what the app is called.
    pub fn write(&self, application: &str) -> Written {
        let text = Text::of(self.locale.as_deref().unwrap_or("en"));
        let (subject, title, paragraphs, note) = match &self.letter {
            Letter::Code { code } => (
                text.mail_code_subject(code.expose(), application),
                text.mail_code_title(),
                vec![text.mail_code_body(application)],
                text.mail_code_note(),
            ),
            Letter::AccountExists { .. } => (
                text.mail_account_exists_subject(application),
                text.mail_account_exists_title(),
                vec![
                    text.mail_account_exists_body(application),
                    text.mail_account_exists_code(),
                ],
                text.mail_code_note(),
            ),
            Letter::PasswordChanged => (
                text.mail_password_changed_subject(application),
                text.mail_password_changed_title(),
                vec![text.mail_password_changed_body(application)],
                text.mail_password_changed_note(),
            ),
            Letter::PrimaryAddressChanged { address } => (
                text.mail_primary_address_changed_subject(application),
                text.mail_primary_address_changed_title(),
                vec![text.mail_primary_address_changed_body(application, address)],
                text.mail_primary_address_changed_note(),
            ),
        };
        let code = self.letter.code().map(|code| code.expose().as_str());
        Written {
            subject: plain(&subject).replace(char::is_control, " "),
            text: plain_text(&title, &paragraphs, code, &note, application),
            html: html::document(&text, application, &title, &paragraphs, code, &note),
        }
    }
}

fn plain_text(
    title: &str,
    paragraphs: &[String],
    code: Option<&str>,
    note: &str,
    application: &str,
) -> String {
    let mut parts = vec![title];
    parts.extend(paragraphs.iter().map(String::as_str));
    parts.extend(code);
    parts.extend([note, application]);
    plain(&parts.join("\n\n")) + "\n"
}

/// The text without the marks that keep a placeable's direction apart (UAX #9), so that digits copy as digits.
fn plain(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
