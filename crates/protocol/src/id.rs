//! Identifiers: a prefix that says what they name, and 130 random bits.

/// Crockford's alphabet in lowercase: no two letters look alike.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 26;

fn encode(prefix: &str, random: [u8; LENGTH]) -> String {
    let mut id = String::with_capacity(prefix.len() + LENGTH);
    id.push_str(prefix);
    id.extend(
        random
            .iter()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)])),
    );
    id
}

fn is_well_formed(prefix: &str, text: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|rest| {
        rest.len() == LENGTH && rest.bytes().all(|byte| ALPHABET.contains(&byte))
    })
}

macro_rules! id {
    ($( $(#[doc = $doc:literal])* $name:ident = $prefix:literal, )*) => { $(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(not(target_arch = "wasm32"), derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(not(target_arch = "wasm32"), serde(try_from = "String", into = "String"))]
        pub struct $name(String);

        impl $name {
            /// Makes an id of 26 random bytes.
            pub fn from_random(random: [u8; LENGTH]) -> Self {
                Self(encode($prefix, random))
            }

            /// The id in `text`, if it has this kind's prefix and shape.
            pub fn parse(text: &str) -> Option<Self> {
                is_well_formed($prefix, text).then(|| Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("not an id of this kind")
            }
        }

        impl crate::json::Read for $name {
            const BLANK: Self = Self(String::new());

            fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
                reader.text(&mut self.0);
                if !is_well_formed($prefix, &self.0) {
                    reader.refuse();
                }
            }
        }
    )* };
}

id! {
    /// Names a browser's client.
    ClientId = "client_",
    /// Names a session.
    SessionId = "sess_",
    /// Names a user.
    UserId = "user_",
    /// Names an e-mail address of a user.
    EmailAddressId = "idn_",
    /// Names a phone number of a user.
    PhoneNumberId = "phn_",
    /// Names a passkey.
    PasskeyId = "psk_",
    /// Names a user's account with a provider.
    ExternalAccountId = "eac_",
    /// Names an invitation to sign up, or to an organization.
    InvitationId = "inv_",
    /// Names a place on the waiting list.
    WaitlistEntryId = "wle_",
    /// Names a ticket to sign in with.
    SignInTokenId = "sit_",
    /// Names an entry of the allow list or the block list.
    RestrictionId = "rst_",
    /// Names a key of an app's server.
    SecretKeyId = "key_",
    /// Names a place that events are sent to.
    WebhookId = "whk_",
    /// Names something that happened, as webhooks tell it.
    EventId = "evt_",
    /// Names a sign-in attempt.
    SignInId = "sia_",
    /// Names a sign-up attempt.
    SignUpId = "sua_",
    /// Names an organization.
    OrganizationId = "org_",
    /// Names a role in organizations.
    RoleId = "role_",
    /// Names something that a role can allow.
    PermissionId = "perm_",
    /// Names a user's membership of an organization.
    MembershipId = "orgmem_",
    /// Names a domain of an organization.
    OrganizationDomainId = "orgdmn_",
    /// Names a suggestion to join an organization.
    SuggestionId = "orgsug_",
    /// Names a request to join an organization.
    MembershipRequestId = "orgmemreq_",
}
