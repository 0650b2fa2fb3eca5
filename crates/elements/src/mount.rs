//! Mounting a component, giving it other options, and taking it off the page.

use frontdesk_client::{Frontdesk, Value};
use frontdesk_components::provide;
use js_sys::{Error, Function};
use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::Owner;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::page::Page;
use crate::{missing, options, widgets};

/// A component on the page.
#[wasm_bindgen]
pub struct Handle {
    view: Option<UnmountHandle<AnyViewState>>,
    owner: Owner,
    page: Page,
}

/// Draws the component `kind` into `place`, behind what is there.
///
/// `tell` is called with the name of an event, and answers whether the page goes on by itself.
///
/// # Errors
/// If there is no such component, or its module cannot be loaded.
#[wasm_bindgen]
pub async fn mount(
    kind: String,
    place: Element,
    tell: Function,
    given: JsValue,
) -> Result<Handle, Error> {
    let draw = widgets::find(&kind).await.ok_or_else(missing)?;
    let given = Value::from(given);
    let desk = Frontdesk::at(&options::member(&given, "api").unwrap_or_default());
    let owner = Owner::new();
    let page = owner.with(|| Page::new(tell, &given));
    let drawn = page.clone();
    let view = owner.with(|| {
        // Leptos is not ready for effects before it mounts.
        mount_to_renderer(&place, move || {
            provide(&desk, drawn.appearance, drawn.text);
            draw(&drawn)
        })
    });
    Ok(Handle {
        view: Some(view),
        owner,
        page,
    })
}

#[wasm_bindgen]
impl Handle {
    /// Replaces all options; nothing is mounted anew.
    pub fn update(&self, given: JsValue) {
        self.page.update(&given.into());
    }

    /// Takes the component off the page.
    pub fn unmount(self) {
        // The component itself may be what has led here, and must live to its return.
        spawn_local(async move { drop(self) });
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        // What is drawn goes before what it was drawn from.
        drop(self.view.take());
        self.owner.cleanup();
    }
}
