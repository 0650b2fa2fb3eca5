//! What the cards after the first one have in common.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptFactor, ErrorCode, PrepareFactor, SessionId, SignIn as Attempt, SignInStatus, Strategy,
    TouchSession, VerificationStatus,
};
use leptos::prelude::*;

use super::step::{Later, Round, Step, has_card, is_reset};
use super::{Flow, provider, step};
use crate::kit::{El, identity, words};
use crate::page;

impl Flow {
    /// The attempt under way, as far as the cards are concerned.
    pub fn attempt(self) -> Option<Attempt> {
        let now = self.site.now();
        self.site
            .of_client(|client| step::attempt(client, now).cloned())
    }

    /// Who the attempt is about, with a way back.
    pub fn identity(self) -> El {
        let site = self.site;
        let name = move || -> String {
            site.of_client(|client| client.sign_in.as_ref()?.identifier.clone())
                .unwrap_or_default()
        };
        let edit = words(move |text| match name() {
            name if name.contains('@') => text.sign_in_edit_identifier(),
            name if name.starts_with('+') => text.sign_up_edit_phone(),
            _ => text.sign_in_edit_username(),
        });
        identity(name, edit, move || self.choose(Step::Identifier))
    }

    /// The link to the other ways to prove it, if there are any.
    pub fn other_way(self, round: Round, instead_of: Strategy) -> Option<El> {
        let attempt = self.attempt()?;
        let mut others = round.factors(&attempt).iter();
        // Of several numbers, the first is the one that was there.
        let mut is_first = true;
        let is_other = others.any(|factor| {
            let strategy = factor.strategy;
            let is_same = strategy == instead_of && std::mem::take(&mut is_first);
            !is_same
                && has_card(strategy)
                && !(is_reset(strategy) && instead_of == Strategy::Password)
        });
        is_other.then(|| {
            self.form.button("link", Text::action_other_way, move || {
                self.choose(Step::Later(Later::Methods { round, instead_of }));
            })
        })
    }

    /// The link for whoever forgot the password, if another one can be had.
    pub fn forgot(self) -> Option<El> {
        let reset = self.reset_way()?;
        Some(
            self.form
                .button("link", Text::sign_in_forgot_password, move || {
                    self.choose(Step::Later(Later::Proof(Round::First, reset)));
                })
                .attr("data-strategy", reset.as_str().to_owned()),
        )
    }

    /// How another password can be had.
    pub fn reset_way(self) -> Option<Strategy> {
        let attempt = self.attempt()?;
        let mut ways = attempt.supported_first_factors.iter();
        ways.find(|factor| is_reset(factor.strategy))
            .map(|factor| factor.strategy)
    }

    /// The box that spares a second proof for a while, where that is what is asked for.
    pub fn trust_box(self, round: Round) -> Option<El> {
        let is_second = self
            .attempt()
            .is_some_and(|attempt| attempt.status == SignInStatus::NeedsSecondFactor);
        (round == Round::Second && is_second).then(|| {
            self.form
                .checkbox("trust_device", Text::sign_in_trust_device, self.trusts)
        })
    }

    /// What a proof says of that box.
    pub fn trust_device(self) -> Option<String> {
        self.trusts.get_untracked().then(|| "true".to_owned())
    }

    /// Makes the browser's Back lead to the card before.
    pub fn follow_back(self, later: Later) {
        let before = match later {
            Later::Proof(..) => Step::Identifier,
            Later::Methods { round, instead_of } => Step::Later(Later::Proof(round, instead_of)),
            Later::Help { round, instead_of } => Step::Later(Later::Methods { round, instead_of }),
            Later::NewPassword
            | Later::Task(_)
            | Later::Accounts
            | Later::Landing(_)
            | Later::Done => return,
        };
        let back = Box::new(move || self.choose(before));
        page::follow_back(later.depth(), self.is_first.get_untracked(), back);
    }

