//! Buttons for the providers that people have accounts with.

use frontdesk_client::Value;
use frontdesk_locale::Text;
use frontdesk_protocol::SocialProvider;
use frontdesk_protocol::json::{Read as _, Source as _};

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

/// The providers that the settings offer on screens.
pub fn offered(site: Site) -> Vec<Provider> {
    let json = site.desk().environment_json();
    let social = json
        .and_then(|settings| settings.member("user_settings"))
        .and_then(|settings| settings.member("social"));
    let all = social.as_ref().map(members).unwrap_or_default();
    all.iter()
        .filter_map(SocialProvider::read)
        .filter(|it| it.enabled && it.authenticatable && !it.not_selectable)
        .map(|it| Provider {
            strategy: it.strategy,
            name: it.name,
            logo_url: it.logo_url.unwrap_or_default(),
        })
        .collect()
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
    let mut social = part("social").attr("data-columns", columns.to_string());
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
    let label = move |text: &Text| text.sign_in_with(&name);
    let strategy = provider.strategy.clone();
    let is_last = last == Some(&strategy);
    let data = strategy.clone();
    let button = form
        .button("button", label, move || start(&strategy))
        .attr("data-strategy", data)
        .child(avatar(&provider.logo_url, &provider.name));
    button.maybe(is_last.then(badge))
}

/// Says that this is what somebody used here before.
pub fn badge() -> El {
    el("span").part("badge").say(Text::sign_in_last_used)
}

#[cfg(target_arch = "wasm32")]
fn members(object: &Value) -> Vec<Value> {
    use web_sys::js_sys::Object;
    use web_sys::wasm_bindgen::{JsCast as _, JsValue};

    let object: Object = JsValue::from(object.clone()).unchecked_into();
    Object::values(&object).iter().map(Value::from).collect()
}

#[cfg(not(target_arch = "wasm32"))]
fn members(object: &Value) -> Vec<Value> {
    let members = object.as_object();
    members
        .map(|members| members.values().cloned().collect())
        .unwrap_or_default()
}
