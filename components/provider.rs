//! What every component reads: the client and what it knows, how things look, and the language.

use std::rc::Rc;

use frontdesk_client as client;
use frontdesk_locale::Text;
use frontdesk_protocol::{Client, Environment, Organization, Session, Timestamp, User};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::{Live, State, effect};
use crate::language::speak;

/// How the components look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The theme; it becomes `data-theme`.
    pub theme: Option<String>,
    /// `light` or `dark`; without it, the page's own `color-scheme` counts.
    pub color_scheme: Option<String>,
    /// Extra classes by part.
    pub elements: Vec<(String, String)>,
}

impl Appearance {
    /// The extra classes of a part.
    pub fn classes(&self, part: &str) -> Option<String> {
        self.elements
            .iter()
            .find(|(name, _)| name == part)
            .map(|(_, classes)| classes.clone())
    }
}

/// What every component reads; copies are the same thing.
#[derive(Clone, Copy)]
pub struct Site {
    pub(crate) desk: State<client::Frontdesk>,
    /// The instance's settings, once they are loaded.
    pub environment: State<Option<Rc<Environment>>>,
    /// The browser's state as the server last gave it.
    pub client: State<Option<Rc<Client>>>,
    /// Whether the environment and the client, or its absence, are known.
    pub is_loaded: State<bool>,
    /// Whether the last try to load them failed.
    pub has_failed: State<bool>,
    /// How things look.
    pub appearance: State<Appearance>,
    /// The language.
    pub text: State<Text>,
    /// What the component around says aloud; kept here, because every type of context is compiled anew.
    pub(crate) live: Live,
}

impl Site {
    /// The client, for calls.
    pub fn desk(self) -> client::Frontdesk {
        self.desk.get_untracked()
    }

    /// Loads what is not loaded yet.
    pub fn load(self) {
        self.has_failed.set(false);
        let desk = self.desk();
        spawn_local(async move {
            let has_failed = desk.load().await.is_err();
            self.has_failed.set(has_failed);
        });
    }

    /// The server's clock; it is not a signal.
    pub fn now(self) -> Timestamp {
        self.desk
            .try_with_untracked(client::Frontdesk::server_now)
            .unwrap_or_default()
    }

    /// A part of the client's state, if there is any.
    pub fn of_client<T>(self, read: impl FnOnce(&Client) -> Option<T>) -> Option<T> {
        read(&*self.client.get()?)
    }

    /// A part of the settings, once they are loaded.
    pub fn of_environment<T>(self, read: impl FnOnce(&Environment) -> T) -> Option<T> {
        Some(read(&*self.environment.get()?))
    }

    /// The active session.
    pub fn session(self) -> Option<Session> {
        self.of_client(|client| client.active_session().cloned())
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(self) -> bool {
        self.of_client(|client| client.active_session().map(drop))
            .is_some()
    }

    /// What the person of the active session is called: the full name, or else the address, the user name or
    /// the number.
    pub fn person(self) -> Option<String> {
        self.of_client(|client| {
            let session = client.active_session()?;
            session.user.full_name().or_else(|| identifier(session))
        })
    }

    /// Takes over what the client knows. What is as it was is not told again: cards would be drawn anew for it.
    fn follow(self) {
        let Some(desk) = self.desk.try_get_untracked() else {
            return;
        };
        let is_loaded = desk.is_loaded();
        if self.is_loaded.try_get_untracked() == Some(!is_loaded) {
            self.is_loaded.set(is_loaded);
        }
        let environment = desk.environment();
        let of = |it: &Option<Rc<Environment>>| it.as_ref().map(Rc::as_ptr);
        if self.environment.try_with_untracked(of) != Some(of(&environment)) {
            self.environment.set(environment);
        }
        self.client.set(desk.client());
    }
}

/// What tells somebody from others of the same name: the address, or else the user name or the number.
pub(crate) fn identifier(session: &Session) -> Option<String> {
    let address = session.user.primary_email();
    let identifier = address.unwrap_or(&session.public_user_data.identifier);
    Some(identifier.to_owned()).filter(|it| !it.is_empty())
}

/// Makes `desk` what the components below the current owner talk to, and loads it; the signals can be replaced at any time.
pub fn provide(desk: &client::Frontdesk, appearance: State<Appearance>, text: State<Text>) -> Site {
    let site = Site {
        desk: State::new(desk.clone()),
        environment: State::new(None),
        client: State::new(None),
        is_loaded: State::new(false),
        has_failed: State::new(false),
        appearance,
        text,
        live: State::new(None),
    };
    site.follow();
    // Stored, so that the listening ends with the owner.
    State::new(desk.listen(move || site.follow()));
    provide_context(site);
    effect(move || site.load());
    site
}

/// Lets the components inside talk to a server. Put one around the app.
#[component]
pub fn Frontdesk(
    /// The server's address, e.g. `https://id.example.com`; empty for the page's own origin.
    #[prop(into, optional)]
    api: String,
    /// The theme: `default`, `almanac`, or the name that your own rules use.
    #[prop(into, optional)]
    theme: Option<String>,
    /// `light` or `dark`; without it, the page's own `color-scheme` counts.
    #[prop(into, optional)]
    color_scheme: Option<String>,
    /// The language, e.g. `fr`; without it, English.
    #[prop(into, optional)]
    locale: Option<String>,
    /// The app.
    children: Children,
) -> impl IntoView {
    let appearance = Appearance {
        theme,
        color_scheme,
        elements: Vec::new(),
    };
    let text = State::new(Text::english());
    provide(&desk_at(&api), State::new(appearance), text);
    if let Some(locale) = locale {
        speak(text, api, &locale);
    }
    children()
}

#[cfg(target_arch = "wasm32")]
fn desk_at(api: &str) -> client::Frontdesk {
    client::Frontdesk::at(api)
}

/// On a server, nobody is known and nothing is asked: the components draw their skeletons.
#[cfg(not(target_arch = "wasm32"))]
fn desk_at(_api: &str) -> client::Frontdesk {
    client::Frontdesk::new(crate::kit::Nowhere)
}

/// What every component reads.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_site() -> Site {
    expect_context::<Site>()
}

/// The client of the server.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_frontdesk() -> client::Frontdesk {
    use_site().desk()
}

/// The language; set it to change it.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_text() -> State<Text> {
    use_site().text
}

/// Who is signed in.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_user() -> Signal<Option<User>> {
    let site = use_site();
    Signal::derive(move || site.of_client(|client| Some(client.active_session()?.user.clone())))
}

/// The active session.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_session() -> Signal<Option<Session>> {
    let site = use_site();
    Signal::derive(move || site.session())
}

/// The organization that the active session is in; absent for the personal account.
///
/// # Panics
/// Outside of [`Frontdesk`].
pub fn use_organization() -> Signal<Option<Organization>> {
    let site = use_site();
    Signal::derive(move || {
        site.of_client(|client| Some(client.active_membership()?.organization.clone()))
    })
}
