//! The instance's settings, as far as screens depend on them.

words! {
    /// Who may sign up.
    pub enum SignUpMode {
        /// Anybody.
        Public = "public",
        /// Nobody without an invitation.
        Restricted = "restricted",
        /// Nobody before they are let in from the waiting list.
        Waitlist = "waitlist",
    }
}

resource! {
    /// How one thing people tell about themselves is used.
    pub struct Attribute {
        /// Whether it is used at all.
        pub enabled: bool,
        /// Whether a sign-up without it is incomplete.
        pub required: bool,
        /// Whether it identifies at sign-in.
        pub used_for_first_factor: bool,
    }
    beyond {
        /// How it can be verified, e.g. `["email_code"]`.
        pub verifications: Vec<crate::Strategy>,
        /// What proves it at sign-in.
        pub first_factors: Vec<crate::Strategy>,
        /// Whether it must be verified before a sign-up is complete.
        pub verify_at_sign_up: bool,
        /// Whether people may not change it.
        pub immutable: bool,
        /// Whether it is a second factor.
        pub used_for_second_factor: bool,
        /// What proves it as a second factor.
        pub second_factors: Vec<crate::Strategy>,
    }
}

resource! {
    /// Every attribute.
    pub struct AttributeSettings {
        /// E-mail addresses.
        pub email_address: Attribute,
        /// Phone numbers.
        pub phone_number: Attribute,
        /// User names.
        pub username: Attribute,
        /// Passwords.
        pub password: Attribute,
        /// First names.
        pub first_name: Attribute,
        /// Last names.
        pub last_name: Attribute,
        /// Passkeys.
        pub passkey: Attribute,
    }
    beyond {
        /// Authenticator apps.
        pub authenticator_app: Attribute,
        /// Backup codes.
        pub backup_code: Attribute,
        /// Wallets; never.
        pub web3_wallet: Attribute,
    }
}

resource! {
    /// What a new password must be like.
    pub struct PasswordSettings {
        /// The fewest code points.
        pub min_length: u32,
        /// The most code points.
        pub max_length: u32,
        /// Whether a strength is shown.
        pub show_zxcvbn: bool,
    }
    beyond {
        /// The lowest strength, from 0 to 4.
        pub min_zxcvbn_strength: u32,
        /// Whether passwords that others know are taken.
        pub disable_hibp: bool,
        /// Characters that count as special.
        pub allowed_special_characters: String,
        /// Whether one of them must be in it.
        pub require_special_char: bool,
        /// Whether a digit must be in it.
        pub require_numbers: bool,
        /// Whether a capital must be in it.
        pub require_uppercase: bool,
        /// Whether a small letter must be in it.
        pub require_lowercase: bool,
    }
}

resource! {
    /// What a user name must be like.
    pub struct UsernameSettings {
        /// The fewest characters.
        pub min_length: u32,
        /// The most characters.
        pub max_length: u32,
    }
}

resource! {
    /// How passkeys are offered.
    pub struct PasskeySettings {
        /// Whether the field for who one is offers them.
        pub allow_autofill: bool,
        /// Whether there is a button.
        pub show_sign_in_button: bool,
    }
}

resource! {
    /// Whether there are second factors.
    pub struct SecondFactorSettings {
        /// Whether everybody must have one.
        pub required: bool,
        /// Whether anybody may have one.
        pub enabled: bool,
    }
}

resource! {
    /// How signing in works.
    pub struct SignInSettings {
        /// Whether whoever has no account goes on to sign up.
        pub combined: bool,
    }
    beyond {
        /// Whether there are second factors.
        pub second_factor: SecondFactorSettings,
    }
}

resource! {
    /// A field that a sign-up asks for beside the usual ones.
    pub struct CustomField {
        /// Its name in `unsafe_metadata`.
        pub name: String,
        /// `text`, `select` or `checkbox`.
        pub kind: String,
        /// What people read beside it.
        pub label: String,
        /// What can be chosen.
        pub options: Vec<String>,
        /// Whether a sign-up without it is incomplete.
        pub required: bool,
    }
}

resource! {
    /// How signing up works.
    pub struct SignUpSettings {
        /// Who may.
        pub mode: SignUpMode,
        /// Whether fields that are not required are shown too.
        pub shows_optional_fields: bool,
        /// Whether people must agree to the terms.
        pub legal_consent_enabled: bool,
    }
    beyond {
        /// Whether a browser must work before it may sign up; never by a third party.
        pub captcha_enabled: bool,
        /// Whether all that is required is asked for, be it later; always. Otherwise one of address and number is enough.
        pub progressive: bool,
        /// Fields beside the usual ones.
        pub custom_fields: Vec<CustomField>,
    }
}

