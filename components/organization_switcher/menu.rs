//! The trigger, the menu of places, and the form for a new one.

use frontdesk_locale::Text;
use frontdesk_protocol::{ADMIN, MEMBER, TouchSession};
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;

use super::place::Place;
use crate::create_organization::Draft;
use crate::kit::{
    El, Form, Handle, Popover, State, Words, avatar, button, effect, el, part, words,
};
use crate::provider::{Site, use_site};

/// Everything about switching; copies are the same thing.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    site: Site,
    popover: Popover,
    form: Form,
    /// Lives as long as the menu's owner, so that what was typed is still there when it opens again.
    draft: Draft,
    is_creating: State<bool>,
    places: State<Vec<Place>>,
    active: State<String>,
    on_organization_changed: Option<UnsyncCallback<()>>,
}

impl Menu {
    pub(super) fn new(on_organization_changed: Option<UnsyncCallback<()>>) -> Self {
        let site = use_site();
        let popover = Popover::new();
        let is_creating = State::new(false);
        effect(move || {
            if !popover.is_open() {
                is_creating.set(false);
            }
        });
        Self {
            site,
            popover,
            form: Form::new(),
            draft: Draft::new(on_organization_changed),
            is_creating,
            places: State::derived(move || site.of_client(Place::all).unwrap_or_default()),
            active: State::derived(move || site.of_client(Place::active).unwrap_or_default()),
            on_organization_changed,
        }
    }

    /// The trigger, what went wrong, and what opens.
    pub(super) fn draw(self) -> AnyView {
        let form = self.form;
        let active = move || {
            let id = self.active.get();
            self.places
                .with(|places| places.iter().find(|place| place.id == id).cloned())
        };
        let trigger = el("button")
            .part("trigger")
            .attr_words("title", Text::organization_switcher_open)
            .child_when(move || active().map(|place| picture(&place)))
            .child_when(move || active().map(|place| el("span").say(name(&place))));
        let panel = move || {
            let is_creating = self.is_creating.get();
            self.popover.is_open().then(|| {
                let panel = if is_creating {
                    self.dialog()
                } else {
                    self.menu()
                };
                self.popover.panel(panel)
            })
        };
        (
            AnyView::from(self.popover.trigger(trigger, "menu")),
            form.alert(),
            crate::kit::switch(move || panel().map(AnyView::from)),
        )
            .into_any()
    }

    fn menu(self) -> El {
        let form = self.form;
        let mut menu = part("menu")
            .attr("role", "menu")
            .attr_words("aria-label", Text::organization_switcher_menu)
            .truth("aria-busy", move || form.is_pending());
        for place in self.places.get() {
            menu = menu.child(self.item(&place));
        }
        menu.maybe(self.may_create().then(|| {
            self.plain_item()
                .attr("role", "menuitem")
                .attr("data-action", "create-organization")
                .on("click", move |_| self.create())
                .child(el("span").say(Text::organization_switcher_create))
        }))
    }

    fn item(self, place: &Place) -> El {
        let (id, own) = (place.id.clone(), place.id.clone());
        let role = place
            .role
            .clone()
            .map(|role| el("span").part("badge").say(say(role)));
        self.plain_item()
            .attr("role", "menuitemradio")
            .attr("data-organization", place.id.clone())
            .truth("aria-checked", move || {
                self.active.with(|active| *active == own)
            })
            .on("click", move |_| self.go_to(id.clone()))
            .child(picture(place))
            .child(el("span").say(name(place)))
            .maybe(role)
    }

    /// An item that keeps the focus while an answer is waited for, as nothing disabled can.
    fn plain_item(self) -> El {
        let form = self.form;
        el("button")
            .part("menu-item")
            .attr("type", "button")
            .attr_when("aria-disabled", move || {
                form.is_pending().then(|| "true".to_owned())
            })
    }

    fn dialog(self) -> El {
        let card = self.draft.draw(move || self.popover.close()).main(button(
            Handle::new(),
            Text::action_cancel,
            move || {
                self.popover.close();
            },
        ));
        part("dialog")
            .attr("role", "dialog")
            .attr_words("aria-label", Text::create_organization_title)
            .child(card)
    }

    fn may_create(self) -> bool {
        untrack(|| {
            self.site
                .of_client(|client| Some(client.active_session()?.user.create_organization_enabled))
        })
        .unwrap_or(false)
    }

    fn create(self) {
        if untrack(|| self.form.is_pending()) {
            return;
        }
        self.is_creating.set(true);
        // The menu's item goes, so the focus moves to the form.
        self.popover.open();
    }

    fn go_to(self, id: String) {
        if untrack(|| self.form.is_pending()) {
            return;
        }
        if self.active.with_untracked(|active| *active == id) {
            return self.popover.close();
        }
        let session = untrack(|| {
            self.site
                .of_client(|client| client.active_session().map(|session| session.id.clone()))
        });
        let Some(session) = session else {
            return;
        };
        let desk = self.site.desk();
        let command = TouchSession {
            active_organization_id: Some(id),
        };
        self.form.send(Box::pin(async move {
            let outcome = desk.touch_session(&session, &command).await;
            // What went wrong is said beside the trigger.
            if !self.is_creating.is_disposed() {
                self.popover.close();
            }
            outcome?;
            if let Some(changed) = self.on_organization_changed {
                changed.try_run(());
            }
            Ok(())
        }));
    }
}

fn picture(place: &Place) -> El {
    // The personal account has no initials that hold in every language.
    avatar(&place.image_url, place.name.as_deref().unwrap_or_default())
}

fn name(place: &Place) -> Words {
    match place.name.clone() {
        Some(name) => words(move |_| name.clone()),
        None => Words::from(Text::organization_switcher_personal),
    }
}

/// The roles that are there always have names in every language; others bear the app's.
fn say((key, name): (String, String)) -> Words {
    match key.as_str() {
        ADMIN => Words::from(Text::organization_switcher_role_admin),
        MEMBER => Words::from(Text::organization_switcher_role_member),
        _ => words(move |_| name.clone()),
    }
}
