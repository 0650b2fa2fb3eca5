//! The browser as the world around the client.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use frontdesk_protocol::Timestamp;
use gloo_net::http;
use js_sys::{Date, Function, Math, Promise, SyntaxError};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, RequestCredentials, RequestInit, UrlSearchParams};

use crate::frontdesk::Inner;
use crate::tabs::Tabs;
use crate::{Answer, Frontdesk, Method, News, Offline, Request, Task, Transport};

/// A request without an answer counts as one that never came, so that nobody waits for ever.
const TIMEOUT_MS: u32 = 30_000;

thread_local! {
    static DESKS: RefCell<Vec<(String, Weak<Inner>)>> = const { RefCell::new(Vec::new()) };
}

impl Frontdesk {
    /// The client of the server at `api`, e.g. `https://id.example.com`; empty for the page's own.
    ///
    /// All who ask for the same server share one client, which ends with the last of them.
    pub fn at(api: &str) -> Self {
        let api = api.trim_end_matches('/');
        DESKS.with_borrow_mut(|desks| {
            desks.retain(|(_, desk)| desk.strong_count() > 0);
            let known = desks
                .iter()
                .find(|(other, _)| other == api)
                .and_then(|(_, desk)| desk.upgrade());
            let desk = known.unwrap_or_else(|| {
                let new = Rc::new_cyclic(|desk| {
                    Inner::new(Box::new(Browser {
                        api: api.to_owned(),
                        tabs: Tabs::open(api, desk),
                    }))
                });
                desks.push((api.to_owned(), Rc::downgrade(&new)));
                new
            });
            Self(desk)
        })
    }
}

struct Browser {
    api: String,
    tabs: Tabs,
}

impl Transport for Browser {
    fn send(&self, request: Request) -> Task<Result<Answer, Offline>> {
        let url = [self.api.as_str(), &request.path].concat();
        Box::pin(fetch(request.method, url, request.form))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the clock counts whole milliseconds"
    )]
    fn now(&self) -> Timestamp {
        Timestamp(Date::now() as i64)
    }

    fn sleep(&self, ms: u32) -> Task<()> {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        let promise = Promise::new(&mut |resolve: Function, _| wake_after(&resolve, ms));
        Box::pin(async move { drop(JsFuture::from(promise).await) })
    }

    fn random(&self) -> f64 {
        Math::random()
    }

    fn spawn(&self, task: Task<()>) {
        spawn_local(task);
    }

    fn tell(&self, news: News) {
        self.tabs.tell(&news);
    }
}

fn wake_after(resolve: &Function, ms: i32) {
    let timer = web_sys::window().and_then(|window| {
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(resolve, ms)
            .ok()
    });
    // Where there is no window there is no timer: better no wait than one without end.
    if timer.is_none() {
        drop(resolve.call0(&JsValue::NULL));
    }
}

#[wasm_bindgen]
extern "C" {
    /// The answer to a page that asked for `url` before this module was there; nothing elsewhere.
    #[wasm_bindgen(js_name = takeAsked, catch)]
    fn take_asked(url: &str) -> Result<Option<Promise>, JsValue>;
}

/// What the page was answered, if it asked before and there was an answer.
async fn asked(url: &str) -> Option<web_sys::Response> {
    let answer = JsFuture::from(take_asked(url).ok()??).await;
    answer.ok().map(JsCast::unchecked_into)
}

async fn fetch(method: Method, url: String, form: Option<String>) -> Result<Answer, Offline> {
    let known = if method == Method::Get {
        asked(&url).await
    } else {
        None
    };
    let response = if let Some(response) = known {
        response
    } else {
        let request = request(method, &url, form).map_err(|_| Offline)?;
        let response = http::Request::from(request).send().await;
        response.map_err(|_| Offline)?.into()
    };
    let status = response.status();
    let retry_after_s = response.headers().get("retry-after").ok().flatten();
    let retry_after_s = retry_after_s.and_then(|seconds| seconds.parse().ok());
    let body = match JsFuture::from(response.json().map_err(|_| Offline)?).await {
        Ok(body) => Some(body.into()),
        Err(error) if error.is_instance_of::<SyntaxError>() => None,
        Err(_) => return Err(Offline),
    };
    Ok(Answer {
        status,
        retry_after_s,
        body,
    })
}

fn request(method: Method, url: &str, form: Option<String>) -> Result<web_sys::Request, JsValue> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Include);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    if method == Method::Post {
        init.set_method("POST");
    }
    if let Some(form) = form {
        // By its type the browser knows which kind of body it is.
        let fields: JsValue = UrlSearchParams::new_with_str(&form)?.into();
        init.set_body(&fields);
    }
    web_sys::Request::new_with_str_and_init(url, &init)
}
