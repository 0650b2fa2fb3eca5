//! What a page gives a component, as `flat` in `js/mount.js` lays it out.

use frontdesk_client::Value;
use frontdesk_components::Appearance;
use frontdesk_locale::Text;
use frontdesk_protocol::json::Source as _;

/// The words of a component; English where there is no `text`.
pub(crate) fn text(given: &Value) -> Text {
    let text = match (member(given, "locale"), member(given, "text")) {
        (Some(locale), Some(text)) => Text::from_catalogue(&locale, &text),
        (Some(_) | None, _) => Text::english(),
    };
    text.with_messages(pairs(given, "messages", message))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place comes from a table of ours"
)]
fn message(place: &Value, sentence: &Value) -> Option<(u16, String)> {
    Some((place.number()? as u16, sentence.text()?))
}

/// How a component looks.
pub(crate) fn appearance(given: &Value) -> Appearance {
    Appearance {
        theme: member(given, "theme"),
        color_scheme: member(given, "colorScheme"),
        elements: pairs(given, "elements", |part, classes| {
            Some((part.text()?, classes.text()?))
        }),
    }
}

/// The member `key` as text.
pub(crate) fn member(given: &Value, key: &str) -> Option<String> {
    given.member(key)?.text()
}

/// The member `key`, in which every two items belong together.
fn pairs<T>(given: &Value, key: &str, read: fn(&Value, &Value) -> Option<T>) -> Vec<T> {
    let items = given.member(key).and_then(|list| list.items());
    let items = items.unwrap_or_default();
    let pair = |pair: &[Value]| match pair {
        [one, other] => read(one, other),
        _ => None,
    };
    items.chunks(2).filter_map(pair).collect()
}
