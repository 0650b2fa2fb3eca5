//! The pages of the profile, an app's own among them, and what leads from one to another.

use std::rc::Rc;

use frontdesk_locale::Text;
use leptos::prelude::*;

use super::{Parts, account, security};
use crate::kit::{El, State, Words, el, part, switch};
use crate::routing::Routing;

/// What an app draws itself.
type Make = Rc<dyn Fn() -> AnyView>;

/// A page of the profile, or a link beside them.
#[derive(Clone)]
pub struct ProfilePage {
    kind: Kind,
    icon: Option<Make>,
}

#[derive(Clone)]
enum Kind {
    Account,
    Security,
    Own {
        label: String,
        path: String,
        content: Make,
    },
    Link {
        label: String,
        url: String,
    },
}

impl ProfilePage {
    /// The page about who somebody is; name it to say where among the others it comes.
    pub const ACCOUNT: Self = Self::of(Kind::Account);
    /// The page about what somebody proves that with.
    pub const SECURITY: Self = Self::of(Kind::Security);

    const fn of(kind: Kind) -> Self {
        Self { kind, icon: None }
    }

    /// A page of the app's own; `path` is its place in the address, e.g. `terms`.
    pub fn page<V: IntoView + 'static>(
        label: impl Into<String>,
        path: impl Into<String>,
        content: impl Fn() -> V + 'static,
    ) -> Self {
        Self::of(Kind::Own {
            label: label.into(),
            path: path.into().trim_matches('/').to_owned(),
            content: Rc::new(move || content().into_any()),
        })
    }

    /// A link to another page.
    pub fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::of(Kind::Link {
            label: label.into(),
            url: url.into(),
        })
    }

    /// With a picture before its name, which is drawn for nobody but who sees.
    #[must_use]
    pub fn icon<V: IntoView + 'static>(mut self, icon: impl Fn() -> V + 'static) -> Self {
        self.icon = Some(Rc::new(move || icon().into_any()));
        self
    }

    /// What tells it from the others.
    fn name(&self) -> &str {
        match &self.kind {
            Kind::Account => "account",
            Kind::Security => "security",
            Kind::Own { path, .. } => path,
            Kind::Link { url, .. } => url,
        }
    }

    fn label(&self) -> Words {
        match &self.kind {
            Kind::Account => Words::from(Text::user_profile_account),
            Kind::Security => Words::from(Text::user_profile_security),
            Kind::Own { label, .. } | Kind::Link { label, .. } => {
                let label = label.clone();
                Words::from(move |_: &Text| label.clone())
            }
        }
    }
}

/// An app that gives the same pages again gives no others.
impl PartialEq for ProfilePage {
    fn eq(&self, other: &Self) -> bool {
        let label = |page: &Self| match &page.kind {
            Kind::Account | Kind::Security => None,
            Kind::Own { label, .. } | Kind::Link { label, .. } => Some(label.clone()),
        };
        self.name() == other.name() && label(self) == label(other)
    }
}

/// An app's own pages and links, in their order; those of ours that it does not name come first.
#[derive(Clone, Copy)]
pub struct ProfilePages(State<Rc<dyn Fn() -> Vec<ProfilePage>>>);

impl<F: Fn() -> Vec<ProfilePage> + 'static> From<F> for ProfilePages {
    fn from(pages: F) -> Self {
        Self(State::new(Rc::new(pages)))
    }
}

impl From<Vec<ProfilePage>> for ProfilePages {
    fn from(pages: Vec<ProfilePage>) -> Self {
        Self::from(move || pages.clone())
    }
}

impl Default for ProfilePages {
    fn default() -> Self {
        Self::from(Vec::new)
    }
}

impl ProfilePages {
    /// All pages in their order.
    fn all(self) -> Vec<ProfilePage> {
        let given = self.0.with(|pages| pages());
        let mut all: Vec<ProfilePage> = [ProfilePage::ACCOUNT, ProfilePage::SECURITY]
            .into_iter()
            .filter(|ours| !given.contains(ours))
            .collect();
        all.extend(given);
        all
    }
}

/// The way to each page, and the one that is chosen.
pub(super) fn draw(pages: ProfilePages, routing: Routing, parts: Parts) -> El {
    let all = State::derived(move || pages.all());
    let chosen = State::derived(move || chosen(&all.get(), &routing.here()));
    let links = move || {
        let mut list = el("ul").attr("role", "list");
        for (index, page) in all.get().into_iter().enumerate() {
            let link = link(&page, index == 0, routing, chosen);
            list = list.child(el("li").child(link));
        }
        Some(list)
    };
    let navigation = el("nav")
        .part("nav")
        .attr_words("aria-label", Text::user_profile_pages)
        .child_when(links);
    let page = part("page")
        .attr_when("data-page", move || {
            chosen.with(|it| Some(it.name().to_owned()))
        })
        .child(switch(move || {
            let page = chosen.get();
            Some(untrack(|| match page.kind {
                Kind::Security => security(parts),
                Kind::Own { content, .. } => content(),
                Kind::Account | Kind::Link { .. } => account(parts).into(),
            }))
        }));
    el("div")
        .attr("data-pages", "")
        .child(navigation)
        .child(page)
}

/// The page at `path`; the first of all where there is none.
fn chosen(all: &[ProfilePage], path: &str) -> ProfilePage {
    let mut pages = all
        .iter()
        .filter(|page| !matches!(page.kind, Kind::Link { .. }));
    let first = pages.clone().next();
    pages
        .find(|page| page.name() == path)
        .or(first)
        .cloned()
        .unwrap_or(ProfilePage::ACCOUNT)
}

fn link(page: &ProfilePage, is_first: bool, routing: Routing, chosen: State<ProfilePage>) -> El {
    let name = page.name().to_owned();
    let link = match &page.kind {
        Kind::Link { url, .. } => el("a").attr("href", url.clone()),
        // The first page is where the profile itself is.
        Kind::Account | Kind::Security | Kind::Own { .. } => {
            let own = name.clone();
            let path = if is_first { "" } else { name.as_str() };
            routing.link(path).attr_when("aria-current", move || {
                let is_here = chosen.with(|chosen| chosen.name() == own);
                is_here.then(|| "page".to_owned())
            })
        }
    };
    let icon = page.icon.as_ref().map(|icon| {
        el("span")
            .attr("data-icon", "")
            .attr("aria-hidden", "true")
            .child(icon())
    });
    link.part("nav-link")
        .attr("data-page", name)
        .maybe(icon)
        .child(el("span").say(page.label()))
}
