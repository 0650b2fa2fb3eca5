//! People, their addresses, and what is verified of them.

use crate::{EmailAddressId, ErrorCode, OrganizationMembership, Strategy, Timestamp, UserId};

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
    }
}

impl VerificationStatus {
    /// How a verification stands after a try was refused with `error`.
    pub fn after(error: ErrorCode) -> Self {
        if error == ErrorCode::VerificationFailed {
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
        pub error: Option<ErrorCode>,
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
    /// A user, as they see themselves.
    "user" => pub struct User {
        /// Its id.
        pub id: UserId,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// The user name; none yet.
        pub username: Option<String>,
        /// Where the picture is; empty where there is none.
        pub image_url: String,
        /// Whether there is a picture.
        pub has_image: bool,
        /// The address that mails go to.
        pub primary_email_address_id: Option<EmailAddressId>,
        /// All addresses, the primary one first.
        pub email_addresses: Vec<EmailAddress>,
        /// Always empty yet.
        pub phone_numbers: Vec<Metadata>,
        /// Always empty yet.
        pub external_accounts: Vec<Metadata>,
        /// Always empty yet.
        pub passkeys: Vec<Metadata>,
        /// Always empty.
        pub web3_wallets: Vec<Metadata>,
        /// Always empty yet.
        pub enterprise_accounts: Vec<Metadata>,
        /// The organizations the user is a member of.
        pub organization_memberships: Vec<OrganizationMembership>,
        /// Whether there is a password.
        pub password_enabled: bool,
        /// Whether there is a second factor.
        pub two_factor_enabled: bool,
        /// What the app's server wrote, and browsers may read.
        pub public_metadata: Metadata,
        /// What browsers wrote.
        pub unsafe_metadata: Metadata,
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
    /// A set of values that an app keeps with a resource; empty until the Admin API can write it.
    pub struct Metadata {}
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
