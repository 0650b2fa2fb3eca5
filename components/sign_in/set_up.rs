//! The card for a session that waits for a second factor: an authenticator app, and codes for without it.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptVerification, ErrorCode, Secret, Task};
use leptos::prelude::*;

use super::Flow;
use super::step::{Later, Step};
use crate::kit::{El, Handle, Problem, State, button, card, el, link, part, switch};
use crate::qr;

/// What the card knows; copies are the same thing.
#[derive(Clone, Copy)]
struct Draft {
    flow: Flow,
    focus: Handle,
    /// The app's secret, and the same as an address that apps open.
    secret: State<Option<(String, String)>>,
    codes: State<Vec<String>>,
}

/// Draws the card, and asks for a secret.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let draft = Draft {
        flow,
        focus,
        secret: State::new(None),
        codes: State::new(Vec::new()),
    };
    if cfg!(target_arch = "wasm32") {
        draft.begin();
    }
    el("div").child(switch(move || {
        let codes = draft.codes.get();
        let card = if codes.is_empty() {
            untrack(|| draft.app())
        } else {
            untrack(|| draft.saved(&codes))
        };
        Some(card.into())
    }))
}

impl Draft {
    fn begin(self) {
        let desk = self.flow.site.desk();
        self.flow.form.send(Box::pin(async move {
            let totp = desk.create_totp().await?;
            self.secret.set(totp.secret.zip(totp.uri));
            Ok(())
        }));
    }

    fn app(self) -> El {
        let form = self.flow.form;
        let code = self.flow.code;
        let secret = part("secret").child_when(move || {
            let Some((secret, uri)) = self.secret.get() else {
                return Some(form.button("button", Text::action_try_again, move || self.begin()));
            };
            let image = qr::image(&uri);
            let open = link(Text::sign_in_set_up_open, move || uri.clone());
            let key = el("p")
                .child(el("span").say(Text::sign_in_set_up_key))
                .child(el("code").attr("dir", "ltr").text(move || secret.clone()));
            Some(el("div").maybe(image).child(open).child(key))
        });
        let submit = move || self.submit();
        let fields = form
            .draw(submit)
            .child(form.code(self.focus, code, submit))
            .child(form.submit(Text::action_verify));
        card(Text::sign_in_set_up_title)
            .subtitle(Text::sign_in_set_up_subtitle)
            .main(form.alert())
            .main(secret)
            .main(fields)
            .into()
    }

    fn submit(self) {
        let flow = self.flow;
        let code = flow.code.get_untracked();
        if code.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "code");
            return flow.form.refuse(vec![problem]);
        }
        // The session is active before anybody has seen the codes, which are told this once.
        let here = Step::Later(Later::Task(Task::SetupMfa));
        flow.chosen.set(Some(here));
        let command = AttemptVerification {
            code: Some(Secret::new(code)),
            ..AttemptVerification::default()
        };
        let desk = flow.site.desk();
        flow.form.send(Box::pin(async move {
            let answer = desk.attempt_totp(&command).await;
            if answer.is_err() {
                flow.chosen.set(None);
            }
            let totp = answer?;
            flow.code.set(String::new());
            match totp.backup_codes.filter(|codes| !codes.is_empty()) {
                Some(codes) => self.codes.set(codes),
                None => flow.finish(),
            }
            Ok(())
        }));
    }

    fn saved(self, codes: &[String]) -> El {
        let flow = self.flow;
        let focus = Handle::new();
        focus.focus_when_drawn();
        let file = ["data:text/plain,", &codes.join("%0A")].concat();
        let mut list = el("ul").part("backup-codes").attr("dir", "ltr");
        for code in codes {
            let code = code.clone();
            list = list.child(el("li").child(el("code").text(move || code.clone())));
        }
        let save = el("a")
            .part("link")
            .attr("href", file)
            .attr("download", "backup-codes.txt")
            .say(Text::sign_in_set_up_save);
        card(Text::sign_in_set_up_codes_title)
            .subtitle(Text::sign_in_set_up_codes_subtitle)
            .keep(focus)
            .main(list)
            .main(save)
            .main(button(Handle::new(), Text::action_continue, move || {
                flow.finish();
            }))
            .into()
    }
}
