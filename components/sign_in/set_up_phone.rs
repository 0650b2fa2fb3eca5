//! The cards that make a number the second factor: which one, and the code that proves it.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{
    AttemptVerification, CreatePhoneNumber, Phone, PhoneNumber, PhoneNumberId, PrepareVerification,
    Secret, Strategy, Timestamp, UpdatePhoneNumber, UserDetails, VerificationStatus,
};

use super::set_up::{SetUp, Way};
use crate::json::user;
use crate::kit::{El, Handle, Input, Problem, card, el, identity, words};
use crate::phone;

/// The name of the field.
const FIELD: &str = "phone_number";

/// Draws the card: a button for each number that is proven, and a field for another one.
pub fn draw(set_up: SetUp, focus: Handle) -> El {
    let form = set_up.flow.form;
    let mut list = el("div").attr("data-list", "");
    let proven: Vec<PhoneNumber> = numbers(set_up).into_iter().filter(is_proven).collect();
    let is_any = !proven.is_empty();
    for PhoneNumber {
        id, phone_number, ..
    } in proven
    {
        let label = words(move |text| text.user_profile_add_phone_factor(&phone_number));
        let choose = move || {
            let id = id.clone();
            form.send(Box::pin(async move { reserve(set_up, &id).await }));
        };
        list = list.child(form.button("button", label, choose));
    }
    let number = Input::new(FIELD, Text::field_phone_number, set_up.number)
        .kind("tel")
        .autocomplete("tel")
        .hint(Text::field_phone_number_hint)
        .keep(focus);
    let fields = form
        .draw(move || add(set_up))
        .child(form.field(number))
        .child(form.submit(Text::action_continue));
    let card = card(Text::sign_in_set_up_title)
        .subtitle(Text::sign_in_set_up_phone_subtitle)
        .main(form.alert());
    let card = if is_any { card.main(list) } else { card };
    set_up.with_others(card.main(fields), Way::App)
}

/// Draws the card that asks for the code.
pub fn draw_proof(set_up: SetUp, focus: Handle) -> El {
    let form = set_up.flow.form;
    let to = move || {
        asked(set_up)
            .map(|number| number.phone_number)
            .unwrap_or_default()
    };
    let resend_at = move || asked(set_up)?.verification?.resend_at;
    let submit = move || prove(set_up);
    let fields = form
        .draw(submit)
        .child(form.code(focus, set_up.flow.code, submit))
        .child(form.submit(Text::action_verify))
        .child(form.resend(resend_at, move || send(set_up)));
    let change = move || set_up.go(Way::Phone);
    let card = card(Text::sign_up_phone_code_title)
        .subtitle(words(move |text| text.sign_up_phone_code_subtitle(&to())))
        .identity(identity(to, Text::sign_up_edit_phone, change))
        .main(form.alert())
        .main(fields);
    set_up.with_others(card, Way::App)
}

/// All numbers that somebody has.
fn numbers(set_up: SetUp) -> Vec<PhoneNumber> {
    let details = user(set_up.flow.site).and_then(|user| UserDetails::read(&user));
    details.map(|it| it.phone_numbers).unwrap_or_default()
}

fn is_proven(number: &PhoneNumber) -> bool {
    let verification = number.verification.as_ref();
    verification.is_some_and(|it| it.status == VerificationStatus::Verified)
}

/// The number that a code was sent to.
fn asked(set_up: SetUp) -> Option<PhoneNumber> {
    let id = set_up.asked.get()?;
    numbers(set_up).into_iter().find(|number| number.id == id)
}

fn add(set_up: SetUp) {
    let form = set_up.flow.form;
    let phone = match Phone::parse(&phone::at_home(&set_up.number.get_untracked())) {
        Ok(phone) => phone,
        Err(code) => return form.refuse(vec![Problem::of(code, FIELD)]),
    };
    // Somebody may have left before the code came, and has typed the number again.
    let known = leptos::prelude::untrack(|| numbers(set_up));
    let known = known
        .into_iter()
        .find(|number| number.phone_number == phone.as_str());
    let desk = set_up.flow.site.desk();
    form.send(Box::pin(async move {
        let number = match known {
            Some(number) if is_proven(&number) => return reserve(set_up, &number.id).await,
            Some(number) => number,
            None => {
                let command = CreatePhoneNumber {
                    phone_number: Some(phone.into()),
                };
                desk.create_phone_number(&command).await?
            }
        };
        if set_up.asked.is_disposed() {
            return Ok(());
        }
        if !is_on_its_way(set_up, &number) {
            prepare(set_up, &number.id).await?;
        }
        if !set_up.asked.is_disposed() {
            set_up.asked.set(Some(number.id));
            set_up.way.set(Way::Proof);
        }
        Ok(())
    }));
}

/// Whether a code is, so that no other one needs to be asked for.
fn is_on_its_way(set_up: SetUp, number: &PhoneNumber) -> bool {
    let now = set_up.flow.site.now();
    let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
    number.verification.as_ref().is_some_and(|it| {
        it.status == VerificationStatus::Unverified && is_after(it.expire_at)
            || is_after(it.resend_at)
    })
}

fn send(set_up: SetUp) {
    let Some(id) = set_up.asked.get_untracked() else {
        return set_up.go(Way::Phone);
    };
    let root = set_up.flow.root;
    set_up.flow.form.send(Box::pin(async move {
        prepare(set_up, &id).await?;
        root.announce(Text::status_code_sent);
        Ok(())
    }));
}

async fn prepare(set_up: SetUp, id: &PhoneNumberId) -> Result<(), Failure> {
    let command = PrepareVerification {
        strategy: Some(Strategy::PhoneCode.as_str().to_owned()),
        ..PrepareVerification::default()
    };
    let desk = set_up.flow.site.desk();
    desk.prepare_phone_number(id, &command).await.map(drop)
}

fn prove(set_up: SetUp) {
    let flow = set_up.flow;
    let Some(id) = set_up.asked.get_untracked() else {
        return set_up.go(Way::Phone);
    };
    let Some(code) = flow.form.whole_code(flow.code) else {
        return;
    };
    let command = AttemptVerification {
        strategy: Some(Strategy::PhoneCode.as_str().to_owned()),
        code: Some(Secret::new(code)),
        ..AttemptVerification::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        desk.attempt_phone_number(&id, &command).await?;
        let outcome = reserve(set_up, &id).await;
        // What is proven already is offered there with a button.
        if outcome.is_err() && !set_up.way.is_disposed() {
            set_up.way.set(Way::Phone);
        }
        outcome
    }));
}

/// Makes a number that is proven the second factor.
async fn reserve(set_up: SetUp, id: &PhoneNumberId) -> Result<(), Failure> {
    let flow = set_up.flow;
    if flow.chosen.is_disposed() {
        return Ok(());
    }
    set_up.stay();
    let command = UpdatePhoneNumber {
        reserved_for_second_factor: Some("true".to_owned()),
        ..UpdatePhoneNumber::default()
    };
    let answer = flow.site.desk().update_phone_number(id, &command).await;
    if answer.is_err() && !flow.chosen.is_disposed() {
        flow.chosen.set(None);
    }
    set_up.done(answer?.backup_codes);
    Ok(())
}
