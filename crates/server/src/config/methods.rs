//! `frontdesk.toml`: what people are known by, and what they prove it with.

use frontdesk_protocol::{CustomField, Secret, UsernameSettings};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `[email_address]`: what e-mail addresses are used for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct EmailAddresses {
    /// Whether people have any.
    pub enabled: bool,
    /// Whether a sign-up without one is incomplete.
    pub required: bool,
    /// Whether one identifies at sign-in.
    pub sign_in: bool,
    /// Whether a code sent there proves it.
    pub code: bool,
    /// Whether a link sent there proves it.
    pub link: bool,
    /// Whether a link works only in the browser that asked for it. Turning it off lets whoever begins a sign-in
    /// for somebody else have the session once that person follows the link.
    pub link_same_browser: bool,
}

/// `[phone_number]`: what phone numbers are used for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhoneNumbers {
    /// Whether people have any.
    pub enabled: bool,
    /// Whether a sign-up without one is incomplete.
    pub required: bool,
    /// Whether one identifies at sign-in, and a code sent there proves it.
    pub sign_in: bool,
    /// Codes of countries that texts are sent to, e.g. `["1", "33"]`, perhaps with a `+`; empty for all.
    #[serde(deserialize_with = "calling_codes")]
    pub calling_codes: Vec<String>,
    /// Texts to all numbers that begin alike, per hour; against whoever is paid for each.
    pub texts_per_prefix_and_hour: u32,
}

/// `[username]`: whether people have user names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Usernames {
    /// Whether people have any.
    pub enabled: bool,
    /// Whether a sign-up without one is incomplete.
    pub required: bool,
    /// Whether one identifies at sign-in.
    pub sign_in: bool,
    /// The fewest characters.
    pub min_length: u32,
    /// The most characters.
    pub max_length: u32,
}

/// `[second_factor]`: what is asked for after the first proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct SecondFactors {
    /// Whether everybody must have one; who has none sets one up after signing in.
    pub required: bool,
    /// Whether it can be an authenticator app.
    pub authenticator_app: bool,
    /// Whether it can be a code sent as a text message.
    pub phone_code: bool,
    /// Whether there are codes for the day when nothing else is at hand.
    pub backup_codes: bool,
}

/// `[device]`: what is asked of a browser that a user has not signed in with before.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Devices {
    /// Whether a right password on a new device asks for a code.
    pub verify_new: bool,
    /// How long a browser is known for, and may be trusted without a second factor.
    pub trust_s: i64,
}

/// `[restrictions]`: who may have an account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Restrictions {
    /// Whether only who is on the allow list may sign up.
    pub allow_list: bool,
    /// Whether who is on the block list may not sign up or in.
    pub block_list: bool,
    /// Whether addresses such as `ada+tag@example.com` are refused.
    pub block_subaddresses: bool,
    /// Whether addresses of throw-away mailboxes are refused.
    pub block_disposable: bool,
}

/// `[texts]`: how text messages are sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Texts {
    /// Where each is posted as `{"to", "body"}`, signed with `webhook_secret`.
    pub webhook_url: Option<String>,
    /// What the webhook is signed with, by HMAC-SHA-256.
    #[serde(serialize_with = "hidden")]
    pub webhook_secret: Option<Secret<String>>,
    /// The address of an API like Twilio's, e.g. `https://api.twilio.com`.
    pub twilio_url: Option<String>,
    /// The account there.
    pub twilio_account: Option<String>,
    /// What proves the account.
    #[serde(serialize_with = "hidden")]
    pub twilio_token: Option<Secret<String>>,
    /// The number or sender that texts come from.
    pub from: Option<String>,
}

/// `[[sign_up.fields]]`: something that a sign-up asks for beside the usual.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomFieldSettings {
    /// Its name in `unsafe_metadata`.
    pub name: String,
    /// What kind of input it is.
    #[serde(default)]
    pub kind: CustomKind,
    /// What people read beside it.
    pub label: String,
    /// What can be chosen of a `select`.
    #[serde(default)]
    pub options: Vec<String>,
    /// Whether a sign-up without it is incomplete.
    #[serde(default)]
    pub required: bool,
}

/// A kind of input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomKind {
    /// A line of text.
    #[default]
    Text,
    /// One of several.
    Select,
    /// Yes or no.
    Checkbox,
}

impl CustomKind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Select => "select",
            Self::Checkbox => "checkbox",
        }
    }
}

impl CustomFieldSettings {
    /// The field as screens see it.
    pub fn shown(&self) -> CustomField {
        CustomField {
            name: self.name.clone(),
            kind: self.kind.as_str().to_owned(),
            label: self.label.clone(),
            options: self.options.clone(),
            required: self.required,
        }
    }
}

/// Calling codes as numbers begin, without the plus that people write before them.
fn calling_codes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let codes = Vec::<String>::deserialize(deserializer)?;
    let plain = |code: String| code.strip_prefix('+').map(str::to_owned).unwrap_or(code);
    Ok(codes.into_iter().map(plain).collect())
}

/// A secret is never shown, only whether there is one.
#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
pub(super) fn hidden<S: Serializer>(
    secret: &Option<Secret<String>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(_) => serializer.serialize_str("[secret]"),
        None => serializer.serialize_none(),
    }
}

impl Default for EmailAddresses {
    fn default() -> Self {
        Self {
            enabled: true,
            required: true,
            sign_in: true,
            code: true,
            link: false,
            link_same_browser: true,
        }
    }
}

impl Default for PhoneNumbers {
    fn default() -> Self {
        Self {
            enabled: false,
            required: false,
            sign_in: true,
            calling_codes: vec!["1".to_owned()],
            texts_per_prefix_and_hour: 100,
        }
    }
}

impl Default for Usernames {
    fn default() -> Self {
        Self {
            enabled: false,
            required: false,
            sign_in: true,
            min_length: 4,
            max_length: 64,
        }
    }
}

impl Default for SecondFactors {
    fn default() -> Self {
        Self {
            required: false,
            authenticator_app: true,
            phone_code: false,
            backup_codes: true,
        }
    }
}

impl Default for Devices {
    fn default() -> Self {
        Self {
            verify_new: false,
            trust_s: 2_592_000,
        }
    }
}

impl EmailAddresses {
    /// Whether people sign in by one.
    pub const fn identifies(&self) -> bool {
        self.enabled && self.sign_in
    }
}

impl PhoneNumbers {
    /// Whether people sign in by one.
    pub const fn identifies(&self) -> bool {
        self.enabled && self.sign_in
    }
}

impl Usernames {
    /// Whether people sign in by one.
    pub const fn identifies(&self) -> bool {
        self.enabled && self.sign_in
    }

    /// What a user name must be like.
    pub const fn shape(&self) -> UsernameSettings {
        UsernameSettings {
            min_length: self.min_length,
            max_length: self.max_length,
        }
    }
}

impl SecondFactors {
    /// Whether anybody may have one.
    pub const fn is_enabled(&self) -> bool {
        self.authenticator_app || self.phone_code
    }
}
