//! `frontdesk.toml`: what screens and flows depend on.
//!
//! Every key has a default, and a key that is not known is an error, so that a typing mistake is
//! found at the start rather than by an attacker.

use frontdesk_protocol::SignUpMode;
use serde::{Deserialize, Serialize};

use super::methods::{
    CustomFieldSettings, Devices, EmailAddresses, PhoneNumbers, Restrictions, SecondFactors, Texts,
    Usernames,
};
use super::organizations::Organizations;
use super::passkeys::Passkeys;
use super::password::Passwords;
use super::providers::ProviderSettings;
use super::step_up::Reverifications;
use super::users::Users;

use super::Tokens;

/// The whole file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What people know the app by.
    pub application_name: String,
    /// Whom people may write to.
    pub support_email: Option<String>,
    /// Where things are.
    pub urls: Urls,
    /// How signing in works.
    pub sign_in: SignIn,
    /// How signing up works.
    pub sign_up: SignUp,
    /// What e-mail addresses are used for.
    pub email_address: EmailAddresses,
    /// What phone numbers are used for.
    pub phone_number: PhoneNumbers,
    /// Whether people have user names.
    pub username: Usernames,
    /// What people may do with their own account.
    pub users: Users,
    /// What a new password must be like, and what hashing it costs.
    pub password: Passwords,
    /// Whether people sign in with passkeys.
    pub passkeys: Passkeys,
    /// Whom people have accounts with.
    pub providers: Vec<ProviderSettings>,
    /// What is asked for after the first proof.
    pub second_factor: SecondFactors,
    /// What is asked of new devices.
    pub device: Devices,
    /// Who may have an account.
    pub restrictions: Restrictions,
    /// How text messages are sent.
    pub texts: Texts,
    /// How long codes live.
    pub verification: Verification,
    /// How long sessions live.
    pub sessions: Sessions,
    /// What signs session tokens, and what else they can be made to say.
    pub tokens: Tokens,
    /// Whether there are organizations.
    pub organizations: Organizations,
    /// How much is let in at once.
    pub limits: Limits,
}

/// `[urls]`: where things are; a path is one of the public URL.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Urls {
    /// Where signing in happens.
    pub sign_in: String,
    /// Where signing up happens.
    pub sign_up: String,
    /// Where people join the waiting list.
    pub waitlist: String,
    /// Where the profile is.
    pub user_profile: String,
    /// Where a finished sign-in leads.
    pub after_sign_in: String,
    /// Where a finished sign-up leads.
    pub after_sign_up: String,
    /// Where signing out leads.
    pub after_sign_out: String,
    /// Terms of service.
    pub terms: Option<String>,
    /// Privacy policy.
    pub privacy_policy: Option<String>,
}

/// `[sign_in]`: how signing in works.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignIn {
    /// `password` or `email_code`: what is asked for first.
    pub preferred_strategy: Preferred,
    /// Whether whoever has no account goes on to sign up once the address or number is proven.
    pub combined: bool,
    /// Whether answers hide who has an account. Turning it off lets strangers find out who has one.
    pub hide_accounts: bool,
}

/// What is asked for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preferred {
    /// The password.
    Password,
    /// A code.
    EmailCode,
}

/// `[sign_up]`: how signing up works.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignUp {
    /// `public` or `restricted`.
    pub mode: SignUpMode,
    /// `off`, `optional` or `required`.
    pub first_name: Asked,
    /// `off`, `optional` or `required`.
    pub last_name: Asked,
    /// Whether fields that are not required are shown too.
    pub progressive: bool,
    /// Whether people must agree to the terms.
    pub legal_consent: bool,
    /// What is asked for beside the usual.
    pub fields: Vec<CustomFieldSettings>,
    /// Attempts from one network in ten minutes after which a browser must work before the next; 0 for never.
    pub captcha_after: u32,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Never.
    Off,
    /// It may be left out.
    Optional,
    /// It may not be left out.
    Required,
}

/// `[verification]`: how long codes live.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the unit is part of a name")]
pub struct Verification {
    /// How long a code works.
    pub code_lifetime_s: i64,
    /// How long before another one may be asked for.
    pub resend_after_s: i64,
    /// How long an attempt may be left alone.
    pub attempt_lifetime_s: i64,
}

/// `[sessions]`: how long sessions live.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sessions {
    /// How long a session lives at the most.
    pub lifetime_s: i64,
    /// How long a session may be left alone; the lifetime by default.
    pub inactivity_s: Option<i64>,
    /// Whether several people can be signed in to one browser.
    pub several: bool,
    /// What asks for a proof again.
    pub reverification: Reverifications,
}

/// `[limits]`: how much is let in at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Requests that change something, per minute and address of the network.
    pub writes_per_minute: u32,
    /// Requests to the Admin API, per minute and secret key.
    pub admin_requests_per_minute: u32,
    /// Connections at the same time.
    pub connections: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            application_name: "Frontdesk".to_owned(),
            support_email: None,
            urls: Urls::default(),
            sign_in: SignIn::default(),
            sign_up: SignUp::default(),
            email_address: EmailAddresses::default(),
            phone_number: PhoneNumbers::default(),
            username: Usernames::default(),
            users: Users::default(),
            password: Passwords::default(),
            passkeys: Passkeys::default(),
            providers: Vec::new(),
            second_factor: SecondFactors::default(),
            device: Devices::default(),
            restrictions: Restrictions::default(),
            texts: Texts::default(),
            verification: Verification::default(),
            sessions: Sessions::default(),
            tokens: Tokens::default(),
            organizations: Organizations::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Urls {
    fn default() -> Self {
        Self {
            sign_in: "/sign-in".to_owned(),
            sign_up: "/sign-up".to_owned(),
            waitlist: "/waitlist".to_owned(),
            user_profile: "/user".to_owned(),
            after_sign_in: "/".to_owned(),
            after_sign_up: "/".to_owned(),
            after_sign_out: "/sign-in".to_owned(),
            terms: None,
            privacy_policy: None,
        }
    }
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            preferred_strategy: Preferred::Password,
            combined: false,
            hide_accounts: true,
        }
    }
}

impl Default for SignUp {
    fn default() -> Self {
        Self {
            mode: SignUpMode::Public,
            first_name: Asked::Optional,
            last_name: Asked::Optional,
            progressive: false,
            legal_consent: false,
            fields: Vec::new(),
            captcha_after: 20,
        }
    }
}

impl Default for Verification {
    fn default() -> Self {
        Self {
            code_lifetime_s: 600,
            resend_after_s: 30,
            attempt_lifetime_s: 86_400,
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            lifetime_s: 604_800,
            inactivity_s: None,
            several: false,
            reverification: Reverifications::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            writes_per_minute: 300,
            admin_requests_per_minute: 6000,
            connections: 4096,
        }
    }
}

impl Sessions {
    /// How long a session may be left alone.
    pub fn idle_s(&self) -> i64 {
        self.inactivity_s.unwrap_or(self.lifetime_s)
    }
}
