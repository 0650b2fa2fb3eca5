//! The one thing a page holds: what the server said last, and the way to ask it for more.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;

use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{Client, Environment, Timestamp};

use crate::call::{Carries, Verb, request};
use crate::flight::{Flight, both};
use crate::listener::Listeners;
use crate::state::State;
use crate::step_up::Question;
use crate::token::Tokens;
use crate::{Failure, Task, Transport, Value};

/// The browser's side of one server; clones are the same thing.
#[derive(Clone)]
pub struct Frontdesk(pub(crate) Rc<Inner>);

pub(crate) struct Inner {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) state: RefCell<State>,
    pub(crate) tokens: Tokens,
    pub(crate) listeners: Listeners,
    environment_flight: Rc<Flight>,
    client_flight: Rc<Flight>,
    pub(crate) sign_in_flight: Flight,
    /// The proof that somebody is asked for.
    pub(crate) asked: RefCell<Option<Rc<Question>>>,
}

impl Inner {
    pub(crate) fn new(transport: Box<dyn Transport>) -> Self {
        Self {
            transport,
            state: RefCell::default(),
            tokens: Tokens::default(),
            listeners: Listeners::default(),
            environment_flight: Rc::default(),
            client_flight: Rc::default(),
            sign_in_flight: Flight::default(),
            asked: RefCell::default(),
        }
    }
}

impl PartialEq for Frontdesk {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Frontdesk {
    /// A client that knows nothing yet and asks through `transport`.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self(Rc::new(Inner::new(Box::new(transport))))
    }

    /// The instance's settings, once they are loaded.
    pub fn environment(&self) -> Option<Rc<Environment>> {
        self.0.state.borrow().environment.clone()
    }

    /// The browser's state as the server last gave it; absent before it is loaded, and where the
    /// server knows nothing of this browser.
    pub fn client(&self) -> Option<Rc<Client>> {
        self.0.state.borrow().client.clone()
    }

    /// Whether the user has this role and this permission in the organization the session is in; where nothing is
    /// asked, whether somebody is signed in. What the server gives to nobody else, it asks of itself.
    pub fn has(&self, role: Option<&str>, permission: Option<&str>) -> bool {
        self.client()
            .is_some_and(|client| client.has(role, permission))
    }

    /// The same settings as the JSON that the server sent.
    pub fn environment_json(&self) -> Option<Value> {
        self.0.state.borrow().environment_json.clone()
    }

    /// The same state as the JSON that the server sent.
    pub fn client_json(&self) -> Option<Value> {
        self.0.state.borrow().client_json.clone()
    }

    /// Whether both the environment and the client, or its absence, are known.
    pub fn is_loaded(&self) -> bool {
        let state = self.0.state.borrow();
        state.environment.is_some() && state.is_client_known
    }

    /// Loads the environment and the client side by side; what is loaded is not loaded again.
    ///
    /// # Errors
    /// `Unavailable` or `Offline` after three tries.
    pub async fn load(&self) -> Result<(), Failure> {
        if self.is_loaded() {
            return Ok(());
        }
        both(self.load_environment(), self.load_client()).await
    }

    /// Loads the client again; what is known stays known where that fails.
    ///
    /// # Errors
    /// `Unavailable` or `Offline` after three tries.
    pub async fn reload(&self) -> Result<(), Failure> {
        // A request under way may have been answered before whatever is the reason for this call.
        self.0.client_flight.ended().await;
        self.0.client_flight.join(self.fetch_client()).await
    }

    /// The server's clock, as far as an answer has told it.
    pub fn server_now(&self) -> Timestamp {
        let ahead_ms = self.0.state.borrow().server_ahead_ms;
        Timestamp(self.0.transport.now().0 + ahead_ms)
    }

    pub(crate) fn load_client(&self) -> Task<Result<(), Failure>> {
        if self.0.state.borrow().is_client_known {
            return Box::pin(ready(Ok(())));
        }
        self.0.client_flight.join(self.fetch_client())
    }

    fn load_environment(&self) -> Task<Result<(), Failure>> {
        if self.0.state.borrow().environment.is_some() {
            return Box::pin(ready(Ok(())));
        }
        self.0.environment_flight.join(self.fetch_environment())
    }

    fn fetch_client(&self) -> Task<Result<(), Failure>> {
        let answer = self.call(request(Verb::Get, &["client"], &[]), Carries::Client);
        Box::pin(async move { answer.await.map(drop) })
    }

    fn fetch_environment(&self) -> Task<Result<(), Failure>> {
        let desk = self.clone();
        Box::pin(async move {
            let json = desk.resource(Verb::Get, &["environment"], &[]).await?;
            let environment = Environment::read(&json).ok_or(Failure::UNREADABLE)?;
            {
                let mut state = desk.0.state.borrow_mut();
                state.environment = Some(Rc::new(environment));
                state.environment_json = Some(json);
            }
            desk.0.listeners.tell();
            Ok(())
        })
    }
}
