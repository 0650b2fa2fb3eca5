//! The client of a server for pages that draw their own; see `Frontdesk` in `js/index.d.ts`.
//!
//! What only such pages need is in a module of its own, loaded when they first ask for something.

#![expect(
    clippy::unnecessary_wraps,
    reason = "what may fail is the loading, which the macro adds"
)]

use frontdesk_client::{Failure, Frontdesk, Task, Value};
use frontdesk_protocol::VerificationLevel;
use js_sys::{Error, Function, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen_futures::future_to_promise;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::missing;

/// The signed-in user of one server, shared with the components of that server.
#[wasm_bindgen]
pub struct Client(Frontdesk);

#[wasm_bindgen]
impl Client {
    /// The client of the server at `api`.
    #[wasm_bindgen(constructor)]
    pub fn new(api: &str) -> Self {
        Self(Frontdesk::at(api))
    }

    /// Asks `question` of the server; rejects if it cannot be reached or understood, or refuses.
    ///
    /// - `load` loads what is not loaded yet.
    /// - `token` is a session token, or a new one of the template that is `given`; null if nobody is signed in.
    /// - `signOut` signs everybody in this browser out.
    /// - `reverify` asks somebody to prove who they are: true once they have, false where no component is there that
    ///   could ask; rejects with `reverification_cancelled` if they do not want to. The level is `given`, or else the
    ///   settings' own.
    pub fn ask(&self, question: JsValue, given: JsValue) -> Promise {
        let desk = self.0.clone();
        future_to_promise(async move {
            match answer(desk, question, given).await {
                Ok(task) => task.await,
                Err(_) => Err(missing().into()),
            }
        })
    }

    /// Calls `listener` after every change; what it returns stops that.
    pub fn listen(&self, listener: Function) -> JsValue {
        let listener = self.0.listen(move || drop(listener.call0(&JsValue::NULL)));
        Closure::once_into_js(move || drop(listener))
    }

    /// The client, as the server sent it.
    #[wasm_bindgen(getter)]
    pub fn client(&self) -> JsValue {
        json(self.0.client_json())
    }

    /// The settings of the server, as it sent them.
    #[wasm_bindgen(getter)]
    pub fn environment(&self) -> JsValue {
        json(self.0.environment_json())
    }
}

fn json(value: Option<Value>) -> JsValue {
    value.map_or(JsValue::NULL, JsValue::from)
}

type Answer = Task<Result<JsValue, JsValue>>;

#[wasm_split(client, fallible)]
fn answer(desk: Frontdesk, question: JsValue, given: JsValue) -> Result<Answer, SplitLoaderError> {
    Ok(Box::pin(async move {
        let question = question.as_string().unwrap_or_default();
        let given = given.as_string();
        let answer = match question.as_str() {
            "token" => {
                let token = match given {
                    Some(template) => desk.template_token(&template).await,
                    None => desk.token().await,
                };
                token.map(|token| token.map_or(JsValue::NULL, JsValue::from))
            }
            "signOut" => desk.sign_out().await.map(|()| JsValue::NULL),
            "reverify" => {
                let level = given.and_then(|level| VerificationLevel::parse(&level));
                let outcome = desk.reverify(level).await;
                let is_asked = JsValue::from_bool(outcome.is_some());
                outcome.unwrap_or(Ok(())).map(|()| is_asked)
            }
            _ => desk.load().await.map(|()| JsValue::NULL),
        };
        answer.map_err(|failure| error(&failure))
    }))
}

/// An error with a `code`: the one that the server gave, or what is wrong with the server.
fn error(failure: &Failure) -> JsValue {
    let code = match failure {
        Failure::Refused(errors) => Some(
            errors
                .first()
                .map_or("reverification_cancelled", |error| error.code.as_str()),
        ),
        Failure::Unavailable { .. } => Some("unavailable"),
        Failure::Offline => Some("offline"),
    };
    let code = code.unwrap_or_default();
    let error = Error::new(code).into();
    let (name, code) = (JsValue::from_str("code"), JsValue::from_str(code));
    drop(Reflect::set(&error, &name, &code));
    error
}
