//! What can be chosen in the menu, an app's own among it.

use std::rc::Rc;

use frontdesk_locale::Text;
use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::{El, State, el};

/// What an app draws or does itself.
type Make = Rc<dyn Fn() -> AnyView>;
type Run = Rc<dyn Fn()>;

/// Something in the menu of a `UserButton`.
#[derive(Clone)]
pub struct MenuItem {
    kind: Kind,
    icon: Option<Make>,
}

#[derive(Clone)]
enum Kind {
    Manage,
    SignOut,
    Link { label: String, url: String },
    Action { label: String, run: Run },
}

impl MenuItem {
    /// Managing the account; name it to say where among the others it comes.
    pub const MANAGE: Self = Self::of(Kind::Manage);
    /// Signing out.
    pub const SIGN_OUT: Self = Self::of(Kind::SignOut);

    const fn of(kind: Kind) -> Self {
        Self { kind, icon: None }
    }

    /// A link to a page of the app.
    pub fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::of(Kind::Link {
            label: label.into(),
            url: url.into(),
        })
    }

    /// Something that the app does; the menu closes first.
    pub fn action(label: impl Into<String>, run: impl Fn() + 'static) -> Self {
        Self::of(Kind::Action {
            label: label.into(),
            run: Rc::new(run),
        })
    }

    /// With a picture before its name, which is drawn for nobody but who sees.
    #[must_use]
    pub fn icon<V: IntoView + 'static>(mut self, icon: impl Fn() -> V + 'static) -> Self {
        self.icon = Some(Rc::new(move || icon().into_any()));
        self
    }

    fn is(&self, other: &Self) -> bool {
        matches!(
            (&self.kind, &other.kind),
            (Kind::Manage, Kind::Manage) | (Kind::SignOut, Kind::SignOut)
        )
    }
}

/// An app's own items in their order; those of ours that it does not name come around them.
#[derive(Clone, Copy)]
pub struct MenuItems(State<Rc<dyn Fn() -> Vec<MenuItem>>>);

impl<F: Fn() -> Vec<MenuItem> + 'static> From<F> for MenuItems {
    fn from(items: F) -> Self {
        Self(State::new(Rc::new(items)))
    }
}

impl From<Vec<MenuItem>> for MenuItems {
    fn from(items: Vec<MenuItem>) -> Self {
        Self::from(move || items.clone())
    }
}

impl Default for MenuItems {
    fn default() -> Self {
        Self::from(Vec::new)
    }
}

impl MenuItems {
    /// All of them in their order.
    fn all(self) -> Vec<MenuItem> {
        let mut all = self.0.with(|items| items());
        if !all.iter().any(|item| item.is(&MenuItem::MANAGE)) {
            all.insert(0, MenuItem::MANAGE);
        }
        if !all.iter().any(|item| item.is(&MenuItem::SIGN_OUT)) {
            all.push(MenuItem::SIGN_OUT);
        }
        all
    }
}

/// Draws them.
pub(super) fn draw(items: MenuItems, menu: Menu) -> El {
    let mut group = el("div").attr("data-items", "");
    for item in items.all() {
        group = group.child(one(item, menu));
    }
    group
}

fn one(item: MenuItem, menu: Menu) -> El {
    let icon = item.icon.map(|icon| {
        let icon = icon();
        el("span")
            .attr("data-icon", "")
            .attr("aria-hidden", "true")
            .child(icon)
    });
    let own = |label: String| move |_: &Text| label.clone();
    match item.kind {
        Kind::Manage => menu.item(
            "manage-account",
            icon,
            Text::user_button_manage,
            move || {
                menu.manage();
            },
        ),
        Kind::SignOut => menu.item("sign-out", icon, Text::action_sign_out, move || {
            menu.sign_out();
        }),
        Kind::Link { label, url } => el("a")
            .part("menu-item")
            .attr("href", url)
            .maybe(icon)
            .say(own(label)),
        Kind::Action { label, run } => menu.item("own", icon, own(label), move || {
            menu.close();
            run();
        }),
    }
}
