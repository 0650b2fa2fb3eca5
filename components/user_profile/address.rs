//! The user's addresses, as the section about them shows them.

use frontdesk_protocol::{Client, EmailAddress, EmailAddressId, Verification, VerificationStatus};

/// An address in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) id: EmailAddressId,
    pub(super) text: String,
    pub(super) is_primary: bool,
    pub(super) is_verified: bool,
}

impl Address {
    /// All of them: the primary one, then the verified ones, then the others.
    pub(super) fn all(client: &Client) -> Option<Vec<Self>> {
        let user = &client.active_session()?.user;
        let mut all: Vec<Self> = user
            .email_addresses
            .iter()
            .map(|address| Self {
                id: address.id.clone(),
                text: address.email_address.clone(),
                is_primary: user.primary_email_address_id.as_ref() == Some(&address.id),
                is_verified: is_verified(address),
            })
            .collect();
        all.sort_by_key(|address| (!address.is_primary, !address.is_verified));
        Some(all)
    }
}

/// Whether it is proven that the address is the user's.
fn is_verified(address: &EmailAddress) -> bool {
    status(address.verification.as_ref()) == Some(VerificationStatus::Verified)
}

fn status(verification: Option<&Verification>) -> Option<VerificationStatus> {
    verification.map(|verification| verification.status)
}