    /// Shows the card that the person chose.
    pub fn choose(self, chosen: Step) {
        self.form.forgive_all();
        self.code.set(String::new());
        page::rewind(match chosen {
            Step::Later(later) => later.depth(),
            Step::Loading | Step::Identifier => 0,
        });
        // After a reload nothing is typed, but it is known who was meant.
        if chosen == Step::Identifier
            && self.identifier.with_untracked(String::is_empty)
            && let Some(name) = untrack(|| self.attempt()).and_then(|attempt| attempt.identifier)
        {
            self.identifier.set(name);
        }
        self.chosen.set(Some(chosen));
    }

    /// The language, as the server is told it.
    pub fn locale(self) -> Option<String> {
        self.site
            .text
            .try_with_untracked(|text| text.locale().to_owned())
    }

    /// Asks for what a proof needs.
    pub async fn prepare(
        self,
        round: Round,
        attempt: &Attempt,
        command: &PrepareFactor,
    ) -> Result<Attempt, Failure> {
        let desk = self.site.desk();
        match round {
            Round::First => desk.prepare_first_factor(&attempt.id, command).await,
            Round::Second => desk.prepare_second_factor(&attempt.id, command).await,
        }
    }

    /// Hands in a proof, and goes on from the answer.
    pub fn prove(self, round: Round, command: AttemptFactor) {
        let Some(attempt) = untrack(|| self.attempt()) else {
            return self.choose(Step::Identifier);
        };
        let reset = untrack(|| self.reset_way());
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            let answer = match round {
                Round::First => desk.attempt_first_factor(&attempt.id, &command).await,
                Round::Second => desk.attempt_second_factor(&attempt.id, &command).await,
            };
            let Err(failure) = self.advance(answer) else {
                self.code.set(String::new());
                return Ok(());
            };
            // Such a password is of no use any more, so what comes next is another one.
            if let Some(reset) = reset
                && has(&failure, ErrorCode::FormPasswordCompromised)
            {
                let next = Step::Later(Later::Proof(Round::First, reset));
                self.chosen.set(Some(next));
            }
            Err(failure)
        }));
    }

    /// Goes on from an answer.
    pub fn advance(self, answer: Result<Attempt, Failure>) -> Result<(), Failure> {
        if self.chosen.is_disposed() {
            return Ok(());
        }
        match answer {
            Ok(attempt) => {
                if attempt.status == SignInStatus::Complete {
                    self.finish();
                } else if is_transferable(&attempt) && provider::may_join(self) {
                    provider::sign_up(self);
                }
                Ok(())
            }
            Err(failure) => {
                if has(&failure, ErrorCode::AttemptNotFound) {
                    self.chosen.set(Some(Step::Identifier));
                }
                Err(failure)
            }
        }
    }

    /// Goes to where a sign-in leads, unless something is to be done first.
    pub fn finish(self) {
        if self.chosen.is_disposed() {
            return;
        }
        self.password.set(String::new());
        self.code.set(String::new());
        let client = self.site.desk().client();
        if client.is_some_and(|client| client.pending_session().is_some()) {
            self.chosen.set(None);
        } else {
            self.chosen.set(Some(Step::Later(Later::Done)));
            self.target.reach(self.on_signed_in);
        }
    }

    /// Goes on as somebody who is signed in to this browser.
    pub async fn go_on_as(self, session: &SessionId) -> Result<(), Failure> {
        let desk = self.site.desk();
        desk.touch_session(session, &TouchSession::default())
            .await?;
        self.finish();
        Ok(())
    }
}

/// Whether somebody proved who they are, but has no account yet.
pub fn is_transferable(attempt: &Attempt) -> bool {
    let verification = attempt.first_factor_verification.as_ref();
    verification.is_some_and(|it| it.status == VerificationStatus::Transferable)
}

/// Whether the server gave this reason.
pub fn has(failure: &Failure, code: ErrorCode) -> bool {
    match failure {
        Failure::Refused(errors) => errors.iter().any(|error| error.code == code),
        Failure::Unavailable { .. } | Failure::Offline => false,
    }
}
