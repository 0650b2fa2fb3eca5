//! The section with the browsers that the user is signed in with.

use frontdesk_locale::Text;
use frontdesk_protocol::{DeviceSession, SessionActivity};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::item::{action, badge, change, row};
use super::moment::day_and_time;
use super::section_at;
use crate::kit::{El, Form, Handle, Root, State, el, switch, words};
use crate::provider::{Site, use_site};

/// The browsers, once they are known; nothing where the server does not tell.
pub(super) fn draw(root: Root) -> AnyView {
    let devices = Devices {
        site: use_site(),
        root,
        form: Form::new(),
        title: Handle::new(),
        known: State::new(Vec::new()),
    };
    if cfg!(target_arch = "wasm32") {
        devices.load();
    }
    switch(move || {
        let known = devices.known.get();
        if known.is_empty() {
            return None;
        }
        Some(untrack(|| devices.draw(&known)).into())
    })
}

#[derive(Clone, Copy)]
pub(super) struct Devices {
    pub(super) site: Site,
    pub(super) root: Root,
    pub(super) form: Form,
    pub(super) title: Handle,
    pub(super) known: State<Vec<DeviceSession>>,
}

impl Devices {
    fn load(self) {
        let desk = self.site.desk();
        spawn_local(async move {
            if let Ok(known) = desk.active_sessions().await {
                self.known.set(known);
            }
        });
    }

    pub(super) fn draw(self, known: &[DeviceSession]) -> El {
        let mut list = el("div").attr("data-list", "").attr("role", "list");
        for session in known {
            list = list.child(self.row(session).attr("role", "listitem"));
        }
        section_at(self.title, "devices", Text::user_profile_devices)
            .child(list)
            .child(self.form.alert())
    }

    fn row(self, session: &DeviceSession) -> El {
        let here = self
            .site
            .of_client(|client| client.last_active_session_id.clone());
        let is_here = here.as_ref() == Some(&session.id);
        let activity = session.latest_activity.clone();
        let place = activity.as_ref().map(place).unwrap_or_default();
        let at = session.last_active_at;
        let used = words(move |text| text.user_profile_device_used(&day_and_time(text, at)));
        let this = is_here.then(|| badge("this-device", Text::user_profile_this_device));
        let revoke = (!is_here).then(|| {
            let id = session.id.clone();
            let activity = activity.clone();
            let label =
                words(move |text| text.user_profile_revoke_device(&name(text, activity.as_ref())));
            action(
                self.form,
                "revoke",
                Text::action_sign_out,
                label,
                move || {
                    let (desk, id) = (self.site.desk(), id.clone());
                    let said = Text::status_saved;
                    change(self.form, self.root, self.title, said, async move {
                        desk.revoke_session(&id).await?;
                        self.known.update(|known| known.retain(|it| it.id != id));
                        Ok(())
                    });
                },
            )
        });
        row(move |text: &Text| name(text, activity.as_ref()))
            .maybe(this)
            .child(el("span").part("hint").text(move || place.clone()))
            .child(el("span").part("hint").say(used))
            .maybe(revoke)
    }
}

/// What the browser and its machine are called.
fn name(text: &Text, activity: Option<&SessionActivity>) -> String {
    let known = activity.map(|it| (it.browser_name.as_deref(), it.device_type.as_deref()));
    match known {
        Some((Some(browser), Some(device))) => text.user_profile_device(browser, device),
        Some((Some(only), None) | (None, Some(only))) => only.to_owned(),
        Some((None, None)) | None => text.user_profile_device_unknown(),
    }
}

/// The network's address, and where that is.
fn place(activity: &SessionActivity) -> String {
    let parts = [&activity.ip_address, &activity.city, &activity.country];
    let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    known.join(" · ")
}
