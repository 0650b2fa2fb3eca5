//! E-mail addresses in the one form that is compared, stored and sent to.

use crate::ErrorCode;

/// A canonical e-mail address: one `@`, an ASCII local part in lowercase, a domain in lowercase ASCII.
///
/// Narrower than RFC 5321 on purpose: no quotes, comments, control characters or display names, so
/// that what is compared is what is sent to. Names of domains beyond ASCII become punycode on the
/// server (RFC 5891); a browser leaves that to the server.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    serde(try_from = "String", into = "String")
)]
pub struct Email(String);

impl Email {
    /// Parses an address as a person types it.
    ///
    /// # Errors
    /// `FormParamNil` where it is empty, `FormParamFormatInvalid` where it is no address.
    pub fn parse(text: &str) -> Result<Self, ErrorCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ErrorCode::FormParamNil);
        }
        canonical(text)
            .map(Self)
            .ok_or(ErrorCode::FormParamFormatInvalid)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with all but the first letter of its local part hidden, e.g. `a***@example.com`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}***@{domain}")
    }

    /// Whether this is a development test address: `+frontdesk_test` or `+clerk_test` in its local part.
    pub fn is_test(&self) -> bool {
        self.0.split_once('@').is_some_and(|(local, _)| {
            local.contains("+frontdesk_test") || local.contains("+clerk_test")
        })
    }
}

fn canonical(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let local_is_plain = !local.is_empty()
        && local.len() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&byte));
    let domain = ascii_domain(domain)?;
    let labels_are_plain = domain.contains('.')
        && domain.len() <= 253
        && domain.split('.').all(is_label)
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.bytes().any(|byte| byte.is_ascii_alphabetic()));
    (local_is_plain && labels_are_plain)
        .then(|| [&local.to_ascii_lowercase(), "@", &domain].concat())
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii())
}

#[cfg(not(target_arch = "wasm32"))]
fn ascii_domain(domain: &str) -> Option<String> {
    idna::domain_to_ascii_strict(domain)
        .ok()
        .filter(|ascii| ascii.is_ascii())
}

#[cfg(target_arch = "wasm32")]
fn ascii_domain(domain: &str) -> Option<String> {
    let is_clean = !domain
        .chars()
        .any(|letter| letter.is_control() || letter == ' ' || letter == '@');
    is_clean.then(|| domain.to_ascii_lowercase())
}

impl std::fmt::Display for Email {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl TryFrom<String> for Email {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not an e-mail address")
    }
}
