//! Where a sign-up goes next.

#[cfg(not(target_arch = "wasm32"))]
use super::{
    Field, Filled, Requirements, SignUpEvent, SignUpVerification, SignUpVerifications, Verified,
};
use super::{SignUp, SignUpStatus};
#[cfg(not(target_arch = "wasm32"))]
use crate::{
    ApiError, ErrorCode, Metadata, Prepared, SignUpId, Strategy, Timestamp, VerificationStatus,
};

impl SignUp {
    /// A new attempt in which everything is missing.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn new(id: SignUpId, requirements: Requirements, abandon_at: Timestamp) -> Self {
        let verification = |strategies: Vec<Strategy>| {
            (!strategies.is_empty()).then(|| SignUpVerification::to_prepare(strategies))
        };
        Self {
            id,
            status: SignUpStatus::MissingRequirements,
            missing_fields: requirements.required.clone(),
            unverified_fields: Vec::new(),
            required_fields: requirements.required,
            optional_fields: requirements.optional,
            username: None,
            first_name: None,
            last_name: None,
            email_address: None,
            phone_number: None,
            has_password: false,
            locale: None,
            verifications: SignUpVerifications {
                email_address: verification(requirements.email_strategies),
                phone_number: verification(requirements.phone_strategies),
                external_account: None,
            },
            created_user_id: None,
            created_session_id: None,
            abandon_at,
            external_account_strategy: None,
            external_account: None,
            legal_accepted_at: None,
            unsafe_metadata: Metadata::default(),
        }
    }

    /// Whether nothing is missing or unverified, so that a user can be made of it.
    pub fn is_ready(&self) -> bool {
        self.status == SignUpStatus::MissingRequirements
            && self.missing_fields.is_empty()
            && self.unverified_fields.is_empty()
    }

    /// The attempt after `event`.
    ///
    /// # Errors
    /// `VerificationInvalid` where there is nothing to verify, `AttemptNotFound` where the event cannot happen now.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn advance(mut self, event: SignUpEvent) -> Result<Self, ErrorCode> {
        if self.status != SignUpStatus::MissingRequirements {
            return Err(ErrorCode::AttemptNotFound);
        }
        match event {
            SignUpEvent::Filled(filled) => self.fill(*filled),
            SignUpEvent::Prepared(prepared) => self.prepare(prepared)?,
            SignUpEvent::Refused { field, error } => {
                let verification = self.open(field)?;
                verification.attempts += 1;
                verification.status = VerificationStatus::after(error);
                verification.error = Some(ApiError::of(error));
            }
            SignUpEvent::Connected {
                strategy,
                account,
                filled,
            } => {
                let mut verification = SignUpVerification::to_prepare(vec![strategy]);
                verification.strategy = Some(strategy);
                verification.pass();
                self.verifications.external_account = Some(verification);
                self.external_account_strategy = Some(strategy.as_str().to_owned());
                self.external_account = Some(*account);
                self.take_verified(*filled);
            }
            SignUpEvent::Transferable => {
                let verification = self.open(Verified::ExternalAccount)?;
                verification.pass();
                verification.status = VerificationStatus::Transferable;
                verification.error = Some(ApiError::of(ErrorCode::ExternalAccountExists));
                verification.external_verification_redirect_url = None;
            }
            SignUpEvent::Transferred => {
                let verification = self.open(Verified::ExternalAccount)?;
                if verification.status != VerificationStatus::Transferable {
                    return Err(ErrorCode::VerificationInvalid);
                }
                verification.pass();
            }
            SignUpEvent::Verified(field) => {
                self.open(field)?.pass();
                self.unverified_fields
                    .retain(|open| Some(*open) != field.field());
            }
            SignUpEvent::Completed { user, session } => {
                if !self.is_ready() {
                    return Err(ErrorCode::VerificationInvalid);
                }
                self.status = SignUpStatus::Complete;
                self.created_user_id = Some(user);
                self.created_session_id = Some(session);
            }
        }
        Ok(self)
    }

    /// Takes an address or number that somebody trusted has verified.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn take_verified(&mut self, filled: Filled) {
        let fields = [
            (filled.email_address.is_some(), Verified::EmailAddress),
            (filled.phone_number.is_some(), Verified::PhoneNumber),
        ];
        self.fill(filled);
        for (is_given, field) in fields {
            if !is_given {
                continue;
            }
            if let Some(verification) = self.verification(field) {
                verification.pass();
            }
            self.unverified_fields
                .retain(|open| Some(*open) != field.field());
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn fill(&mut self, filled: Filled) {
        const NAMES: [Field; 3] = [Field::EmailAddress, Field::PhoneNumber, Field::Username];
        if take(&mut self.email_address, filled.email_address) {
            self.reopen(Verified::EmailAddress, self.email_address.is_some());
        }
        if take(&mut self.phone_number, filled.phone_number) {
            self.reopen(Verified::PhoneNumber, self.phone_number.is_some());
        }
        self.has_password |= filled.has_password;
        take(&mut self.username, filled.username);
        take(&mut self.first_name, filled.first_name);
        take(&mut self.last_name, filled.last_name);
        self.locale = filled.locale.or(self.locale.take());
        self.legal_accepted_at = filled.legal_accepted_at.or(self.legal_accepted_at);
        if let Some(metadata) = filled.unsafe_metadata {
            self.unsafe_metadata = metadata;
        }
        let required = self.required_fields.iter().copied();
        let mut missing: Vec<Field> = required
            .filter(|field| !self.has(*field, filled.has_custom))
            .collect();
        // Whoever is known by nothing could never sign in again.
        let is_known = self.external_account.is_some()
            || NAMES
                .iter()
                .any(|name| self.has(*name, false) || missing.contains(name));
        if !is_known {
            let mut names = NAMES.into_iter();
            missing.extend(names.find(|name| self.optional_fields.contains(name)));
        }
        self.missing_fields = missing;
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn prepare(&mut self, prepared: Prepared) -> Result<(), ErrorCode> {
        let field = Verified::by(prepared.strategy)?;
        if field == Verified::ExternalAccount {
            self.verifications.external_account =
                Some(SignUpVerification::to_prepare(vec![prepared.strategy]));
        }
        let verification = self.open(field)?;
        if !verification
            .supported_strategies
            .contains(&prepared.strategy)
        {
            return Err(ErrorCode::StrategyInvalid);
        }
        verification.status = VerificationStatus::Unverified;
        verification.strategy = Some(prepared.strategy);
        verification.attempts = 0;
        verification.expire_at = Some(prepared.expire_at);
        verification.resend_at = prepared.resend_at;
        verification.error = None;
        "needs_attempt".clone_into(&mut verification.next_action);
        verification.external_verification_redirect_url = prepared.url;
        Ok(())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn has(&self, field: Field, has_custom: bool) -> bool {
        let is_filled =
            |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        match field {
            Field::EmailAddress => self.email_address.is_some(),
            Field::PhoneNumber => self.phone_number.is_some(),
            Field::Username => self.username.is_some(),
            // Whoever comes from a provider needs no password beside it.
            Field::Password => self.has_password || self.external_account.is_some(),
            Field::FirstName => is_filled(&self.first_name),
            Field::LastName => is_filled(&self.last_name),
            Field::LegalAccepted => self.legal_accepted_at.is_some(),
            Field::Custom => has_custom,
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn verification(&mut self, field: Verified) -> Option<&mut SignUpVerification> {
        match field {
            Verified::EmailAddress => self.verifications.email_address.as_mut(),
            Verified::PhoneNumber => self.verifications.phone_number.as_mut(),
            Verified::ExternalAccount => self.verifications.external_account.as_mut(),
        }
    }

    /// What was verified of another address or number counts no more; where there `is_one`, it is to be verified.
    #[cfg(not(target_arch = "wasm32"))]
    fn reopen(&mut self, verified: Verified, is_one: bool) {
        let Some(verification) = self.verification(verified) else {
            return;
        };
        *verification =
            SignUpVerification::to_prepare(std::mem::take(&mut verification.supported_strategies));
        let Some(field) = verified.field() else {
            return;
        };
        if !is_one {
            self.unverified_fields.retain(|open| *open != field);
        } else if !self.unverified_fields.contains(&field) {
            self.unverified_fields.push(field);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn open(&mut self, field: Verified) -> Result<&mut SignUpVerification, ErrorCode> {
        let is_open = field
            .field()
            .is_none_or(|field| self.unverified_fields.contains(&field));
        self.verification(field)
            .filter(|it| is_open && it.status != VerificationStatus::Verified)
            .ok_or(ErrorCode::VerificationInvalid)
    }
}

/// Puts what was given in the place of what is `known`, or nothing where that is empty; whether it is another.
#[cfg(not(target_arch = "wasm32"))]
fn take(known: &mut Option<String>, given: Option<String>) -> bool {
    let Some(given) = given else {
        return false;
    };
    let given = Some(given).filter(|it| !it.is_empty());
    let is_another = *known != given;
    *known = given;
    is_another
}

#[cfg(not(target_arch = "wasm32"))]
impl SignUpVerification {
    fn to_prepare(supported_strategies: Vec<Strategy>) -> Self {
        Self {
            status: VerificationStatus::Unverified,
            strategy: None,
            attempts: 0,
            expire_at: None,
            resend_at: None,
            error: None,
            next_action: "needs_prepare".to_owned(),
            supported_strategies,
            external_verification_redirect_url: None,
            verified_at_client: None,
        }
    }

    fn pass(&mut self) {
        self.status = VerificationStatus::Verified;
        self.attempts += 1;
        self.error = None;
        self.next_action.clear();
    }
}
