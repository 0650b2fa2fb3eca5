//! People, their addresses, and what is verified of them.

#[cfg(not(target_arch = "wasm32"))]
use crate::ClientId;
#[cfg(not(target_arch = "wasm32"))]
use crate::Metadata;
use crate::{
    ApiError, EmailAddressId, ErrorCode, ExternalAccountId, OrganizationMembership, PasskeyId,
    PhoneNumberId, Strategy, Timestamp, UserId,
};

words! {
    /// How far a verification has come.
    pub enum VerificationStatus {
        /// Begun, not proven.
        Unverified = "unverified",
        /// Proven.
        Verified = "verified",
        /// Tried too often.
        Failed = "failed",
        /// Too old.
        Expired = "expired",
        /// Proven, but nobody here: a sign-in goes on as a sign-up, or the other way round.
        Transferable = "transferable",
    }
}

impl VerificationStatus {
    /// How a verification stands after a try was refused with `error`.
    pub fn after(error: ErrorCode) -> Self {
        let is_final = [
            ErrorCode::VerificationFailed,
            ErrorCode::OauthAccessDenied,
            ErrorCode::OauthProviderFailed,
            ErrorCode::ExternalAccountExists,
            ErrorCode::ExternalAccountEmailTaken,
            ErrorCode::IdentifierAlreadySignedIn,
            ErrorCode::NotAllowedAccess,
            ErrorCode::UserBanned,
            ErrorCode::UserLocked,
        ];
        if is_final.contains(&error) {
            Self::Failed
        } else if error == ErrorCode::VerificationExpired {
            Self::Expired
        } else {
            Self::Unverified
        }
    }
}

resource! {
    /// A verification of an address or of an attempt's factor.
    "verification" => pub struct Verification {
        /// How far it has come.
        pub status: VerificationStatus,
        /// How it is done.
        pub strategy: Strategy,
        /// Tries so far.
        pub attempts: u32,
        /// When it ends.
        pub expire_at: Option<Timestamp>,
        /// When a new code may be asked for.
        pub resend_at: Option<Timestamp>,
        /// What was wrong with the last try.
        pub error: Option<ApiError>,
    }
    beyond {
        /// Where the provider is that goes on with it.
        pub external_verification_redirect_url: Option<String>,
        /// What a passkey is asked for, as JSON (WebAuthn §5.5).
        pub nonce: Option<String>,
        /// The browser that a link was opened in.
        pub verified_at_client: Option<ClientId>,
    }
}

