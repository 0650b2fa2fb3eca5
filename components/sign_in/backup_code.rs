//! The card that asks for a code that was kept for the day when nothing else is at hand.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptFactor, ErrorCode, Secret, Strategy};
use leptos::prelude::untrack;

use super::Flow;
use super::step::{Round, Step};
use crate::kit::{El, Handle, Input, Problem, State, card};

const FIELD: &str = "backup_code";

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let code = State::new(String::new());
    // Not one of six digits, which is typed anew: this one is long, and a slip in it can be mended.
    let input = Input::new(FIELD, Text::sign_in_backup_code, code)
        .autocomplete("one-time-code")
        .keep(focus);
    let fields = form
        .draw(move || submit(flow, code))
        .child(form.field(input))
        .maybe(flow.trust_box(Round::Second))
        .child(form.submit(Text::action_continue));
    card(Text::sign_in_backup_code_title)
        .subtitle(Text::sign_in_backup_code_subtitle)
        .identity(flow.identity())
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Round::Second, Strategy::BackupCode)))
        .into()
}

fn submit(flow: Flow, code: State<String>) {
    let code = code.get_untracked();
    if code.trim().is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, FIELD);
        return flow.form.refuse(vec![problem]);
    }
    let command = AttemptFactor {
        strategy: Some(Strategy::BackupCode.as_str().to_owned()),
        code: Some(Secret::new(code)),
        trust_device: flow.trust_device(),
        ..AttemptFactor::default()
    };
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Step::Identifier);
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        let answer = desk.attempt_second_factor(&attempt.id, &command).await;
        flow.advance(
            answer.map_err(|failure| Problem::place(failure, ErrorCode::FormCodeIncorrect, FIELD)),
        )
    }));
}
