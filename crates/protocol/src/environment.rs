//! The instance's settings, as far as screens depend on them.

words! {
    /// Who may sign up.
    pub enum SignUpMode {
        /// Anybody.
        Public = "public",
        /// Nobody without an invitation.
        Restricted = "restricted",
    }
}

resource! {
    /// How one thing people tell about themselves is used.
    pub struct Attribute {
        /// Whether it is used at all.
        pub enabled: bool,
        /// Whether a sign-up without it is incomplete.
        pub required: bool,
        /// How it can be verified, e.g. `["email_code"]`.
        pub verifications: Vec<crate::Strategy>,
        /// Whether it identifies at sign-in.
        pub used_for_first_factor: bool,
        /// What proves it at sign-in.
        pub first_factors: Vec<crate::Strategy>,
        /// Whether it must be verified before a sign-up is complete.
        pub verify_at_sign_up: bool,
    }
}

resource! {
    /// Every attribute.
    pub struct AttributeSettings {
        /// E-mail addresses.
        pub email_address: Attribute,
        /// Passwords.
        pub password: Attribute,
        /// First names.
        pub first_name: Attribute,
        /// Last names.
        pub last_name: Attribute,
    }
}

resource! {
    /// What a new password must be like.
    pub struct PasswordSettings {
        /// The fewest code points.
        pub min_length: u32,
        /// The most code points.
        pub max_length: u32,
    }
}

resource! {
    /// How signing in works.
    pub struct SignInSettings {
        /// Whether a second factor is asked for.
        pub second_factor_required: bool,
    }
}

resource! {
    /// How signing up works.
    pub struct SignUpSettings {
        /// Who may.
        pub mode: SignUpMode,
        /// Whether fields that are not required are shown too.
        pub progressive: bool,
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
        /// Providers to sign in with; none yet.
        pub social: crate::Metadata,
        /// How signing in works.
        pub sign_in: SignInSettings,
        /// How signing up works.
        pub sign_up: SignUpSettings,
        /// What a new password must be like.
        pub password_settings: PasswordSettings,
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
}

resource! {
    /// Settings about sessions.
    "auth_config" => pub struct AuthConfig {
        /// Whether one browser holds one session at the most.
        pub single_session_mode: bool,
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
