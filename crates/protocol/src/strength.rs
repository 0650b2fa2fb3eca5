//! How hard a password is to guess, as it is typed.

use crate::Secret;

command! {
    /// `POST /v1/password_strength`.
    pub struct CheckPassword {
        /// The password.
        pub password: Option<Secret<String>>,
        /// The address of whose it is, which must not be in it.
        pub email_address: Option<String>,
    }
}

resource! {
    /// How hard a password is to guess, and why.
    pub struct PasswordStrength {
        /// From 0 for what is guessed at once to 4 for what never is.
        pub score: u32,
        /// What is wrong with it, as a word, e.g. `top_ten`.
        pub warning: Option<String>,
        /// What would make it better, as words, e.g. `another_word`.
        pub suggestions: Vec<String>,
    }
}
