//! What the settings say together, and which of them no server runs with.

use anyhow::{Result, ensure};
use frontdesk_protocol::PasswordSettings;

use super::Settings;

impl Settings {
    /// What a new password must be like.
    pub fn password_settings(&self) -> PasswordSettings {
        let password = &self.password;
        PasswordSettings {
            min_length: password.min_length,
            max_length: password.max_length,
            show_zxcvbn: password.show_zxcvbn,
            min_zxcvbn_strength: u32::from(password.min_zxcvbn_strength),
            disable_hibp: password.disable_hibp,
            allowed_special_characters: password.allowed_special_characters.clone(),
            require_special_char: password.require_special_char,
            require_numbers: password.require_numbers,
            require_uppercase: password.require_uppercase,
            require_lowercase: password.require_lowercase,
        }
    }

    /// Refuses what production must not run with.
    ///
    /// # Errors
    /// Where a setting is weaker than a production server may be.
    pub fn check_for_production(&self) -> Result<()> {
        self.password.check_for_production()?;
        ensure!(
            self.verification.code_lifetime_s <= 900 && self.verification.resend_after_s >= 30,
            "verification: a code may live 900 s at the most, and be asked for again after 30 s at the earliest"
        );
        Ok(())
    }

    /// Refuses what makes no sense anywhere.
    ///
    /// # Errors
    /// Where a figure is out of range.
    pub fn check(&self) -> Result<()> {
        ensure!(
            !self.application_name.trim().is_empty(),
            "application_name is empty"
        );
        for provider in &self.providers {
            provider.check()?;
        }
        ensure!(
            self.email_address.sign_in && self.email_address.enabled
                || self.phone_number.sign_in && self.phone_number.enabled
                || self.username.sign_in && self.username.enabled
                || !self.providers.is_empty(),
            "nobody could sign in: no identifier and no provider is enabled"
        );
        ensure!(
            self.username.min_length >= 1 && self.username.min_length <= self.username.max_length,
            "username.min_length and username.max_length must be 1 at the least, in this order"
        );
        self.password.check()?;
        ensure!(
            self.sessions.lifetime_s >= 60
                && self.sessions.inactivity_s.is_none_or(|time| time >= 60),
            "a session must live for 60 s at the least"
        );
        ensure!(
            self.sessions.reverification.after_minutes >= 1,
            "sessions.reverification: a proof must count for a minute at the least"
        );
        ensure!(
            self.verification.code_lifetime_s >= 1 && self.verification.attempt_lifetime_s >= 60,
            "verification: a code must live for 1 s at the least, and an attempt for 60 s"
        );
        ensure!(
            (1..=365).contains(&self.organizations.invitation_days),
            "organizations.invitation_days must be between 1 and 365"
        );
        self.tokens.check()
    }
}