resource! {
    /// An e-mail address of a user.
    "email_address" => pub struct EmailAddress {
        /// Its id.
        pub id: EmailAddressId,
        /// The address, canonical.
        pub email_address: String,
        /// What is verified of it; absent where nobody has begun.
        pub verification: Option<Verification>,
        /// When it was added.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// A phone number of a user.
    "phone_number" => pub struct PhoneNumber {
        /// Its id.
        pub id: PhoneNumberId,
        /// The number, as E.164 has it.
        pub phone_number: String,
        /// What is verified of it; absent where nobody has begun.
        pub verification: Option<Verification>,
        /// Whether codes go there as a second factor.
        pub reserved_for_second_factor: bool,
        /// Whether it is the second factor that is asked for first.
        pub default_second_factor: bool,
        /// Codes for the day when it is not at hand; only where they were just made.
        pub backup_codes: Option<Vec<String>>,
        /// When it was added.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// A passkey of a user.
    "passkey" => pub struct Passkey {
        /// Its id.
        pub id: PasskeyId,
        /// What the user calls it.
        pub name: String,
        /// How far its registration has come; its `nonce` is what the browser is asked to make.
        pub verification: Option<Verification>,
        /// When somebody last signed in with it.
        pub last_used_at: Option<Timestamp>,
        /// When it was added.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// A user's account with a provider.
    "external_account" => pub struct ExternalAccount {
        /// Its id.
        pub id: ExternalAccountId,
        /// The provider, e.g. `oauth_github`.
        pub provider: String,
        /// What the provider calls the user.
        pub provider_user_id: String,
        /// What the provider allowed us, with spaces between.
        pub approved_scopes: String,
        /// The address that the provider tells.
        pub email_address: String,
        /// The user name there.
        pub username: Option<String>,
        /// The first name there.
        pub first_name: Option<String>,
        /// The last name there.
        pub last_name: Option<String>,
        /// Where the picture is.
        pub image_url: String,
        /// How far connecting has come.
        pub verification: Option<Verification>,
        /// When it was connected.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// `POST /v1/me/totp`: an authenticator app; its secret is told once.
    "totp" => pub struct Totp {
        /// Its id.
        pub id: String,
        /// The secret, in base 32; only while it is not verified.
        pub secret: Option<String>,
        /// What an app reads from a picture: `otpauth://totp/…`; only while it is not verified.
        pub uri: Option<String>,
        /// Whether a code of it was right.
        pub verified: bool,
        /// Codes for the day when it is not at hand; only where they were just made.
        pub backup_codes: Option<Vec<String>>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// `POST /v1/me/backup_codes`: codes that each work once; they are told this once.
    "backup_code" => pub struct BackupCodes {
        /// The id of the set.
        pub id: String,
        /// The codes.
        pub codes: Vec<String>,
        /// When they were made.
        pub created_at: Timestamp,
        /// When they were made.
        pub updated_at: Timestamp,
    }
}

resource! {
    /// What a profile shows of a user beyond what every screen needs.
    pub struct UserDetails {
        /// All numbers.
        pub phone_numbers: Vec<PhoneNumber>,
        /// Accounts with providers.
        pub external_accounts: Vec<ExternalAccount>,
        /// Passkeys.
        pub passkeys: Vec<Passkey>,
        /// Whether there is an authenticator app.
        pub totp_enabled: bool,
        /// Whether there are backup codes.
        pub backup_code_enabled: bool,
        /// Whether they may delete their account.
        pub delete_self_enabled: bool,
    }
}

resource! {
    /// A user, as they see themselves.
    "user" => pub struct User {
        /// Its id.
        pub id: UserId,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// The user name.
        pub username: Option<String>,
        /// Where the picture is; empty where there is none.
        pub image_url: String,
        /// Whether there is a picture.
        pub has_image: bool,
        /// The address that mails go to.
        pub primary_email_address_id: Option<EmailAddressId>,
        /// All addresses, the primary one first.
        pub email_addresses: Vec<EmailAddress>,
        /// The organizations the user is a member of.
        pub organization_memberships: Vec<OrganizationMembership>,
        /// Whether there is a password.
        pub password_enabled: bool,
        /// Whether there is a second factor.
        pub two_factor_enabled: bool,
        /// When the user last signed in.
        pub last_sign_in_at: Option<Timestamp>,
        /// Whether the user may create organizations.
        pub create_organization_enabled: bool,
        /// Whether the user may delete the account.
        pub delete_self_enabled: bool,
        /// When the user signed up.
        pub created_at: Timestamp,
        /// When the user was last changed.
        pub updated_at: Timestamp,
    }
    beyond {
        /// What the app's server calls the user.
        pub external_id: Option<String>,
        /// The number that is shown first.
        pub primary_phone_number_id: Option<PhoneNumberId>,
        /// All numbers, the primary one first.
        pub phone_numbers: Vec<PhoneNumber>,
        /// Accounts with providers.
        pub external_accounts: Vec<ExternalAccount>,
        /// Passkeys.
        pub passkeys: Vec<Passkey>,
        /// Always empty.
        pub web3_wallets: Vec<Metadata>,
        /// Always empty yet.
        pub enterprise_accounts: Vec<Metadata>,
        /// Whether there is an authenticator app.
        pub totp_enabled: bool,
        /// Whether there are backup codes.
        pub backup_code_enabled: bool,
        /// When the user agreed to the terms.
        pub legal_accepted_at: Option<Timestamp>,
        /// What the app's server wrote, and browsers may read.
        pub public_metadata: Metadata,
        /// What browsers wrote.
        pub unsafe_metadata: Metadata,
    }
}

impl User {
    /// The primary e-mail address, as text.
    pub fn primary_email(&self) -> Option<&str> {
        let id = self.primary_email_address_id.as_ref()?;
        self.email_addresses
            .iter()
            .find(|address| address.id == *id)
            .map(|address| address.email_address.as_str())
    }

    /// First and last name with a space between; absent where there is neither.
    pub fn full_name(&self) -> Option<String> {
        let names: Vec<&str> = [&self.first_name, &self.last_name]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        (!names.is_empty()).then(|| names.join(" "))
    }
}

resource! {
    /// A user, as other members of an organization see them.
    pub struct PublicUserData {
        /// The user's id.
        pub user_id: UserId,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// Where the picture is; empty where there is none.
        pub image_url: String,
        /// Whether there is a picture.
        pub has_image: bool,
        /// The primary e-mail address.
        pub identifier: String,
    }
}

resource! {
    /// A picture that was just sent.
    "image" => pub struct Image {
        /// Its id.
        pub id: String,
        /// What it is called; nothing.
        pub name: Option<String>,
        /// Where it is.
        pub public_url: String,
    }
}

resource! {
    /// What is left of something deleted.
    pub struct Deleted {
        /// Its id.
        pub id: String,
        /// Always true.
        pub deleted: bool,
    }
}

/// A page of a longer list: `{data, total_count}`.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
pub struct List<T> {
    /// The page.
    pub data: Vec<T>,
    /// How many there are in all.
    pub total_count: u32,
}

impl<T: crate::json::Read> crate::json::Read for List<T> {
    const BLANK: Self = Self {
        data: Vec::new(),
        total_count: 0,
    };

    fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
        crate::json::field(reader, "data", &mut self.data);
        crate::json::field(reader, "total_count", &mut self.total_count);
    }
}
