//! Every organization that one can work in, to choose one.

#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use frontdesk_protocol::{OrganizationSuggestion, SuggestionStatus, UserOrganizationInvitation};
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;

use crate::create_organization::{Creation, focus_on_name};
use crate::kit::{
    Card, El, Form, Handle, Prop, Root, State, Words, avatar, button, card, el, part, switch, words,
};
use crate::organization::{enter, role};
use crate::organization_switcher::Place;
use crate::pending::Pending;
use crate::provider::{Site, use_site};
use crate::standing::for_members;

/// Lets a person choose the organization to work in, join those that invite them, or create one.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `organizations`, `button`, `avatar`, `badge`,
/// `section-title`, `alert`, `link`, `spinner`, `skeleton`, and those of `CreateOrganization`. A button's
/// `data-organization` is the organization's id, empty for the personal account.
#[component]
pub fn OrganizationList(
    /// Draws no personal account while it gives something.
    #[prop(into, optional)]
    hide_personal: Prop,
    /// Where people sign in; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Set, nothing is asked once a new organization is there.
    #[prop(into, optional)]
    skip_invitation_screen: Prop,
    /// Runs when an organization, or the personal account, was chosen.
    #[prop(into, optional)]
    on_organization_changed: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let root = Root::new("organization-list");
    let texts = [
        Text::organization_list_title,
        Text::organization_list_signed_out,
    ];
    let cards = for_members(root, texts, sign_in_url, move || {
        let creation = Creation::new(root, skip_invitation_screen, on_organization_changed);
        Choice::new(root, hide_personal, creation, on_organization_changed).draw()
    });
    AnyView::from(root.draw(cards))
}

/// Everything about choosing; copies are the same thing.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    site: Site,
    root: Root,
    form: Form,
    creation: Creation,
    is_creating: State<bool>,
    places: State<Vec<Place>>,
    pub(crate) pending: Pending,
    title: Handle,
    on_organization_changed: Option<UnsyncCallback<()>>,
}

impl Choice {
    pub(crate) fn new(
        root: Root,
        hide_personal: Prop,
        creation: Creation,
        on_organization_changed: Option<UnsyncCallback<()>>,
    ) -> Self {
        let site = use_site();
        Self {
            site,
            root,
            form: Form::new(),
            creation,
            is_creating: State::new(false),
            places: State::derived(move || {
                let mut places = site.of_client(Place::all).unwrap_or_default();
                if hide_personal.get().is_some() {
                    places.retain(|place| !place.id.is_empty());
                }
                places
            }),
            pending: Pending::new(),
            title: Handle::new(),
            on_organization_changed,
        }
    }

    pub(crate) fn draw(self) -> AnyView {
        // Where there is nothing to choose, one is made.
        let is_empty = State::derived(move || {
            self.pending.is_empty() && self.places.with(Vec::is_empty) && self.may_create()
        });
        let is_creating = State::derived(move || {
            self.is_creating.get() || is_empty.get() || self.creation.is_under_way()
        });
        switch(move || {
            Some(if is_creating.get() {
                untrack(|| self.creation(!is_empty.get()))
            } else {
                untrack(|| self.list()).into()
            })
        })
    }

    fn list(self) -> Card {
        let form = self.form;
        let places = move || {
            let mut list = part("organizations").attr("role", "list");
            for place in self.places.get() {
                let item = el("div").attr("role", "listitem");
                list = list.child(item.child(untrack(|| self.place(&place))));
            }
            Some(list)
        };
        let invitations = move || {
            let all = self.pending.invitations.get().unwrap_or_default();
            let draw = |it| untrack(|| self.invitation(it));
            waiting(
                Text::organization_switcher_invitations,
                all.into_iter().map(draw),
            )
        };
        let suggestions = move || {
            let all = self.pending.suggestions.get().unwrap_or_default();
            let draw = |it| untrack(|| self.suggestion(it));
            waiting(
                Text::organization_switcher_suggestions,
                all.into_iter().map(draw),
            )
        };
        let may_create = State::derived(move || self.may_create());
        let create = move || {
            may_create.get().then(|| {
                button(
                    Handle::new(),
                    Text::organization_switcher_create,
                    move || {
                        self.is_creating.set(true);
                        focus_on_name(self.root);
                    },
                )
                .attr("data-action", "create-organization")
            })
        };
        card(Text::organization_list_title)
            .subtitle(Text::organization_list_subtitle)
            .keep(self.title)
            .main(form.alert())
            .main(switch(move || places().map(AnyView::from)))
            .main(switch(move || invitations().map(AnyView::from)))
            .main(switch(move || suggestions().map(AnyView::from)))
            .main(switch(move || create().map(AnyView::from)))
    }

