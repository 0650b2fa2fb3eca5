//! The cards for a session that waits for a second factor: an app or a number, and codes for without it.

use frontdesk_locale::Text;
use frontdesk_protocol::{PhoneNumberId, Task};
use leptos::prelude::*;

use super::step::{Later, Step};
use super::{Flow, leave, set_up_app, set_up_phone};
use crate::json::setting;
use crate::kit::{Card, El, Handle, State, button, card, el, part, switch};

/// What the cards know; copies are the same thing.
#[derive(Clone, Copy)]
pub struct SetUp {
    pub flow: Flow,
    /// Which card it is.
    pub way: State<Way>,
    /// The app's secret, and the same as an address that apps open.
    pub secret: State<Option<(String, String)>>,
    /// The number that is typed.
    pub number: State<String>,
    /// The number that a code was sent to.
    pub asked: State<Option<PhoneNumberId>>,
    codes: State<Vec<String>>,
}

/// A way to a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An authenticator app.
    App,
    /// A number that codes are sent to.
    Phone,
    /// The code that proves the number.
    Proof,
}

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let [has_app, has_phone] = offered(flow);
    let is_by_phone = has_phone && !has_app;
    let set_up = SetUp {
        flow,
        way: State::new(if is_by_phone { Way::Phone } else { Way::App }),
        secret: State::new(None),
        number: State::new(String::new()),
        asked: State::new(None),
        codes: State::new(Vec::new()),
    };
    let is_first = State::new(true);
    el("div").child(switch(move || {
        let (codes, way) = (set_up.codes.get(), set_up.way.get());
        let is_opening = is_first.get_untracked();
        is_first.set(false);
        // The first card's focus is not for it to move.
        let focus = if is_opening { focus } else { Handle::new() };
        if !is_opening {
            focus.focus_when_drawn();
        }
        flow.form.turn_over();
        let card = untrack(|| match way {
            _ if !codes.is_empty() => set_up.saved(focus, &codes),
            Way::App => set_up_app::draw(set_up, focus),
            Way::Phone => set_up_phone::draw(set_up, focus),
            Way::Proof => set_up_phone::draw_proof(set_up, focus),
        });
        Some(card.into())
    }))
}

/// Whether the settings offer an app, and codes that are sent to a number.
fn offered(flow: Flow) -> [bool; 2] {
    [
        ["authenticator_app", "enabled"],
        ["phone_number", "used_for_second_factor"],
    ]
    .map(|[name, is]| {
        let path = ["user_settings", "attributes", name, is];
        untrack(|| setting(flow.site, &path)) == Some(true)
    })
}

impl SetUp {
    /// The card with the button to the other way, if there is one, and the way out below it.
    pub fn with_others(self, card: Card, other: Way) -> El {
        let label = match other {
            Way::App => Text::sign_in_set_up_use_app,
            Way::Phone | Way::Proof => Text::sign_in_set_up_use_phone,
        };
        let has_both = offered(self.flow) == [true, true];
        let button = has_both.then(|| {
            self.flow
                .form
                .button("link", label, move || self.go(other))
                .attr("data-action", "other-way")
        });
        card.main(part("others").maybe(button))
            .main(leave::draw(self.flow))
            .into()
    }

    /// Goes to another card.
    pub fn go(self, way: Way) {
        self.flow.form.forgive_all();
        self.flow.code.set(String::new());
        self.way.set(way);
    }

    /// Keeps the card, as the session is active before anybody has seen the codes, which are told this once.
    pub fn stay(self) {
        let here = Step::Later(Later::Task(Task::SetupMfa));
        self.flow.chosen.set(Some(here));
    }

    /// Shows the codes that were made with the factor, or goes on where none were.
    pub fn done(self, codes: Option<Vec<String>>) {
        if self.codes.is_disposed() {
            return;
        }
        self.flow.code.set(String::new());
        match codes.filter(|codes| !codes.is_empty()) {
            Some(codes) => self.codes.set(codes),
            None => self.flow.finish(),
        }
    }

    fn saved(self, focus: Handle, codes: &[String]) -> El {
        let flow = self.flow;
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
