//! The page with those who are in the organization.

use frontdesk_locale::Text;
use frontdesk_protocol::{Member, PublicUserData, SystemPermission, UpdateMembership, UserId};
use leptos::prelude::*;

use super::here::Here;
use super::listing::{Head, Listing};
use crate::kit::{El, Form, avatar, el, part, switch, words};
use crate::organization::{role, roles_to_give};
use crate::user_profile::{action, badge, day};

const HEADS: &[Head] = &[
    Text::organization_profile_member,
    Text::organization_profile_joined,
    Text::organization_profile_role,
    Text::organization_profile_actions,
];

const ORDERS: &[(&str, Head)] = &[
    ("created_at", Text::organization_profile_sort_oldest),
    ("-created_at", Text::organization_profile_sort_newest),
    ("name", Text::organization_profile_sort_name),
    ("role", Text::organization_profile_sort_role),
];

/// The table, and the field that looks for somebody in it.
pub(super) fn draw(here: Here) -> El {
    Members {
        here,
        form: Form::new(),
        listing: Listing::new(here, "", |desk, id, asked| {
            Box::pin(async move { desk.members(&id, &asked).await })
        }),
    }
    .draw()
}

#[derive(Clone, Copy)]
pub(super) struct Members {
    pub(super) here: Here,
    pub(super) form: Form,
    pub(super) listing: Listing<Member>,
}

impl Members {
    pub(super) fn draw(self) -> El {
        let titles: (Head, Head) = (
            Text::organization_profile_members,
            Text::organization_profile_nobody,
        );
        let table = switch(move || {
            // What somebody can be made is asked for beside who there is.
            self.here.roles.with(|_| ());
            let row = move |member: &Member| self.row(member);
            Some(untrack(|| self.listing.draw(titles, HEADS, row)).into())
        });
        let bar = part("row")
            .attr("data-bar", "")
            .child(self.listing.search(Text::organization_profile_search))
            .child(self.listing.sorting(ORDERS));
        el("div").child(bar).child(self.form.alert()).child(table)
    }

    fn row(self, member: &Member) -> Vec<El> {
        let person = &member.public_user_data;
        let own = self
            .here
            .site
            .of_client(|client| Some(client.active_session()?.user.id.clone()));
        let is_own = own.as_ref() == Some(&person.user_id);
        let you = is_own.then(|| badge("you", Text::organization_profile_you));
        let at = member.created_at;
        // Nobody changes what they are themselves, and leaving is on another page.
        let may_change = !is_own && self.here.may(SystemPermission::MembershipsManage);
        let (what, remove) = if may_change {
            (self.choice(member), self.removal(person))
        } else {
            let what = el("span").say(role(&member.role, &member.role_name));
            (what, el("span"))
        };
        vec![
            who(person).maybe(you),
            el("span").say(words(move |text| day(text, at))),
            what,
            remove,
        ]
    }

    /// The role, and the others that it can be changed to.
    fn choice(self, member: &Member) -> El {
        let form = self.form;
        let name = name(&member.public_user_data);
        let user = member.public_user_data.user_id.clone();
        let mut select = el("select")
            .part("input")
            .attr("name", "role")
            .attr_words(
                "aria-label",
                words(move |text| text.organization_profile_role_of(&name)),
            )
            .flag("disabled", move || form.is_pending())
            .on("change", move |event| {
                self.change(user.clone(), event_target_value(&event));
            });
        let roles = roles_to_give(self.here.site, self.here.roles);
        if !roles.iter().any(|it| it.key == member.role) {
            let option = option(&member.role, &member.role_name, true);
            select = select.child(option);
        }
        for it in roles {
            select = select.child(option(&it.key, &it.name, it.key == member.role));
        }
        select
    }

    fn change(self, user: UserId, key: String) {
        let (desk, id) = (self.here.site.desk(), self.here.id());
        let command = UpdateMembership { role: Some(key) };
        self.form.send(Box::pin(async move {
            if let Err(failure) = desk.update_member(&id, &user, &command).await {
                // The list shows again what is true.
                self.listing.reload();
                return Err(failure);
            }
            self.here.root.announce(Text::status_saved);
            Ok(())
        }));
    }

    fn removal(self, person: &PublicUserData) -> El {
        let name = name(person);
        let user = person.user_id.clone();
        let label = words(move |text| text.organization_profile_remove_member(&name));
        action(self.form, "remove", Text::action_remove, label, move || {
            let (desk, id, user) = (self.here.site.desk(), self.here.id(), user.clone());
            self.form.send(Box::pin(async move {
                desk.remove_member(&id, &user).await?;
                self.listing.reload();
                self.here.root.announce(Text::status_removed);
                Ok(())
            }));
        })
    }
}

/// A role to choose.
pub(super) fn option(key: &str, name: &str, is_chosen: bool) -> El {
    el("option")
        .attr("value", key.to_owned())
        .flag("selected", move || is_chosen)
        .say(role(key, name))
}

/// The picture, the name and the address.
pub(super) fn who(person: &PublicUserData) -> El {
    let name = name(person);
    let address = person.identifier.clone();
    let is_named = name != address;
    let shown = name.clone();
    part("person")
        .child(avatar(&person.image_url, &name))
        .child(el("bdi").text(move || shown.clone()))
        .maybe(is_named.then(|| el("bdi").part("hint").text(move || address.clone())))
}

/// The full name, or else the address.
pub(super) fn name(person: &PublicUserData) -> String {
    let names = [&person.first_name, &person.last_name];
    let names = names.into_iter().flatten().map(String::as_str);
    let names: Vec<&str> = names.filter(|it| !it.is_empty()).collect();
    if names.is_empty() {
        person.identifier.clone()
    } else {
        names.join(" ")
    }
}
