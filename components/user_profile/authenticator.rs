//! What the browser does to make a passkey (WebAuthn §5.1).

#[cfg(target_arch = "wasm32")]
mod browser {
    use js_sys::{Function, JSON, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast as _, JsValue};
    use wasm_bindgen_futures::JsFuture;

    const READ: &str = "parseCreationOptionsFromJSON";

    fn member(object: &JsValue, name: &str) -> Option<JsValue> {
        let found = Reflect::get(object, &name.into()).ok()?;
        (!found.is_undefined() && !found.is_null()).then_some(found)
    }

    fn method(object: &JsValue, name: &str) -> Option<Function> {
        member(object, name)?.dyn_into().ok()
    }

    fn kind() -> Option<JsValue> {
        member(&js_sys::global(), "PublicKeyCredential")
    }

    pub fn can_make() -> bool {
        kind().is_some_and(|kind| method(&kind, READ).is_some())
    }

    pub async fn make(nonce: &str) -> Option<String> {
        let kind = kind()?;
        let asked = JSON::parse(nonce).ok()?;
        let options = method(&kind, READ)?.call1(&kind, &asked).ok()?;
        let request = Object::new();
        Reflect::set(&request, &"publicKey".into(), &options).ok()?;
        let navigator = member(&js_sys::global(), "navigator")?;
        let credentials = member(&navigator, "credentials")?;
        let making: Promise = method(&credentials, "create")?
            .call1(&credentials, &request)
            .ok()?
            .dyn_into()
            .ok()?;
        let made = JsFuture::from(making).await.ok()?;
        let json = method(&made, "toJSON")?.call0(&made).ok()?;
        JSON::stringify(&json).ok()?.as_string()
    }
}

/// Whether the browser can.
#[cfg(target_arch = "wasm32")]
pub(super) fn can_make() -> bool {
    browser::can_make()
}

/// What the browser makes of the options in `nonce`, as JSON; nothing if the person does not want it.
#[cfg(target_arch = "wasm32")]
pub(super) async fn make(nonce: &str) -> Option<String> {
    browser::make(nonce).await
}

/// A page that is drawn outside of a browser leaves that to the browser.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn can_make() -> bool {
    true
}

/// There is nothing to make one with.
#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn make(_nonce: &str) -> Option<String> {
    std::future::ready(None).await
}
