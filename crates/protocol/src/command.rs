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
        /// Who: an e-mail address.
        pub identifier: Option<String>,
        /// How it is proven at once; absent to be asked.
        pub strategy: Option<String>,
        /// The password, to identify and prove in one step.
        pub password: Option<Secret<String>>,
        /// The language of the person, as a BCP 47 tag.
        pub locale: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ins/{id}/prepare_first_factor`.
    pub struct PrepareFactor {
        /// How: `email_code`.
        pub strategy: Option<String>,
        /// To which address; absent for the one offered.
        pub email_address_id: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ins/{id}/attempt_first_factor`.
    pub struct AttemptFactor {
        /// How: `password` or `email_code`.
        pub strategy: Option<String>,
        /// The password.
        pub password: Option<Secret<String>>,
        /// The code that was sent.
        pub code: Option<Secret<String>>,
    }
}

command! {
    /// `POST /v1/client/sign_ups`.
    pub struct CreateSignUp {
        /// The e-mail address.
        pub email_address: Option<String>,
        /// The password.
        pub password: Option<Secret<String>>,
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
        /// The language of the person, as a BCP 47 tag.
        pub locale: Option<String>,
    }
}

/// `PATCH /v1/client/sign_ups/{id}`: the same fields as when it is created.
pub type UpdateSignUp = CreateSignUp;

command! {
    /// `POST /v1/client/sign_ups/{id}/prepare_verification`, `POST /v1/me/email_addresses/{id}/prepare_verification`.
    pub struct PrepareVerification {
        /// How: `email_code`.
        pub strategy: Option<String>,
    }
}

command! {
    /// `POST /v1/client/sign_ups/{id}/attempt_verification`, `POST /v1/me/email_addresses/{id}/attempt_verification`.
    pub struct AttemptVerification {
        /// How: `email_code`.
        pub strategy: Option<String>,
        /// The code that was sent.
        pub code: Option<Secret<String>>,
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
        /// The id of the verified address that mails go to from now on.
        pub primary_email_address_id: Option<String>,
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
