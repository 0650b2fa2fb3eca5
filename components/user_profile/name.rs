//! The section with the names.

use frontdesk_locale::Text;
use frontdesk_protocol::{Attribute, UpdateUser};
use leptos::prelude::*;

use super::{done, section};
use crate::kit::{El, Form, Input, Root, State, effect, el, part};
use crate::provider::{Site, use_site};

/// A form that is always there: most people come for this.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    let attributes = untrack(|| site.of_environment(|it| it.user_settings.attributes.clone()))?;
    if !attributes.first_name.enabled && !attributes.last_name.enabled {
        return None;
    }
    let names = Names::new(site, root);
    let form = names.form;
    let field = |attribute: &Attribute, input: Input| {
        let input = if attribute.required {
            input
        } else {
            input.optional()
        };
        attribute.enabled.then(|| form.field(input))
    };
    let first = Input::new("first_name", Text::field_first_name, names.first);
    let first = field(&attributes.first_name, first.autocomplete("given-name"));
    let last = Input::new("last_name", Text::field_last_name, names.last);
    let last = field(&attributes.last_name, last.autocomplete("family-name"));
    let full = move || {
        let name = site.of_client(|client| client.active_session()?.user.full_name());
        let span = el("span");
        Some(match name {
            Some(name) => span.text(move || name.clone()),
            None => span.say(Text::user_profile_no_name),
        })
    };
    let fields = form
        .draw(move || names.save())
        .child(part("row").maybe(first).maybe(last))
        .child(form.submit(Text::action_save))
        .child_when(move || names.is_saved().then(|| done(Text::status_saved)));
    let section: El = section("name", Text::user_profile_name)
        .child(part("row").child_when(full))
        .child(form.alert())
        .child(fields);
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Names {
    site: Site,
    root: Root,
    form: Form,
    /// What the server knows.
    known: State<(String, String)>,
    first: State<String>,
    last: State<String>,
    was_saved: State<bool>,
}

impl Names {
    fn new(site: Site, root: Root) -> Self {
        let known = State::derived(move || known(site));
        Self {
            site,
            root,
            form: Form::new(),
            known,
            first: following(move || known.get().0),
            last: following(move || known.get().1),
            was_saved: State::new(false),
        }
    }

    /// Whether what is in the fields was saved, and not typed since.
    fn is_saved(self) -> bool {
        self.was_saved.get()
            && self.known.with(|(first, last)| {
                self.first.with(|it| it == first) && self.last.with(|it| it == last)
            })
    }

    fn save(self) {
        let trimmed = |field: State<String>| {
            let text = field.get_untracked().trim().to_owned();
            field.set(text.clone());
            text
        };
        let command = UpdateUser {
            first_name: Some(trimmed(self.first)),
            last_name: Some(trimmed(self.last)),
            ..UpdateUser::default()
        };
        let desk = self.site.desk();
        self.was_saved.set(false);
        self.form.send(Box::pin(async move {
            desk.update_me(&command).await?;
            self.was_saved.set(true);
            self.root.announce(Text::status_saved);
            Ok(())
        }));
    }
}

fn known(site: Site) -> (String, String) {
    site.of_client(|client| {
        let user = &client.active_session()?.user;
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        Some((text(&user.first_name), text(&user.last_name)))
    })
    .unwrap_or_default()
}

/// What is typed, which follows what is known for as long as nobody has changed it.
pub(crate) fn following(known: impl Fn() -> String + Copy + 'static) -> State<String> {
    let base = State::new(untrack(known));
    let typed = State::new(base.get_untracked());
    effect(move || {
        let next = known();
        if typed.with_untracked(|typed| base.with_untracked(|base| base == typed)) {
            typed.set(next.clone());
        }
        base.set(next);
    });
    typed
}
