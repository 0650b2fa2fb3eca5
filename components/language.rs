//! Another language than English, for apps that are made with Leptos.

use frontdesk_locale::Text;

use crate::kit::State;

/// Makes `text` the language nearest to `locale`, which a browser gets from the server at `api`.
///
/// Until it is there, and where it cannot be had, `text` stays as it is.
#[cfg(target_arch = "wasm32")]
pub fn speak(text: State<Text>, api: String, locale: &str) {
    let locale = locale.to_owned();
    let mut folder = api;
    folder.truncate(folder.trim_end_matches('/').len());
    folder.push_str("/elements/locales/");
    leptos::task::spawn_local(async move {
        let mut tag = locale.as_str();
        loop {
            if let Some(catalogue) = fetch(&[&folder, tag, ".txt"].concat()).await {
                text.set(Text::from_catalogue(tag, &catalogue));
                return;
            }
            // `fr-CA` finds `fr`.
            let Some((wider, _)) = tag.rsplit_once('-') else {
                return;
            };
            tag = wider;
        }
    });
}

/// Makes `text` the language nearest to `locale`.
#[cfg(not(target_arch = "wasm32"))]
pub fn speak(text: State<Text>, api: String, locale: &str) {
    drop(api);
    text.set(Text::of(locale));
}

#[cfg(target_arch = "wasm32")]
async fn fetch(url: &str) -> Option<String> {
    use leptos::prelude::window;
    use leptos::web_sys::wasm_bindgen::JsCast as _;
    use wasm_bindgen_futures::JsFuture;

    let answer = JsFuture::from(window().fetch_with_str(url)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}
