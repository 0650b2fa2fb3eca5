//! The page with the name, the address, and the ways out.

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, Slug, SystemPermission, UpdateOrganization};
use leptos::prelude::*;

use super::here::Here;
use crate::kit::{El, Form, Handle, Input, Problem, State, el, part, switch, words};
use crate::picture::{Whose, picture};
use crate::user_profile::{Disclosure, done, following, section};

/// The sections; what the user's role does not allow is not there.
pub(super) fn draw(here: Here) -> El {
    let may_manage = move || here.may(SystemPermission::ProfileManage);
    let may_delete = move || {
        let is_open = here.details().is_some_and(|it| it.admin_delete_enabled);
        is_open && here.may(SystemPermission::ProfileDelete)
    };
    let (may_manage, may_delete) = (State::derived(may_manage), State::derived(may_delete));
    let logo = move || {
        let logo = Whose::Organization(here.id);
        may_manage
            .get()
            .then(|| untrack(|| picture(here.root, logo)))
    };
    el("div")
        .child_when(logo)
        .child(switch(move || {
            let may_manage = may_manage.get();
            let profile = || {
                if may_manage {
                    edited(here)
                } else {
                    shown(here)
                }
            };
            Some(untrack(profile).into())
        }))
        .child(leave(here))
        .child_when(move || may_delete.get().then(|| untrack(|| delete(here))))
}

/// Name and address for those who cannot change them.
fn shown(here: Here) -> El {
    let slug = move || here.of(|it| it.organization.slug.clone());
    section("profile", Text::organization_profile_profile)
        .child(part("row").child(el("span").text(move || here.name())))
        .child(
            part("row").child(
                el("span")
                    .part("hint")
                    .text(move || slug().unwrap_or_default()),
            ),
        )
}

/// A form that is always there.
fn edited(here: Here) -> El {
    let form = Form::new();
    let known_slug = move || {
        here.of(|it| it.organization.slug.clone())
            .unwrap_or_default()
    };
    let name = following(move || here.name());
    let slug = following(known_slug);
    let was_saved = State::new(false);
    let is_saved = move || {
        was_saved.get() && name.with(|it| *it == here.name()) && slug.with(|it| *it == known_slug())
    };
    let submit = move || {
        let (typed, typed_slug) = (name.get_untracked(), slug.get_untracked());
        let mut problems = Vec::new();
        if typed.trim().is_empty() {
            problems.push(Problem::of(ErrorCode::FormParamNil, "name"));
        }
        if let Err(code) = Slug::parse(&typed_slug) {
            problems.push(Problem::of(code, "slug"));
        }
        if !problems.is_empty() {
            return form.refuse(problems);
        }
        let trimmed = |field: State<String>, text: String| {
            let text = text.trim().to_owned();
            field.set(text.clone());
            Some(text)
        };
        let command = UpdateOrganization {
            name: trimmed(name, typed),
            slug: trimmed(slug, typed_slug),
        };
        let (desk, id) = (here.site.desk(), here.id());
        was_saved.set(false);
        form.send(Box::pin(async move {
            desk.update_organization(&id, &command).await?;
            was_saved.set(true);
            here.root.announce(Text::status_saved);
            Ok(())
        }));
    };
    let name_field = Input::new("name", Text::field_organization_name, name);
    let slug_field = Input::new("slug", Text::field_organization_slug, slug)
        .hint(Text::field_organization_slug_hint);
    let fields = form
        .draw(submit)
        .child(form.field(name_field.autocomplete("organization")))
        .child(form.field(slug_field))
        .child(form.submit(Text::action_save))
        .child_when(move || is_saved().then(|| done(Text::status_saved)));
    section("profile", Text::organization_profile_profile)
        .child(form.alert())
        .child(fields)
}

fn leave(here: Here) -> El {
    let form = Form::new();
    let asking = Disclosure::new();
    let leave = move || {
        let (desk, id) = (here.site.desk(), here.id());
        here.leave_by(
            form,
            async move { desk.leave_organization(&id).await.map(drop) },
        );
    };
    let panel = move || {
        let focus = Handle::new();
        focus.focus_when_drawn();
        let leave = form
            .button("button", Text::organization_profile_leave_action, leave)
            .attr("data-action", "confirm-leave");
        let cancel = form.button("button", Text::action_cancel, move || asking.close());
        part("panel")
            .attr("role", "group")
            .attr_words("aria-label", Text::organization_profile_leave)
            .child(el("p").say(words(move |text| {
                text.organization_profile_leave_sure(&untrack(|| here.name()))
            })))
            .child(part("row").child(cancel.keep(focus)).child(leave))
    };
    section("leave", Text::organization_profile_leave)
        .child(form.alert())
        .child(way_out(
            asking,
            form,
            ("leave", Text::organization_profile_leave_action),
            Text::organization_profile_leave_hint,
        ))
        .child(asking.panel(panel))
}

fn delete(here: Here) -> El {
    let form = Form::new();
    let asking = Disclosure::new();
    let typed = State::new(String::new());
    let delete = move || {
        if typed.get_untracked().trim() != here.name() {
            let problem = Problem::of(ErrorCode::FormParamValueInvalid, "confirmation");
            return form.refuse(vec![problem]);
        }
        let (desk, id) = (here.site.desk(), here.id());
        here.leave_by(form, async move {
            desk.delete_organization(&id).await.map(drop)
        });
    };
    let panel = move || {
        form.turn_over();
        typed.set(String::new());
        let focus = Handle::new();
        focus.focus_when_drawn();
        let label =
            words(move |text| text.organization_profile_delete_confirm(&untrack(|| here.name())));
        let input = Input::new("confirmation", label, typed).keep(focus);
        let cancel = form.button("button", Text::action_cancel, move || asking.close());
        form.draw(delete).child(form.field(input)).child(
            part("row").child(cancel).child(
                form.submit(Text::organization_profile_delete_action)
                    .attr("data-action", "confirm-delete"),
            ),
        )
    };
    section("delete", Text::organization_profile_delete)
        .child(form.alert())
        .child(way_out(
            asking,
            form,
            ("delete", Text::organization_profile_delete_action),
            Text::organization_profile_delete_hint,
        ))
        .child(asking.panel(panel))
}

/// What a way out means, and the button that asks whether it is meant.
fn way_out(
    asking: Disclosure,
    form: Form,
    (action, label): (&'static str, fn(&Text) -> String),
    hint: fn(&Text) -> String,
) -> El {
    part("row")
        .child(el("span").part("hint").say(hint))
        .child(asking.trigger(action, label, move || form.forgive_all()))
}
