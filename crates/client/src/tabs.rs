//! The other tabs of the same browser.
//!
//! Messages: `{kind: "client"}` and `{kind: "token", key, jwt}` on the channel `frontdesk:<api>`.

use std::rc::Weak;

use frontdesk_protocol::json::Source as _;
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, Document, MessageEvent};

use crate::frontdesk::Inner;
use crate::{Frontdesk, News, Value};

const SHOWN: &str = "visibilitychange";

/// The channel to the other tabs and the ear for this one coming to the front; both end when it is dropped.
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
    document: Option<Document>,
    heard: Closure<dyn Fn(MessageEvent)>,
    shown: Closure<dyn Fn()>,
}

impl Tabs {
    /// Opens the channel of the server at `api`; what comes in goes to `desk`.
    pub(crate) fn open(api: &str, desk: &Weak<Inner>) -> Self {
        let heard = Closure::new({
            let desk = Weak::clone(desk);
            move |event: MessageEvent| {
                if let (Some(desk), Some(news)) = (desk.upgrade(), read(event.data())) {
                    Frontdesk(desk).hear(news);
                }
            }
        });
        let document = web_sys::window().and_then(|window| window.document());
        let shown = Closure::new({
            let desk = Weak::clone(desk);
            let document = document.clone();
            move || {
                let is_hidden = document.as_ref().is_none_or(Document::hidden);
                if let (false, Some(desk)) = (is_hidden, desk.upgrade()) {
                    Frontdesk(desk).resume();
                }
            }
        });
        let tabs = Self {
            // A browser may deny the channel, e.g. to a page without an origin; such a page is on its own.
            channel: BroadcastChannel::new(&["frontdesk:", api].concat()).ok(),
            document,
            heard,
            shown,
        };
        if let Some(channel) = &tabs.channel {
            channel.set_onmessage(Some(tabs.heard.as_ref().unchecked_ref()));
        }
        if let Some(document) = &tabs.document {
            drop(
                document
                    .add_event_listener_with_callback(SHOWN, tabs.shown.as_ref().unchecked_ref()),
            );
        }
        tabs
    }

    /// Tells the other tabs.
    pub(crate) fn tell(&self, news: &News) {
        let Some(channel) = &self.channel else {
            return;
        };
        let message = Object::new();
        match news {
            News::Client => set(&message, "kind", "client"),
            News::Token { key, jwt } => {
                set(&message, "kind", "token");
                set(&message, "key", key);
                set(&message, "jwt", jwt);
            }
        }
        drop(channel.post_message(&message));
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.set_onmessage(None);
            channel.close();
        }
        if let Some(document) = &self.document {
            drop(
                document.remove_event_listener_with_callback(
                    SHOWN,
                    self.shown.as_ref().unchecked_ref(),
                ),
            );
        }
    }
}

fn set(message: &Object, key: &str, value: &str) {
    drop(Reflect::set(
        message,
        &JsValue::from_str(key),
        &JsValue::from_str(value),
    ));
}

fn read(message: JsValue) -> Option<News> {
    let message = Value::from(message);
    let text = |key: &str| message.member(key)?.text();
    match text("kind")?.as_str() {
        "client" => Some(News::Client),
        "token" => Some(News::Token {
            key: text("key")?,
            jwt: text("jwt")?,
        }),
        _ => None,
    }
}
