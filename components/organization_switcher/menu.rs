//! The trigger, the menu of places, and the form for a new one.

use frontdesk_locale::Text;
use frontdesk_protocol::{OrganizationSuggestion, SuggestionStatus, UserOrganizationInvitation};
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;

use super::place::Place;
use crate::create_organization::Creation;
use crate::kit::{
    El, Form, Handle, Modal, Popover, Prop, Root, State, Target, Words, avatar, effect, el, part,
    say, switch, when_drawn, words,
};
use crate::organization::{enter, role};
use crate::organization_profile::OrganizationCards;
use crate::pending::Pending;
use crate::provider::{Site, use_site};

/// How many places are drawn at once.
const SOME: usize = 20;
/// How near the end of the list more of them are drawn.
const NEAR_PX: i32 = 120;

/// Everything about switching; copies are the same thing.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    site: Site,
    popover: Popover,
    form: Form,
    creation: Creation,
    is_creating: State<bool>,
    places: State<Vec<Place>>,
    active: State<String>,
    pub(super) pending: Pending,
    list: Handle,
    modal: Modal,
    profile: Managing,
    on_organization_changed: Option<UnsyncCallback<()>>,
}

/// Where the active organization is managed.
#[derive(Clone, Copy)]
pub(super) struct Managing {
    /// Where its profile is; without it, the profile opens in a dialog.
    pub(super) url: Prop,
    pub(super) target: Target,
    pub(super) cards: OrganizationCards,
}

impl Menu {
    pub(super) fn new(
        hide_personal: Prop,
        profile: Managing,
        creation: Creation,
        on_organization_changed: Option<UnsyncCallback<()>>,
    ) -> Self {
        let site = use_site();
        let popover = Popover::new();
        let is_creating = State::new(false);
        effect(move || {
            // Also one that is made after whoever made it has gone elsewhere is told of.
            let is_made = creation.is_made();
            if !popover.is_open() {
                is_creating.set(false);
                if is_made {
                    creation.end();
                }
            }
        });
        Self {
            site,
            popover,
            form: Form::new(),
            creation,
            is_creating,
            places: State::derived(move || {
                let mut places = site.of_client(Place::all).unwrap_or_default();
                if hide_personal.get().is_some() {
                    places.retain(|place| !place.id.is_empty());
                }
                places
            }),
            active: State::derived(move || site.of_client(Place::active).unwrap_or_default()),
            pending: Pending::new(),
            list: Handle::new(),
            modal: Modal::new(),
            profile,
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
            .child(el("span").child(switch(move || {
                let place = active();
                Some(say(place.map_or(
                    Words::from(Text::organization_switcher_none),
                    |place| name(&place),
                )))
            })))
            .child_when(move || self.waiting());
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
            switch(move || panel().map(AnyView::from)),
            self.modal.draw(Text::organization_profile_title, move || {
                let root = Root::new("organization-profile");
                let card = self.profile.cards.draw(root, self.on_organization_changed);
                root.draw_inside(card)
            }),
        )
            .into_any()
    }

    /// Each group is drawn by itself: one that comes late leaves the focus where it is.
    pub(super) fn menu(self) -> El {
        let form = self.form;
        let manage = move || {
            let has_profile = !self.active.with(String::is_empty);
            has_profile.then(|| {
                self.action("manage-organization", move || self.manage())
                    .child(el("span").say(Text::organization_switcher_manage))
                    .child_when(move || self.requests())
            })
        };
        let invitations = move || {
            let all = self.pending.invitations.get().unwrap_or_default();
            let items = all.into_iter().map(|it| self.invitation(it));
            filled(group(Text::organization_switcher_invitations), items)
        };
        let suggestions = move || {
            let all = self.pending.suggestions.get().unwrap_or_default();
            let items = all.into_iter().map(|it| self.suggestion(it));
            filled(group(Text::organization_switcher_suggestions), items)
        };
        let create = self.may_create().then(|| {
            self.action("create-organization", move || self.create())
                .child(el("span").say(Text::organization_switcher_create))
        });
        part("menu")
            .keep(self.list)
            .attr("role", "menu")
            .attr_words("aria-label", Text::organization_switcher_menu)
            .truth("aria-busy", move || form.is_pending())
            .child_when(move || Some(self.places()))
            .child_when(manage)
            .child_when(invitations)
            .child_when(suggestions)
            .maybe(create)
    }

