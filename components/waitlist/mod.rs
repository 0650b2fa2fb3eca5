//! The waiting list, for those who cannot sign up yet.

#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use frontdesk_protocol::{Email, JoinWaitlist};
use leptos::prelude::*;

use crate::kit::{
    El, Finish, Form, Handle, Input, Problem, Prop, Root, State, Target, card, el, passing_on,
    skeleton, switch, words,
};
use crate::provider::{Site, use_site};

/// Lets a person ask to be told once they may sign up.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `alert`, `form`, `field`, `label`, `input`,
/// `error`, `submit`, `spinner`, `button`, `footer`, `footer-text`, `footer-link`, `skeleton`. The root's
/// `data-step` is `loading`, `start` or `joined`.
#[component]
pub fn Waitlist(
    /// Where the link to sign in leads; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Where the button afterwards leads; there is none without it.
    #[prop(into, optional)]
    after_join_url: Prop,
    /// Fills the address in.
    #[prop(into, optional)]
    initial_email: String,
    /// Runs when somebody has joined.
    #[prop(into, optional)]
    on_joined: Option<Finish>,
) -> impl IntoView {
    let root = Root::new("waitlist");
    let list = Joining {
        site: use_site(),
        root,
        form: Form::new(),
        email: State::new(initial_email),
        has_joined: State::new(false),
        sign_in_url,
        after_join_url,
        on_joined,
    };
    let is_loaded = list.site.is_loaded;
    let cards = switch(move || {
        let card = if !is_loaded.get() {
            skeleton()
        } else if list.has_joined.get() {
            untrack(|| list.joined())
        } else {
            untrack(|| list.start())
        };
        Some(card.into())
    });
    AnyView::from(root.draw(cards).attr_when("data-step", move || {
        let step = match (is_loaded.get(), list.has_joined.get()) {
            (false, _) => "loading",
            (true, false) => "start",
            (true, true) => "joined",
        };
        Some(step.to_owned())
    }))
}

#[derive(Clone, Copy)]
struct Joining {
    site: Site,
    root: Root,
    form: Form,
    email: State<String>,
    has_joined: State<bool>,
    sign_in_url: Prop,
    after_join_url: Prop,
    on_joined: Option<Finish>,
}

impl Joining {
    fn start(self) -> El {
        let form = self.form;
        form.turn_over();
        let site = self.site;
        let input = Input::new("email_address", Text::field_email_address, self.email)
            .kind("email")
            .autocomplete("email");
        let fields = form
            .draw(move || self.join())
            .child(form.field(input))
            .child(form.submit(Text::waitlist_join));
        card(Text::waitlist_title)
            .subtitle(words(move |text| {
                let name = site.of_environment(|it| it.display_config.application_name.clone());
                text.waitlist_subtitle(&name.unwrap_or_default())
            }))
            .main(form.alert())
            .main(fields)
            .footer(
                Text::sign_up_have_account,
                Text::action_sign_in,
                move || {
                    let configured =
                        || site.of_environment(|it| it.display_config.sign_in_url.clone());
                    let url = self.sign_in_url.get().or_else(configured)?;
                    (!url.is_empty()).then(|| passing_on(url))
                },
            )
            .into()
    }

    fn joined(self) -> El {
        let focus = Handle::new();
        focus.focus_when_drawn();
        let email = self.email;
        let target = Target::new(self.after_join_url, false, |config| &config.sign_in_url);
        let button = self.after_join_url.get_untracked().map(|_| {
            el("a")
                .part("button")
                .attr_when("href", move || Some(target.url()))
                .say(Text::action_continue)
        });
        let card = card(Text::waitlist_joined_title)
            .keep(focus)
            .subtitle(words(move |text| {
                text.waitlist_joined_subtitle(&email.with_untracked(|it| it.trim().to_owned()))
            }));
        match button {
            Some(button) => card.main(button).into(),
            None => card.into(),
        }
    }

    fn join(self) {
        let typed = self.email.get_untracked();
        if let Err(code) = Email::parse(&typed) {
            let problem = Problem::of(code, "email_address");
            return self.form.refuse(vec![problem]);
        }
        let desk = self.site.desk();
        let command = JoinWaitlist {
            email_address: Some(typed.trim().to_owned()),
        };
        self.form.send(Box::pin(async move {
            // The answer is the same for whoever is on the list, or has an account.
            desk.join_waitlist(&command).await?;
            if self.has_joined.is_disposed() {
                return Ok(());
            }
            self.has_joined.set(true);
            self.root.announce(Text::waitlist_joined_title);
            if let Some(joined) = self.on_joined {
                joined.run();
            }
            Ok(())
        }));
    }
}
