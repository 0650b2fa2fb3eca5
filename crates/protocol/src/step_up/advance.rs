//! Where a step-up goes next.

use super::{SessionVerification, SessionVerificationStatus, VerificationLevel};
use crate::{ErrorCode, Factor, Prepared, SessionId, Strategy, Timestamp, Verification};

/// What happened to a step-up.
#[derive(Clone, Debug)]
pub enum SessionVerificationEvent {
    /// A code was sent, or a passkey is to be asked.
    Prepared(Prepared),
    /// A proof was wrong.
    Refused {
        /// Which way.
        strategy: Strategy,
        /// What was wrong with it.
        error: ErrorCode,
    },
    /// The first proof was right.
    Proved {
        /// Which way.
        strategy: Strategy,
        /// Whether it was two proofs in one.
        is_double: bool,
    },
    /// The second proof was right.
    SecondProved {
        /// Which way.
        strategy: Strategy,
    },
}

impl SessionVerification {
    /// A step-up that begins, with the ways that the user has.
    pub fn new(
        id: SessionId,
        level: VerificationLevel,
        (first, second): (Vec<Factor>, Vec<Factor>),
        abandon_at: Timestamp,
    ) -> Self {
        let is_second_alone = level == VerificationLevel::SecondFactor && !second.is_empty();
        Self {
            id,
            status: if is_second_alone {
                SessionVerificationStatus::NeedsSecondFactor
            } else {
                SessionVerificationStatus::NeedsFirstFactor
            },
            level,
            supported_first_factors: first,
            supported_second_factors: second,
            first_factor_verification: None,
            second_factor_verification: None,
            session: None,
            abandon_at,
        }
    }

    /// The step-up after `event`.
    ///
    /// # Errors
    /// `StrategyInvalid` where the way was not offered, `VerificationInvalid` where the event cannot happen now.
    pub fn advance(mut self, event: SessionVerificationEvent) -> Result<Self, ErrorCode> {
        use SessionVerificationEvent as Event;
        use SessionVerificationStatus as Now;
        match (self.status, event) {
            (Now::NeedsFirstFactor, Event::Prepared(prepared)) => {
                offers(&self.supported_first_factors, prepared.strategy)?;
                self.first_factor_verification = Some(Verification::begun(prepared));
            }
            (Now::NeedsSecondFactor, Event::Prepared(prepared)) => {
                offers(&self.supported_second_factors, prepared.strategy)?;
                self.second_factor_verification = Some(Verification::begun(prepared));
            }
            (Now::NeedsFirstFactor, Event::Refused { strategy, error }) => {
                offers(&self.supported_first_factors, strategy)?;
                let before = self.first_factor_verification.take();
                self.first_factor_verification =
                    Some(Verification::refused(before, strategy, error));
            }
            (Now::NeedsSecondFactor, Event::Refused { strategy, error }) => {
                offers(&self.supported_second_factors, strategy)?;
                let before = self.second_factor_verification.take();
                self.second_factor_verification =
                    Some(Verification::refused(before, strategy, error));
            }
            (
                Now::NeedsFirstFactor,
                Event::Proved {
                    strategy,
                    is_double,
                },
            ) => {
                offers(&self.supported_first_factors, strategy)?;
                let before = self.first_factor_verification.take();
                self.first_factor_verification = Some(Verification::proved(before, strategy));
                let lacks_second = self.level == VerificationLevel::MultiFactor
                    && !is_double
                    && !self.supported_second_factors.is_empty();
                self.status = if lacks_second {
                    Now::NeedsSecondFactor
                } else {
                    Now::Complete
                };
            }
            (Now::NeedsSecondFactor, Event::SecondProved { strategy }) => {
                offers(&self.supported_second_factors, strategy)?;
                let before = self.second_factor_verification.take();
                self.second_factor_verification = Some(Verification::proved(before, strategy));
                self.status = Now::Complete;
            }
            _ => return Err(ErrorCode::VerificationInvalid),
        }
        Ok(self)
    }
}

fn offers(factors: &[Factor], strategy: Strategy) -> Result<(), ErrorCode> {
    let is_offered = factors.iter().any(|factor| factor.strategy == strategy);
    is_offered.then_some(()).ok_or(ErrorCode::StrategyInvalid)
}
