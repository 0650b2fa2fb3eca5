//! Buttons for the accounts that people have elsewhere.

use frontdesk_locale::Text;
use frontdesk_protocol::SocialProvider;
use frontdesk_protocol::json::{Read as _, Source as _};
use leptos::prelude::*;

use crate::json::members;
use crate::kit::{El, Form, el, part, words};
use crate::provider::Site;

/// Up to so many have their whole sentence; more are shown by their marks.
const MOST_WITH_TEXT: usize = 2;
/// The most in a row.
const MOST_IN_A_ROW: usize = 5;

/// The providers that sign people in, as the settings list them.
pub fn providers(site: Site) -> Vec<SocialProvider> {
    let has_social = site.of_environment(|it| it.user_settings.has_social);
    if has_social != Some(true) {
        return Vec::new();
    }
    let listed = all(site).unwrap_or_default();
    listed
        .into_iter()
        .filter(|it| it.enabled && it.authenticatable && !it.not_selectable)
        .collect()
}

/// Every provider of the settings, also those that accounts are only connected with.
pub fn all(site: Site) -> Option<Vec<SocialProvider>> {
    let social = site
        .desk()
        .environment_json()?
        .member("user_settings")?
        .member("social")?;
    let found = members(&social)
        .iter()
        .filter_map(SocialProvider::read)
        .collect();
    Some(found)
}

/// A button for each provider; nothing where there is none. `choose` runs with the strategy of the one pressed.
pub fn buttons(site: Site, form: Form, choose: impl Fn(String) + Copy + 'static) -> Option<El> {
    let providers = untrack(|| providers(site));
    if providers.is_empty() {
        return None;
    }
    let count = providers.len();
    let has_text = count <= MOST_WITH_TEXT;
    // Rows as even as they can be: six are three and three.
    let rows = count.div_ceil(MOST_IN_A_ROW);
    let columns = count.div_ceil(rows);
    let mut row = part("social-buttons")
        .attr("role", "group")
        .attr("data-columns", columns.to_string())
        .attr_words("aria-label", Text::social_group);
    if !has_text {
        row = row.attr("data-icons", "");
    }
    for provider in providers {
        row = row.child(button(form, &provider, has_text, choose));
    }
    Some(row)
}

fn button(
    form: Form,
    provider: &SocialProvider,
    has_text: bool,
    choose: impl Fn(String) + Copy + 'static,
) -> El {
    let strategy = provider.strategy.clone();
    let name = provider.name.clone();
    let label = words(move |text| text.social_continue(&name));
    let shown = if has_text {
        label.clone()
    } else {
        words(|_| String::new())
    };
    form.button("social-button", shown, move || choose(strategy.clone()))
        .attr("data-provider", provider.strategy.clone())
        .attr_words("aria-label", label)
        .child(mark(provider))
}

/// The provider's mark, or its first letter.
pub fn mark(provider: &SocialProvider) -> El {
    let mark = el("span").part("social-mark").attr("aria-hidden", "true");
    if let Some(url) = &provider.logo_url {
        mark.child(el("img").attr("src", url.clone()).attr("alt", ""))
    } else {
        let first: String = provider.name.chars().take(1).collect();
        mark.attr("data-initials", first)
    }
}
