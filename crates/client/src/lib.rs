//! The browser's side: one method per route, the session and its token, listeners.
//!
//! What the server answers is the only source of the state kept here: a fault of the network or of
//! the server never signs anybody out. Everything runs on one thread. Outside the browser the same
//! code runs over whatever [`Transport`] it is given.

mod call;
mod failure;
mod flight;
mod form;
mod frontdesk;
mod jwt;
mod listener;
mod me;
mod me_factors;
mod me_organizations;
mod me_phones;
mod me_sessions;
mod news;
mod organization;
mod organization_domains;
mod password;
mod patience;
mod session;
mod sign_in;
mod sign_up;
mod state;
mod step_up;
mod token;
mod transport;
mod waitlist;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod tabs;
#[cfg(target_arch = "wasm32")]
mod value;

#[cfg(test)]
mod tests;

pub use failure::Failure;
pub use frontdesk::Frontdesk;
pub use listener::Listener;
pub use news::News;
pub use organization::Asked;
pub use step_up::StepUp;
pub use transport::{Answer, Method, Offline, Request, Task, Transport, Value};
