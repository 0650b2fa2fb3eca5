//! What an app adds to our components: pages, links and items of a menu, drawn by its own functions, and what
//! providers are asked for.

use std::rc::Rc;

use frontdesk_client::Value;
use frontdesk_components::{
    AdditionalOAuthScopes, MenuItem, MenuItems, ProfilePage, ProfilePages, drawn_by,
};
use frontdesk_protocol::json::Source as _;
use js_sys::{Function, Reflect};
use leptos::prelude::{AnyView, IntoAny as _};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::options::member;
use crate::page::Page;

/// The option `customPages`: `{ label, url, mount, unmount, mountIcon, unmountIcon }`, a link without `mount`; where
/// the label is `account` or `security`, our own page comes at that place.
pub(crate) fn profile_pages(page: &Page) -> ProfilePages {
    let entries = page.list("customPages");
    ProfilePages::from(move || entries().iter().filter_map(profile_page).collect())
}

fn profile_page(entry: &Value) -> Option<ProfilePage> {
    let label = member(entry, "label")?;
    let url = member(entry, "url");
    let mount = function(entry, "mount");
    let unmount = function(entry, "unmount");
    let page = match (label.as_str(), url, mount) {
        ("account", None, _) => return Some(ProfilePage::ACCOUNT),
        ("security", None, _) => return Some(ProfilePage::SECURITY),
        (_, Some(url), Some(mount)) => {
            ProfilePage::page(label, url, move || own(mount.clone(), unmount.clone()))
        }
        (_, Some(url), None) => ProfilePage::link(label, url),
        (_, None, _) => return None,
    };
    Some(match icon(entry) {
        Some(draw) => page.icon(move || draw()),
        None => page,
    })
}

/// The option `customMenuItems`: `{ label, href, onClick, mountIcon, unmountIcon }`; where the label is
/// `manageAccount` or `signOut`, our own item comes at that place.
pub(crate) fn menu_items(page: &Page) -> MenuItems {
    let entries = page.list("customMenuItems");
    MenuItems::from(move || entries().iter().filter_map(menu_item).collect())
}

fn menu_item(entry: &Value) -> Option<MenuItem> {
    let label = member(entry, "label")?;
    let item = match (
        label.as_str(),
        member(entry, "href"),
        function(entry, "onClick"),
    ) {
        ("manageAccount", None, None) => return Some(MenuItem::MANAGE),
        ("signOut", None, None) => return Some(MenuItem::SIGN_OUT),
        (_, Some(url), _) => MenuItem::link(label, url),
        (_, None, Some(run)) => MenuItem::action(label, move || {
            drop(run.call0(&JsValue::UNDEFINED));
        }),
        (_, None, None) => return None,
    };
    Some(match icon(entry) {
        Some(draw) => item.icon(move || draw()),
        None => item,
    })
}

/// The option `additionalOAuthScopes`: for the names of providers, lists of scopes.
pub(crate) fn additional_oauth_scopes(page: &Page) -> AdditionalOAuthScopes {
    let option = page.option("additionalOAuthScopes");
    AdditionalOAuthScopes::from(move |provider: &str| {
        let scopes = option().and_then(|it| it.member(provider)?.items());
        let scopes: Vec<String> = scopes
            .into_iter()
            .flatten()
            .filter_map(|it| it.text())
            .collect();
        scopes.join(" ")
    })
}

fn icon(entry: &Value) -> Option<Rc<dyn Fn() -> AnyView>> {
    let mount = function(entry, "mountIcon")?;
    let unmount = function(entry, "unmountIcon");
    Some(Rc::new(move || own(mount.clone(), unmount.clone())))
}

/// An element that the app's `mount` fills, until its `unmount` empties it.
fn own(mount: Function, unmount: Option<Function>) -> AnyView {
    let call = |run: &Function, element: &JsValue| drop(run.call1(&JsValue::UNDEFINED, element));
    drawn_by(
        move |element| call(&mount, element.as_ref()),
        move |element| {
            if let Some(unmount) = &unmount {
                call(unmount, element.as_ref());
            }
        },
    )
    .into_any()
}

fn function(entry: &Value, name: &str) -> Option<Function> {
    entry.member(name)?;
    let entry = JsValue::from(entry.clone());
    Reflect::get(&entry, &JsValue::from_str(name))
        .ok()?
        .dyn_into()
        .ok()
}