    fn creation(self, is_chosen: bool) -> AnyView {
        self.creation.draw(is_chosen, move || {
            self.is_creating.set(false);
            self.title.focus_when_drawn();
        })
    }

    fn place(self, place: &Place) -> El {
        let (id, own) = (place.id.clone(), place.id.clone());
        let badge = |(key, name): &(String, String)| el("span").part("badge").say(role(key, name));
        let label = match place.name.clone() {
            Some(name) => words(move |_| name.clone()),
            None => Words::from(Text::organization_switcher_personal),
        };
        self.form
            .button("button", label, move || self.choose(id.clone()))
            .attr("data-organization", place.id.clone())
            .attr_when("aria-current", move || {
                let active = self.site.of_client(Place::active).unwrap_or_default();
                (active == own).then(|| "true".to_owned())
            })
            .child(avatar(
                &place.image_url,
                place.name.as_deref().unwrap_or_default(),
            ))
            .maybe(place.role.as_ref().map(badge))
    }

    fn invitation(self, invitation: UserOrganizationInvitation) -> El {
        let organization = invitation.public_organization_data;
        let picture = avatar(&organization.image_url, &organization.name);
        let (id, name) = (invitation.id, organization.name);
        let said = name.clone();
        let label = words(move |_: &Text| name.clone());
        self.form
            .button("button", label, move || {
                let said = said.clone();
                self.pending.accept(self.form, id.clone(), move || {
                    self.title.focus();
                    let said = words(move |text| text.organization_list_joined(&said));
                    self.root.announce(said);
                });
            })
            .attr("data-action", "accept-invitation")
            .child(picture)
            .child(join(Text::organization_switcher_join))
    }

    fn suggestion(self, suggestion: OrganizationSuggestion) -> El {
        let organization = suggestion.public_organization_data;
        let picture = avatar(&organization.image_url, &organization.name);
        let (id, name) = (suggestion.id, organization.name);
        let label = words(move |_: &Text| name.clone());
        if suggestion.status == SuggestionStatus::Accepted {
            let asked = el("span").part("badge");
            return part("row")
                .child(picture)
                .child(el("span").say(label))
                .child(asked.say(Text::organization_switcher_asked));
        }
        self.form
            .button("button", label, move || {
                self.pending.ask(self.form, id.clone(), move || {
                    self.title.focus();
                    self.root.announce(Text::organization_switcher_asked);
                });
            })
            .attr("data-action", "accept-suggestion")
            .child(picture)
            .child(join(Text::organization_switcher_ask))
    }

    fn choose(self, id: String) {
        self.form.send(Box::pin(async move {
            enter(self.site, id).await?;
            self.root.announce(Text::status_saved);
            if let Some(changed) = self.on_organization_changed {
                changed.try_run(());
            }
            Ok(())
        }));
    }

    fn may_create(self) -> bool {
        self.site
            .of_client(|client| Some(client.active_session()?.user.create_organization_enabled))
            .unwrap_or_default()
    }
}

/// What waits, one under the other; nothing where nothing does.
fn waiting(title: fn(&Text) -> String, items: impl ExactSizeIterator<Item = El>) -> Option<El> {
    let heading = el("h2").part("section-title");
    let is_empty = items.len() == 0;
    let mut list = part("organizations").attr("role", "list");
    for item in items {
        list = list.child(el("div").attr("role", "listitem").child(item));
    }
    let waiting = el("div").attr("data-waiting", "");
    (!is_empty).then(|| waiting.child(heading.say(title)).child(list))
}

/// What happens on a press, at the end of the line.
fn join(label: fn(&Text) -> String) -> El {
    el("span")
        .part("badge")
        .attr("data-kind", "join")
        .say(label)
}
