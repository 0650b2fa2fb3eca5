//! What we write to people about.

use frontdesk_locale::Text;
use frontdesk_protocol::{Email, Phone, Secret};
use serde::{Deserialize, Serialize, Serializer};

use super::html;

/// Where a letter goes: the stored, canonical address or number, never one that a request carried.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Address {
    /// By e-mail.
    Email(Email),
    /// As a text message.
    Phone(Phone),
}

/// A letter to somebody, in no language yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    /// Where it goes.
    pub to: Address,
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
    /// The code somebody asked for to choose another password.
    ResetCode {
        /// Six digits.
        #[serde(serialize_with = "expose")]
        code: Secret<String>,
    },
    /// The code that proves that the domain of the address is an organization's.
    DomainCode {
        /// Six digits.
        #[serde(serialize_with = "expose")]
        code: Secret<String>,
        /// What people call the organization.
        organization: String,
    },
    /// The link somebody asked for to prove the address.
    Link {
        /// Where it leads.
        #[serde(serialize_with = "expose")]
        url: Secret<String>,
    },
    /// An invitation to sign up.
    Invitation {
        /// Where it leads.
        #[serde(serialize_with = "expose")]
        url: Secret<String>,
    },
    /// An invitation to an organization.
    OrganizationInvitation {
        /// Where it leads.
        #[serde(serialize_with = "expose")]
        url: Secret<String>,
        /// What people call the organization.
        organization: String,
        /// What whoever invites is called; nobody where it is the app.
        inviter: Option<String>,
    },
    /// The password was changed.
    PasswordChanged,
    /// Somebody signed in with a browser for the first time.
    NewDevice {
        /// What the browser calls itself.
        device: String,
        /// The address of the network it called from.
        address: String,
    },
    /// A second factor or a passkey was added.
    FactorAdded,
    /// A second factor or a passkey was removed.
    FactorRemoved,
    /// Mails go elsewhere from now on; sent to the address they went to before.
    PrimaryAddressChanged {
        /// The new address, masked.
        address: String,
    },
    /// The address belongs to the account no more; sent to that address.
    AddressRemoved,
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
            Self::Code { code }
            | Self::AccountExists { code }
            | Self::ResetCode { code }
            | Self::DomainCode { code, .. } => Some(code),
            Self::Link { .. }
            | Self::Invitation { .. }
            | Self::OrganizationInvitation { .. }
            | Self::PasswordChanged
            | Self::NewDevice { .. }
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::PrimaryAddressChanged { .. }
            | Self::AddressRemoved => None,
        }
    }

    /// The link it carries.
    pub const fn link(&self) -> Option<&Secret<String>> {
        match self {
            Self::Link { url }
            | Self::Invitation { url }
            | Self::OrganizationInvitation { url, .. } => Some(url),
            Self::Code { .. }
            | Self::AccountExists { .. }
            | Self::ResetCode { .. }
            | Self::DomainCode { .. }
            | Self::PasswordChanged
            | Self::NewDevice { .. }
            | Self::FactorAdded
            | Self::FactorRemoved
            | Self::PrimaryAddressChanged { .. }
            | Self::AddressRemoved => None,
        }
    }

    /// Subject, title, paragraphs, and a note below.
    fn say(&self, text: &Text, application: &str) -> (String, String, Vec<String>, String) {
        match self {
            Self::Code { code } => (
                text.mail_code_subject(code.expose(), application),
                text.mail_code_title(),
                vec![text.mail_code_body(application)],
                text.mail_code_note(),
            ),
            Self::AccountExists { .. } => (
                text.mail_account_exists_subject(application),
                text.mail_account_exists_title(),
                vec![
                    text.mail_account_exists_body(application),
                    text.mail_account_exists_code(),
                ],
                text.mail_code_note(),
            ),
            Self::ResetCode { code } => (
                text.mail_reset_subject(code.expose(), application),
                text.mail_reset_title(),
                vec![text.mail_reset_body(application)],
                text.mail_code_note(),
            ),
            Self::DomainCode { code, organization } => (
                text.mail_domain_code_subject(code.expose(), organization),
                text.mail_domain_code_title(organization),
                vec![text.mail_domain_code_body(application, organization)],
                text.mail_code_note(),
            ),
            Self::Link { .. } => (
                text.mail_link_subject(application),
                text.mail_link_title(),
                vec![text.mail_link_body(application)],
                text.mail_link_note(),
            ),
            Self::Invitation { .. } => (
                text.mail_invitation_subject(application),
                text.mail_invitation_title(application),
                vec![text.mail_invitation_body(application)],
                text.mail_invitation_note(),
            ),
            Self::OrganizationInvitation {
                organization,
                inviter,
                ..
            } => (
                text.mail_organization_invitation_subject(application, organization),
                text.mail_organization_invitation_title(organization),
                vec![match inviter {
                    Some(inviter) => {
                        text.mail_organization_invitation_body(application, inviter, organization)
                    }
                    None => text.mail_organization_invitation_body_plain(application, organization),
                }],
                text.mail_invitation_note(),
            ),
            Self::PasswordChanged => (
                text.mail_password_changed_subject(application),
                text.mail_password_changed_title(),
                vec![text.mail_password_changed_body(application)],
                text.mail_password_changed_note(),
            ),
            Self::NewDevice { device, address } => (
                text.mail_new_device_subject(application),
                text.mail_new_device_title(),
                vec![text.mail_new_device_body(address, application, device)],
                text.mail_factor_note(),
            ),
            Self::FactorAdded => (
                text.mail_factor_added_subject(application),
                text.mail_factor_added_title(),
                vec![text.mail_factor_added_body(application)],
                text.mail_factor_note(),
            ),
            Self::FactorRemoved => (
                text.mail_factor_removed_subject(application),
                text.mail_factor_removed_title(),
                vec![text.mail_factor_removed_body(application)],
                text.mail_factor_note(),
            ),
            Self::PrimaryAddressChanged { address } => (
                text.mail_primary_address_changed_subject(application),
                text.mail_primary_address_changed_title(),
                vec![text.mail_primary_address_changed_body(application, address)],
                text.mail_primary_address_changed_note(),
            ),
            Self::AddressRemoved => (
                text.mail_address_removed_subject(application),
                text.mail_address_removed_title(),
                vec![text.mail_address_removed_body(application)],
                text.mail_address_removed_note(),
            ),
        }
    }
}

impl Address {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Phone(phone) => phone.as_str(),
        }
    }
}

impl Mail {
    /// Writes the letter out in the person's language; `application` is what the app is called, and `host` where it is.
    pub fn write(&self, application: &str, host: &str) -> Written {
        let text = Text::of(self.locale.as_deref().unwrap_or("en"));
        let code = self.letter.code().map(|code| code.expose().as_str());
        let link = self.letter.link().map(|link| link.expose().as_str());
        let (subject, title, paragraphs, note) = self.letter.say(&text, application);
        let body = match (&self.to, code) {
            // The last line is what browsers fill in by themselves (WICG, Origin-bound one-time codes).
            (Address::Phone(_), Some(code)) => {
                plain(&text.text_code(application, code)) + &format!("\n\n@{host} #{code}")
            }
            (Address::Phone(_), None) => plain(&paragraphs.join(" ")),
            (Address::Email(_), _) => {
                plain_text(&title, &paragraphs, code.or(link), &note, application)
            }
        };
        Written {
            subject: plain(&subject).replace(char::is_control, " "),
            text: body,
            html: html::document(&text, application, &title, &paragraphs, (code, link), &note),
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
