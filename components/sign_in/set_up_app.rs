//! The card that sets an authenticator app up.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptVerification, Secret};

use super::set_up::{SetUp, Way};
use crate::kit::{El, Handle, card, el, link, part};
use crate::qr;

/// Draws the card, and asks for a secret unless there is one.
pub fn draw(set_up: SetUp, focus: Handle) -> El {
    let form = set_up.flow.form;
    let code = set_up.flow.code;
    if cfg!(target_arch = "wasm32") && set_up.secret.get_untracked().is_none() {
        begin(set_up);
    }
    let secret = part("secret").child_when(move || {
        let Some((secret, uri)) = set_up.secret.get() else {
            return Some(form.button("button", Text::action_try_again, move || begin(set_up)));
        };
        let image = qr::image(&uri);
        let open = link(Text::sign_in_set_up_open, move || uri.clone());
        let key = el("p")
            .child(el("span").say(Text::sign_in_set_up_key))
            .child(el("code").attr("dir", "ltr").text(move || secret.clone()));
        Some(el("div").maybe(image).child(open).child(key))
    });
    let submit = move || submit(set_up);
    let fields = form
        .draw(submit)
        .child(form.code(focus, code, submit))
        .child(form.submit(Text::action_verify));
    let card = card(Text::sign_in_set_up_title)
        .subtitle(Text::sign_in_set_up_subtitle)
        .main(form.alert())
        .main(secret)
        .main(fields);
    set_up.with_others(card, Way::Phone)
}

fn begin(set_up: SetUp) {
    let desk = set_up.flow.site.desk();
    set_up.flow.form.send(Box::pin(async move {
        let totp = desk.create_totp().await?;
        if !set_up.secret.is_disposed() {
            set_up.secret.set(totp.secret.zip(totp.uri));
        }
        Ok(())
    }));
}

fn submit(set_up: SetUp) {
    let flow = set_up.flow;
    let Some(code) = flow.form.whole_code(flow.code) else {
        return;
    };
    set_up.stay();
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
        set_up.done(answer?.backup_codes);
        Ok(())
    }));
}
