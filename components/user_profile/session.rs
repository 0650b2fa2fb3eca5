//! The section with the session of this browser.

use frontdesk_locale::Text;
use leptos::prelude::*;

use super::section;
use crate::kit::{Form, part};
use crate::leaving::Leaving;

/// The way out.
pub(super) fn draw(leaving: Leaving) -> AnyView {
    let form = Form::new();
    let sign_out = form
        .button("button", Text::user_profile_sign_out, move || {
            leaving.leave(form);
        })
        .attr("data-action", "sign-out");
    section("session", Text::user_profile_sign_out_title)
        .child(part("row").child(sign_out))
        .child(form.alert())
        .into()
}
