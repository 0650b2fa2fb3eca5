//! Buttons for the providers that people have accounts with.

use frontdesk_client::Value;
use frontdesk_locale::Text;
use frontdesk_protocol::SocialProvider;
use frontdesk_protocol::json::{Read as _, Source as _};

use crate::json::members;
use crate::kit::{El, Form, avatar, el, part};
use crate::provider::Site;

/// The most buttons side by side.
const WIDEST: usize = 5;
/// From so many on, a button has room for no more than a mark.
const MANY: usize = 3;

/// A provider that signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// How it proves, e.g. `oauth_github`.
    pub strategy: String,
    name: String,
    logo_url: String,
}

/// Every provider of the settings, also those that accounts are only connected with.
pub fn all(site: Site) -> Vec<SocialProvider> {
    entries(site)
        .iter()
        .filter_map(SocialProvider::read)
        .collect()
}

/// The providers that the settings offer on screens. The first card draws them, so nothing else is read.
pub fn offered(site: Site) -> Vec<Provider> {
    let offered = |entry: &Value| {
        let holds = |name| {
            entry
                .member(name)
                .is_some_and(|it| it.truth() == Some(true))
        };
        let is_offered = holds("enabled") && holds("authenticatable") && !holds("not_selectable");
        let text = |name| entry.member(name).and_then(|it| it.text());
        is_offered.then_some(Provider {
            strategy: text("strategy")?,
            name: text("name")?,
            logo_url: text("logo_url").unwrap_or_default(),
        })
    };
    entries(site).iter().filter_map(offered).collect()
}

/// Whether the settings have any.
pub fn is_used(site: Site) -> bool {
    !entries(site).is_empty()
}

fn entries(site: Site) -> Vec<Value> {
    let json = site.desk().environment_json();
    let social = json
        .and_then(|settings| settings.member("user_settings"))
        .and_then(|settings| settings.member("social"));
    social.as_ref().map(members).unwrap_or_default()
}

/// A button for each provider: two with their names, more with their marks in rows of about the same length.
///
/// `start` runs with the strategy; `last` is the strategy that somebody used here before.
pub fn buttons(
    form: Form,
    providers: Vec<Provider>,
    last: Option<&str>,
    start: impl Fn(&str) + Clone + 'static,
) -> Option<El> {
    if providers.is_empty() {
        return None;
    }
    let is_brief = providers.len() >= MANY;
    let columns = if is_brief {
        let rows = providers.len().div_ceil(WIDEST);
        providers.len().div_ceil(rows)
    } else {
        1
    };
    let mut social = part("social")
        .attr("role", "group")
        .attr("data-columns", columns.to_string())
        .attr_words("aria-label", Text::social_group);
    if is_brief {
        social = social.attr("data-brief", "");
    }
    for provider in providers {
        let button = button(form, &provider, last, start.clone());
        let name = provider.name;
        social = social.child(if is_brief {
            // For those who do not know the mark.
            button.attr("title", name)
        } else {
            button
        });
    }
    Some(social)
}

fn button(
    form: Form,
    provider: &Provider,
    last: Option<&str>,
    start: impl Fn(&str) + 'static,
) -> El {
    let name = provider.name.clone();
    let label = move |text: &Text| text.social_continue(&name);
    let strategy = provider.strategy.clone();
    let is_last = last == Some(&strategy);
    let data = strategy.clone();
    let button = form
        .button("button", label, move || start(&strategy))
        .attr("data-strategy", data)
        .child(mark(&provider.logo_url, &provider.name));
    button.maybe(is_last.then(badge))
}

/// The mark of a provider, or the initials of its name.
pub fn mark(logo_url: &str, name: &str) -> El {
    avatar(logo_url, name).attr("data-mark", "")
}

/// Says that this is what somebody used here before.
pub fn badge() -> El {
    el("span").part("badge").say(Text::sign_in_last_used)
}
