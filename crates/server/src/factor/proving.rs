//! What factors are proven for: signing in, or once more in a session.

use frontdesk_protocol::{
    ErrorCode, Factor, Prepared, SessionVerification, SessionVerificationEvent,
    SessionVerificationStatus, SignIn, SignInEvent, SignInStatus, Strategy,
};

use crate::flow::SIGNED_IN;
use crate::store::{Flow, Person, Purpose};

/// Something that people prove factors for.
///
/// Whatever is sent or asked on the way is kept under a purpose of its own, so that nothing of one serves for another.
pub trait Proving: Flow<Beside = Person> + Clone + Send + Sync {
    /// What a passkey is asked for as.
    const PASSKEY: &'static str;
    /// What a wrong proof is in the record.
    const REFUSED: &'static str;
    /// What wrong proofs about something are counted as beside it: strangers who sign in wait for nobody who is in.
    const COUNTED: &'static str;

    /// After something was sent or asked.
    ///
    /// # Errors
    /// Where it was not offered, or not now.
    fn prepared(self, prepared: Prepared) -> Result<Self, ErrorCode>;

    /// Puts the way `strategy` that goes to the address or number with this id before the others, where screens look
    /// for what was sent last.
    fn put_first(&mut self, _strategy: Strategy, _id: &str) {}

    /// After a wrong proof.
    ///
    /// # Errors
    /// Where it was not offered, or not now.
    fn refused(self, strategy: Strategy, error: ErrorCode) -> Result<Self, ErrorCode>;

    /// The factors that are asked for now, where it is known whose they are.
    fn owned(&self) -> Option<&[Factor]>;

    /// What a code is for, and what it proves something about.
    fn code(&self, strategy: Strategy) -> (Purpose, String);
}

impl Proving for SignIn {
    const PASSKEY: &'static str = "passkey_sign_in";
    const REFUSED: &'static str = "sign_in.refused";
    const COUNTED: &'static str = "";

    fn prepared(self, prepared: Prepared) -> Result<Self, ErrorCode> {
        self.advance(SignInEvent::Prepared(prepared))
    }

    fn put_first(&mut self, strategy: Strategy, id: &str) {
        let ways = &mut self.supported_second_factors;
        let is_way = |way: &Factor| way.strategy == strategy;
        let first = ways.iter().position(is_way);
        let chosen = ways
            .iter()
            .position(|way| is_way(way) && way.goes_to() == Some(id));
        if let (Some(first), Some(chosen)) = (first, chosen) {
            ways[first..=chosen].rotate_right(1);
        }
    }

    fn refused(self, strategy: Strategy, error: ErrorCode) -> Result<Self, ErrorCode> {
        self.advance(SignInEvent::Refused { strategy, error })
    }

    fn owned(&self) -> Option<&[Factor]> {
        matches!(
            self.status,
            SignInStatus::NeedsSecondFactor | SignInStatus::NeedsClientTrust
        )
        .then_some(&self.supported_second_factors)
    }

    fn code(&self, strategy: Strategy) -> (Purpose, String) {
        let purpose = if self.owned().is_some() {
            Purpose::SecondFactor
        } else if is_reset(strategy) {
            Purpose::ResetPassword
        } else {
            Purpose::SignIn
        };
        (purpose, self.id.to_string())
    }
}

impl Proving for SessionVerification {
    const PASSKEY: &'static str = "passkey_step_up";
    const REFUSED: &'static str = "step_up.refused";
    const COUNTED: &'static str = SIGNED_IN;

    fn prepared(self, prepared: Prepared) -> Result<Self, ErrorCode> {
        self.advance(SessionVerificationEvent::Prepared(prepared))
    }

    fn refused(self, strategy: Strategy, error: ErrorCode) -> Result<Self, ErrorCode> {
        self.advance(SessionVerificationEvent::Refused { strategy, error })
    }

    fn owned(&self) -> Option<&[Factor]> {
        Some(match self.status {
            SessionVerificationStatus::NeedsFirstFactor => &self.supported_first_factors,
            SessionVerificationStatus::NeedsSecondFactor => &self.supported_second_factors,
            SessionVerificationStatus::Complete => &[],
        })
    }

    /// The session it is of and the way it went are part of it: to begin anew gives no new tries.
    fn code(&self, strategy: Strategy) -> (Purpose, String) {
        let purpose = if self.status == SessionVerificationStatus::NeedsSecondFactor {
            Purpose::StepUpSecond
        } else {
            Purpose::StepUp
        };
        (purpose, [self.id.as_str(), " ", strategy.as_str()].concat())
    }
}

/// Whether a code by `strategy` lets somebody choose another password.
pub const fn is_reset(strategy: Strategy) -> bool {
    matches!(
        strategy,
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode
    )
}
