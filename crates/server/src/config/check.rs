//! What the settings say together, and which of them no server runs with.

use std::collections::BTreeSet;

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
        let mut names = BTreeSet::new();
        for provider in &self.providers {
            provider.check()?;
            ensure!(
                names.insert(&provider.id),
                "`providers`: there are two of the id {}",
                provider.id
            );
        }
        self.check_ways_in()?;
        for code in &self.phone_number.calling_codes {
            let is_number = !code.is_empty() && code.bytes().all(|it| it.is_ascii_digit());
            ensure!(
                is_number && !code.starts_with('0'),
                "`phone_number.calling_codes`: {code} is no calling code, such as 1 or 33"
            );
        }
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

    /// Refuses settings under which somebody, or everybody, stays outside.
    fn check_ways_in(&self) -> Result<()> {
        let (email, phone, username) = (&self.email_address, &self.phone_number, &self.username);
        let has_provider = self.providers.iter().any(|provider| provider.sign_in);
        let has_identifier = email.identifies() || phone.identifies() || username.identifies();
        ensure!(
            has_identifier || has_provider,
            "nobody could sign in: no identifier and no provider is enabled"
        );
        ensure!(
            self.password.enabled && has_identifier
                || email.identifies() && (email.code || email.link)
                || phone.identifies()
                || self.passkeys.enabled
                || has_provider,
            "nobody could prove who they are: one of `password.enabled`, `email_address.code`, \
             `email_address.link`, `phone_number.enabled`, `passkeys.enabled` and `providers` is needed"
        );
        let is_known = email.enabled
            || phone.enabled && phone.required
            || username.enabled && username.required;
        ensure!(
            is_known || !phone.enabled && !username.enabled,
            "without `email_address.enabled`, `username.required` or `phone_number.required` is needed: \
             else a sign-up ends in an account that nobody can name"
        );
        let factor = &self.second_factor;
        ensure!(
            !factor.required || factor.authenticator_app || factor.phone_code && phone.enabled,
            "`second_factor.required`: nobody could have one without second_factor.authenticator_app, \
             or second_factor.phone_code and phone_number.enabled"
        );
        Ok(())
    }
}