    /// The places, of which those further down are drawn as one comes to them.
    fn places(self) -> El {
        let places = self.places.get();
        // What had the focus goes with those that were drawn before.
        self.popover.enter();
        let active = self.active.get_untracked();
        // The one that is marked gets the focus, wherever it is.
        let marked = places.iter().position(|place| place.id == active);
        let drawn = State::new(marked.unwrap_or_default() / SOME + 1);
        let list = Handle::new();
        let mut group = group(Text::organization_switcher_menu)
            .attr("data-places", "")
            .keep(list)
            .on("scroll", move |_| {
                let is_near_end = list.get().is_some_and(|it| {
                    it.scroll_top() + it.client_height() + NEAR_PX >= it.scroll_height()
                });
                if is_near_end {
                    drawn.update(|drawn| *drawn += 1);
                }
            });
        for (number, some) in places.chunks(SOME).enumerate() {
            let some = some.to_vec();
            let is_drawn = State::derived(move || drawn.get() > number);
            group = group.child(switch(move || {
                is_drawn.get().then(|| {
                    let items = some.iter().map(|place| self.item(place));
                    let all = el("div").attr("role", "none");
                    items.fold(all, El::child).into()
                })
            }));
        }
        group
    }

    fn invitation(self, invitation: UserOrganizationInvitation) -> El {
        let organization = invitation.public_organization_data;
        let (id, name) = (invitation.id, organization.name.clone());
        let joined = organization.id;
        self.action("accept-invitation", move || {
            if untrack(|| self.form.is_pending()) {
                return;
            }
            let joined = joined.clone();
            self.pending.accept(self.form, id.clone(), move || {
                // The item that was pressed is gone; the one of the organization is there.
                let item = ["[data-organization=", joined.as_str(), "]"].concat();
                when_drawn(move || self.list.focus_in(&item));
            });
        })
        .child(avatar(&organization.image_url, &organization.name))
        .child(el("span").text(move || name.clone()))
        .child(join_badge(Text::organization_switcher_join))
    }

    fn suggestion(self, suggestion: OrganizationSuggestion) -> El {
        let organization = suggestion.public_organization_data;
        let (id, name) = (suggestion.id, organization.name.clone());
        let is_open = suggestion.status == SuggestionStatus::Pending;
        let selector = ["[data-suggestion=", id.as_str(), "]"].concat();
        let item_id = id.as_str().to_owned();
        let badge = if is_open {
            join_badge(Text::organization_switcher_ask)
        } else {
            el("span")
                .part("badge")
                .say(Text::organization_switcher_asked)
        };
        self.action("accept-suggestion", move || {
            if untrack(|| self.form.is_pending()) || !is_open {
                return;
            }
            let selector = selector.clone();
            self.pending.ask(self.form, id.clone(), move || {
                when_drawn(move || self.list.focus_in(&selector));
            });
        })
        .attr("data-suggestion", item_id)
        .child(avatar(&organization.image_url, &organization.name))
        .child(el("span").text(move || name.clone()))
        .child(badge)
    }

    /// An item that does something.
    fn action(self, name: &'static str, run: impl Fn() + 'static) -> El {
        self.plain_item()
            .attr("role", "menuitem")
            .attr("data-action", name)
            .on("click", move |_| run())
    }

    fn item(self, place: &Place) -> El {
        let (id, own) = (place.id.clone(), place.id.clone());
        let badge = |(key, name): &(String, String)| el("span").part("badge").say(role(key, name));
        let role = place.role.as_ref().map(badge);
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

    /// How many ask to join.
    fn requests(self) -> Option<El> {
        let count = self.pending.requests.get();
        let said = words(move |text| text.organization_switcher_requests(count));
        (count > 0).then(|| el("span").part("badge").attr("data-kind", "join").say(said))
    }

    /// How many things wait, for those who see it and for those who hear it.
    fn waiting(self) -> Option<El> {
        let count = self.pending.count();
        let figure = words(move |text| text.organization_switcher_count(count));
        let spoken = words(move |text| text.organization_switcher_waiting(count));
        (count > 0).then(|| {
            el("span")
                .part("badge")
                .attr("data-kind", "waiting")
                .child(el("span").attr("aria-hidden", "true").say(figure))
                .child(el("span").attr("data-hidden", "").say(spoken))
        })
    }

    fn dialog(self) -> El {
        let card = self.creation.draw(true, move || self.popover.close());
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

    fn manage(self) {
        if untrack(|| self.form.is_pending()) {
            return;
        }
        self.popover.close();
        if self.profile.url.get_untracked().is_some() {
            self.profile.target.reach(None);
        } else {
            self.modal.open();
        }
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
        self.form.send(Box::pin(async move {
            let outcome = enter(self.site, id).await;
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

/// What happens on a press, at the end of the line.
fn join_badge(label: fn(&Text) -> String) -> El {
    el("span")
        .part("badge")
        .attr("data-kind", "join")
        .say(label)
}

fn group(label: fn(&Text) -> String) -> El {
    el("div")
        .attr("role", "group")
        .attr_words("aria-label", label)
}

/// `group` with its items, if there are any.
fn filled(group: El, items: impl ExactSizeIterator<Item = El>) -> Option<El> {
    (items.len() > 0).then(|| items.fold(group, El::child))
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
