//! The proof under way: begun, sent, handed in, and which of the ways is chosen.

use frontdesk_client::{Failure, Value};
use frontdesk_locale::Text;
use frontdesk_protocol::json::{Read as _, Source as _};
use frontdesk_protocol::{
    AttemptFactor, Factor, PrepareFactor, SessionId, SessionVerification,
    SessionVerificationStatus, StartVerification, Strategy, Timestamp, Verification,
    VerificationStatus,
};
use leptos::prelude::*;

use super::{Asking, cards};
use crate::credential;
use crate::kit::{Card, El, Form, Root, State, card, el, switch};
use crate::provider::Site;

/// The ways that there are cards for, the strongest first.
const WAYS: [Strategy; 6] = [
    Strategy::Passkey,
    Strategy::Totp,
    Strategy::Password,
    Strategy::PhoneCode,
    Strategy::EmailCode,
    Strategy::BackupCode,
];

/// A proof under way; copies are the same one.
#[derive(Clone, Copy)]
pub(super) struct Proof {
    pub(super) site: Site,
    pub(super) root: Root,
    pub(super) form: Form,
    pub(super) step: State<Option<SessionVerification>>,
    /// What the browser is to make of a passkey.
    pub(super) nonce: State<Option<String>>,
    /// What the person chose; none for the strongest.
    pub(super) chosen: State<Option<Shown>>,
    asking: Asking,
}

/// What is to be seen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// One way.
    Way(Factor),
    /// All of them, to choose from.
    Choice,
}

/// Draws whatever is to be proven next.
pub(super) fn draw(asking: Asking, root: Root) -> El {
    let proof = Proof::new(asking, root);
    if cfg!(target_arch = "wasm32") {
        proof.start();
    }
    proof.draw()
}

impl Proof {
    /// Nothing is begun yet.
    pub(super) fn new(asking: Asking, root: Root) -> Self {
        Self {
            site: asking.site,
            root,
            form: Form::new(),
            step: State::new(None),
            nonce: State::new(None),
            chosen: State::new(None),
            asking,
        }
    }

    /// The card for the moment.
    pub(super) fn draw(self) -> El {
        let shown = State::derived(move || self.shown());
        el("div").child(switch(move || {
            let content = shown.get();
            self.form.turn_over();
            Some(untrack(|| cards::draw(self, content)).into())
        }))
    }

    /// What is to be seen; nothing where there is no way, or it is not known yet.
    fn shown(self) -> Option<Shown> {
        let chosen = self.chosen.get();
        self.step.with(|step| {
            let ways = ways(step.as_ref()?);
            match chosen {
                Some(Shown::Way(way)) if ways.contains(&way) => Some(Shown::Way(way)),
                Some(Shown::Choice) => Some(Shown::Choice),
                Some(Shown::Way(_)) | None => ways.into_iter().next().map(Shown::Way),
            }
        })
    }

    /// The ways that there are, the strongest first.
    pub(super) fn ways(self) -> Vec<Factor> {
        self.step
            .with_untracked(|step| step.as_ref().map(ways).unwrap_or_default())
    }

    /// A card with what all of them have.
    pub(super) fn card(self, subtitle: impl Into<crate::kit::Words>) -> Card {
        card(Text::step_up_title)
            .subtitle(subtitle)
            .main(self.form.alert())
    }

    /// How far `strategy` has come.
    pub(super) fn verification(self, strategy: Strategy) -> Option<Verification> {
        self.step.with(|step| {
            let step = step.as_ref()?;
            let found = match step.status {
                SessionVerificationStatus::NeedsSecondFactor => &step.second_factor_verification,
                SessionVerificationStatus::NeedsFirstFactor
                | SessionVerificationStatus::Complete => &step.first_factor_verification,
            };
            found.clone().filter(|it| it.strategy == strategy)
        })
    }

    /// Whether no code is on its way, and one may be asked for.
    pub(super) fn needs_sending(self, strategy: Strategy) -> bool {
        let now = self.site.now();
        let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
        let verification = untrack(|| self.verification(strategy));
        verification.is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    }

    fn start(self) {
        let level = self.asking.asked.with_untracked(|asked| {
            let level = asked.as_ref()?.level()?;
            Some(level.as_str().to_owned())
        });
        let session = untrack(|| self.site.session());
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            let session = session.ok_or(Failure::CANCELLED)?;
            let command = StartVerification { level };
            self.take(&desk.start_step_up(&session.id, &command).await?)
        }));
    }

    /// Asks for what the way needs: a code, or a passkey's question.
    pub(super) async fn prepare(self, way: &Factor) -> Result<(), Failure> {
        let Some(at) = self.at() else {
            return Ok(());
        };
        let command = PrepareFactor {
            strategy: Some(way.strategy.as_str().to_owned()),
            email_address_id: way.email_address_id.as_ref().map(ToString::to_string),
            phone_number_id: way.phone_number_id.as_ref().map(ToString::to_string),
            ..PrepareFactor::default()
        };
        let desk = self.site.desk();
        self.take(&desk.prepare_step_up((&at.0, at.1), &command).await?)
    }

    /// Hands in a proof.
    pub(super) async fn prove(self, command: &AttemptFactor) -> Result<(), Failure> {
        let Some(at) = self.at() else {
            return Ok(());
        };
        let desk = self.site.desk();
        self.take(&desk.attempt_step_up((&at.0, at.1), command).await?)
    }

    /// Goes on from an answer.
    fn take(self, answer: &Value) -> Result<(), Failure> {
        let step = SessionVerification::read(answer);
        let step = step.ok_or(Failure::Unavailable {
            retry_after_s: None,
        })?;
        if self.step.is_disposed() {
            return Ok(());
        }
        if step.status == SessionVerificationStatus::Complete {
            self.asking.answer(Ok(()));
            return Ok(());
        }
        let nonce = answer
            .member("first_factor_verification")
            .and_then(|verification| verification.member("nonce"))
            .and_then(|nonce| nonce.text());
        self.nonce.set(nonce);
        self.step.set(Some(step));
        Ok(())
    }

    fn at(self) -> Option<(SessionId, SessionVerificationStatus)> {
        self.step.with_untracked(|step| {
            let step = step.as_ref()?;
            Some((step.id.clone(), step.status))
        })
    }
}

/// The ways to prove what the step-up waits for.
fn ways(step: &SessionVerification) -> Vec<Factor> {
    let offered = match step.status {
        SessionVerificationStatus::NeedsFirstFactor => &step.supported_first_factors,
        SessionVerificationStatus::NeedsSecondFactor => &step.supported_second_factors,
        SessionVerificationStatus::Complete => return Vec::new(),
    };
    let mut ways = Vec::new();
    for strategy in WAYS {
        if strategy != Strategy::Passkey || credential::is_supported() {
            let of_it = offered.iter().filter(|way| way.strategy == strategy);
            ways.extend(of_it.cloned());
        }
    }
    ways
}