resource! {
    /// A provider that people have accounts with.
    pub struct SocialProvider {
        /// Whether it is offered.
        pub enabled: bool,
        /// Whether a sign-up without it is incomplete; never.
        pub required: bool,
        /// Whether it signs in, and is not only connected.
        pub authenticatable: bool,
        /// How it proves, e.g. `oauth_github`.
        pub strategy: String,
        /// Whether it is kept off the screens.
        pub not_selectable: bool,
        /// What people know it by.
        pub name: String,
        /// Where its mark is; absent for its first letter.
        pub logo_url: Option<String>,
    }
}

resource! {
    /// Whether answers hide who has an account.
    pub struct EnumerationProtection {
        /// On by default.
        pub enabled: bool,
    }
}

resource! {
    /// What is done against attackers that a screen must know of.
    pub struct AttackProtection {
        /// Whether answers hide who has an account.
        pub enumeration_protection: EnumerationProtection,
    }
}

resource! {
    /// What people may do to their own accounts.
    pub struct Actions {
        /// Delete the account.
        pub delete_self: bool,
        /// Create organizations.
        pub create_organization: bool,
    }
}

resource! {
    /// Settings about users.
    pub struct UserSettings {
        /// What people tell about themselves.
        pub attributes: AttributeSettings,
        /// How signing in works.
        pub sign_in: SignInSettings,
        /// How signing up works.
        pub sign_up: SignUpSettings,
        /// What a new password must be like.
        pub password_settings: PasswordSettings,
        /// How passkeys are offered.
        pub passkey_settings: PasskeySettings,
    }
    beyond {
        /// Providers to sign in with, by their strategies.
        pub social: crate::Social,
        /// What a user name must be like.
        pub username_settings: UsernameSettings,
        /// What is done against attackers.
        pub attack_protection: AttackProtection,
        /// What people may do to their own accounts.
        pub actions: Actions,
    }
}

resource! {
    /// Names and addresses that screens show or lead to.
    "display_config" => pub struct DisplayConfig {
        /// The application's name.
        pub application_name: String,
        /// `development` or `production`.
        pub instance_environment_type: String,
        /// Whom people may write to; shown under "having trouble".
        pub support_email: Option<String>,
        /// `password` or `otp`: what a sign-in asks for first.
        pub preferred_sign_in_strategy: String,
        /// Where signing in happens.
        pub sign_in_url: String,
        /// Where signing up happens.
        pub sign_up_url: String,
        /// Where the profile is.
        pub user_profile_url: String,
        /// Where a finished sign-in leads.
        pub after_sign_in_url: String,
        /// Where a finished sign-up leads.
        pub after_sign_up_url: String,
        /// Where signing out leads.
        pub after_sign_out_all_url: String,
        /// Terms of service.
        pub terms_url: Option<String>,
        /// Privacy policy.
        pub privacy_policy_url: Option<String>,
    }
    beyond {
        /// Where people join the waiting list.
        pub waitlist_url: String,
    }
}

resource! {
    /// Settings about sessions.
    "auth_config" => pub struct AuthConfig {
        /// Whether one browser holds one session at the most.
        pub single_session_mode: bool,
    }
    beyond {
        /// Whether what matters asks for a proof again.
        pub reverification: bool,
    }
}

resource! {
    /// Settings about organizations.
    pub struct OrganizationSettings {
        /// Whether there are any.
        pub enabled: bool,
        /// The most members one may have; 0 for no limit.
        pub max_allowed_memberships: u32,
        /// Whether people must always be in one.
        pub force_organization_selection: bool,
    }
    beyond {
        /// Settings about their domains.
        pub domains: OrganizationDomainSettings,
    }
}

resource! {
    /// Settings about the domains of organizations.
    pub struct OrganizationDomainSettings {
        /// Whether organizations may have any.
        pub enabled: bool,
        /// What people may get whose address is there.
        pub enrollment_modes: Vec<String>,
        /// The key of the role they will have.
        pub default_role: String,
    }
}

resource! {
    /// `GET /v1/environment`: everything about the instance that a screen depends on.
    "environment" => pub struct Environment {
        /// Settings about sessions.
        pub auth_config: AuthConfig,
        /// Names and addresses.
        pub display_config: DisplayConfig,
        /// Settings about users.
        pub user_settings: UserSettings,
        /// Settings about organizations.
        pub organization_settings: OrganizationSettings,
        /// Whether the service only answers, and changes nothing.
        pub maintenance_mode: bool,
        /// Origins of pages that may call, and that redirects may lead to.
        pub allowed_origins: Vec<String>,
    }
}
