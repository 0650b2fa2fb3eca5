//! What the browser asks the server to do: the bodies of its requests.
//!
//! Every field is optional on the wire; the routes say which are required, and refuse by name.
//! Unknown fields are ignored, because other people's clients send more than we read.

use crate::Secret;

/// A body that can be sent as a form.
pub trait Form {
    /// Names and values of the fields that are set.
    fn fields(&self) -> Vec<(&'static str, &str)>;
}

command! {
    /// `POST /v1/client/sign_ins`.
    pub struct CreateSignIn {
        /// Who: an e-mail address, a phone number or a user name.
        pub identifier: Option<String>,
        /// How it is proven at once; absent to be asked.
        pub strategy: Option<String>,
        /// The password, to identify and prove in one step.
        pub password: Option<Secret<String>>,
        /// A ticket, to identify and prove in one step.
        pub ticket: Option<Secret<String>>,
        /// `true` to go on as whom a sign-up found to have an account.
        pub transfer: Option<String>,
        /// `true` to be refused with `sign_up_if_missing_transfer` where whoever proves it has no account, to sign up.
        pub sign_up_if_missing: Option<String>,
        /// Where a provider, or a link, leads back to.
        pub redirect_url: Option<String>,
        /// Where it goes on after that.
        pub action_complete_redirect_url: Option<String>,
        /// The language of the person, as a BCP 47 tag.
        pub locale: Option<String>,
        /// What the browser worked out.
        pub captcha_token: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ins/{id}/prepare_first_factor` and `…/prepare_second_factor`.
    pub struct PrepareFactor {
        /// How, e.g. `email_code`.
        pub strategy: Option<String>,
        /// To which address; absent for the one offered.
        pub email_address_id: Option<String>,
        /// To which number; absent for the one offered.
        pub phone_number_id: Option<String>,
        /// Where a provider, or a link, leads back to.
        pub redirect_url: Option<String>,
        /// Where it goes on after that.
        pub action_complete_redirect_url: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ins/{id}/attempt_first_factor` and `…/attempt_second_factor`.
    pub struct AttemptFactor {
        /// How, e.g. `password`.
        pub strategy: Option<String>,
        /// The password.
        pub password: Option<Secret<String>>,
        /// The code that was sent, or that an app shows.
        pub code: Option<Secret<String>>,
        /// What a passkey answered, as JSON.
        pub public_key_credential: Option<Secret<String>>,
        /// `true` to be asked for no second proof in this browser for a while.
        pub trust_device: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ins/{id}/reset_password`.
    pub struct ResetPassword {
        /// The password to use from now on.
        pub password: Option<Secret<String>>,
        /// `true` to end every other session.
        pub sign_out_of_other_sessions: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ups`.
    pub struct CreateSignUp {
        /// The e-mail address.
        pub email_address: Option<String>,
        /// The phone number.
        pub phone_number: Option<String>,
        /// The user name.
        pub username: Option<String>,
        /// The password.
        pub password: Option<Secret<String>>,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// `true` for agreement to the terms.
        pub legal_accepted: Option<String>,
        /// What browsers write, as JSON.
        pub unsafe_metadata: Option<String>,
        /// How the person is known: `oauth_…` or `ticket`; absent for what they type.
        pub strategy: Option<String>,
        /// A ticket, e.g. of an invitation.
        pub ticket: Option<Secret<String>>,
        /// `true` to go on as whom a sign-in found to have no account.
        pub transfer: Option<String>,
        /// Where a provider, or a link, leads back to.
        pub redirect_url: Option<String>,
        /// Where it goes on after that.
        pub action_complete_redirect_url: Option<String>,
        /// The language of the person, as a BCP 47 tag.
        pub locale: Option<String>,
        /// What the browser worked out.
        pub captcha_token: Option<String>,
    }
}

/// `PATCH /v1/client/sign_ups/{id}`: the same fields as when it is created.
pub type UpdateSignUp = CreateSignUp;

command! {
    /// `POST /v1/client/sign_ups/{id}/prepare_verification`, and the same of `/v1/me/email_addresses/{id}`
    /// and `/v1/me/phone_numbers/{id}`.
    pub struct PrepareVerification {
        /// How, e.g. `email_code`.
        pub strategy: Option<String>,
        /// Where a provider, or a link, leads back to.
        pub redirect_url: Option<String>,
        /// Where it goes on after that.
        pub action_complete_redirect_url: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ups/{id}/attempt_verification`, and the same of `/v1/me/email_addresses/{id}`,
    /// `/v1/me/phone_numbers/{id}`, `/v1/me/passkeys/{id}` and `/v1/me/totp`.
    pub struct AttemptVerification {
        /// How, e.g. `email_code`.
        pub strategy: Option<String>,
        /// The code.
        pub code: Option<Secret<String>>,
        /// What a browser made of a passkey, as JSON.
        pub public_key_credential: Option<Secret<String>>,
    }
}

command! {
    /// `POST /v1/me/phone_numbers`.
    pub struct CreatePhoneNumber {
        /// The number.
        pub phone_number: Option<String>,
    }
}

command! {
    /// `PATCH /v1/me/phone_numbers/{id}`.
    pub struct UpdatePhoneNumber {
        /// `true` to send codes there as a second factor.
        pub reserved_for_second_factor: Option<String>,
        /// `true` to ask for those first.
        pub default_second_factor: Option<String>,
    }
}

command! {
    /// `POST /v1/me/external_accounts` and `PATCH /v1/me/external_accounts/{id}/reauthorize`.
    pub struct ConnectExternalAccount {
        /// The provider, e.g. `oauth_github`.
        pub strategy: Option<String>,
        /// Where the provider leads back to.
        pub redirect_url: Option<String>,
        /// Where it goes on after that.
        pub action_complete_redirect_url: Option<String>,
        /// What is asked of it beside the usual, with spaces between.
        pub additional_scope: Option<String>,
    }
}

command! {
    /// `PATCH /v1/me/passkeys/{id}`.
    pub struct UpdatePasskey {
        /// What the user calls it.
        pub name: Option<String>,
    }
}

command! {
    /// `POST /v1/verify_link`.
    pub struct VerifyLink {
        /// The secret of the link.
        pub token: Option<Secret<String>>,
    }
}

command! {
    /// `POST /v1/waitlist`.
    pub struct JoinWaitlist {
        /// The address that is told once the person may sign up.
        pub email_address: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sessions/{id}/touch`.
    pub struct TouchSession {
        /// The organization to be in: an id or a slug; empty for the personal account, absent to stay.
        pub active_organization_id: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sessions/{id}/verify`.
    pub struct StartVerification {
        /// How much is to be proven: `first_factor`, `second_factor` or `multi_factor`; what the settings ask by default.
        pub level: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sessions/{id}/tokens`.
    pub struct CreateToken {
        /// The organization the token is for: an id or a slug; empty for the personal account, absent for the session's.
        pub organization_id: Option<String>,
    }
}

command! {
    /// `PATCH /v1/me`.
    pub struct UpdateUser {
        /// The first name; empty for none.
        pub first_name: Option<String>,
        /// The last name; empty for none.
        pub last_name: Option<String>,
        /// The user name; empty for none.
        pub username: Option<String>,
        /// What browsers write, as JSON.
        pub unsafe_metadata: Option<String>,
        /// The id of the verified number that is shown first.
        pub primary_phone_number_id: Option<String>,
        /// The id of the verified address that mails go to from now on.
        pub primary_email_address_id: Option<String>,
    }
}

command! {
    /// `PATCH /v1/me/metadata`.
    pub struct MergeMetadata {
        /// What browsers write, as JSON; null takes a member out.
        pub unsafe_metadata: Option<String>,
    }
}

command! {
    /// `POST /v1/me/change_password`.
    pub struct ChangePassword {
        /// The password in use; required where there is one.
        pub current_password: Option<Secret<String>>,
        /// The password to use from now on.
        pub new_password: Option<Secret<String>>,
        /// `true` to end every other session.
        pub sign_out_of_other_sessions: Option<String>,
    }
}

command! {
    /// `POST /v1/me/email_addresses`.
    pub struct CreateEmailAddress {
        /// The address.
        pub email_address: Option<String>,
    }
}

command! {
    /// `POST /v1/organizations`.
    pub struct CreateOrganization {
        /// What people call it.
        pub name: Option<String>,
        /// Its part of an address; absent to have one derived from the name.
        pub slug: Option<String>,
    }
}

command! {
    /// `PATCH /v1/organizations/{id}`.
    pub struct UpdateOrganization {
        /// What people call it.
        pub name: Option<String>,
        /// Its part of an address.
        pub slug: Option<String>,
    }
}

command! {
    /// `PATCH /v1/organizations/{id}/memberships/{user_id}`.
    pub struct UpdateMembership {
        /// The key of the role, e.g. `org:admin`.
        pub role: Option<String>,
    }
}

command! {
    /// `POST /v1/organizations/{id}/invitations`; of `…/bulk` too, where the address is there several times.
    pub struct CreateOrganizationInvitation {
        /// Who is invited.
        pub email_address: Option<String>,
        /// The key of the role they will have.
        pub role: Option<String>,
    }
}

command! {
    /// `POST /v1/organizations/{id}/domains`.
    pub struct CreateOrganizationDomain {
        /// The domain, e.g. `example.com`.
        pub name: Option<String>,
    }
}

command! {
    /// `POST /v1/organizations/{id}/domains/{domain_id}/prepare_affiliation_verification`.
    pub struct PrepareAffiliation {
        /// An address at the domain, which the code goes to.
        pub affiliation_email_address: Option<String>,
    }
}

command! {
    /// `POST /v1/organizations/{id}/domains/{domain_id}/attempt_affiliation_verification`.
    pub struct AttemptAffiliation {
        /// The code.
        pub code: Option<Secret<String>>,
    }
}

command! {
    /// `POST /v1/organizations/{id}/domains/{domain_id}/update_enrollment_mode`.
    pub struct UpdateEnrollmentMode {
        /// What people get whose address is there, e.g. `automatic_suggestion`.
        pub enrollment_mode: Option<String>,
        /// `true` to take back the invitations and suggestions that nobody has answered.
        pub delete_pending: Option<String>,
    }
}
