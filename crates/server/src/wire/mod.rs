//! Between HTTP and the routes: who calls, from where, with what.

mod address;
mod answer;
mod backend;
mod body;
mod caller;
mod cookie;
mod json;
mod listing;
mod origin;
mod throttle;
mod upload;

pub use answer::redirect;
pub use backend::{Backend, admit};
pub use body::{Body, Pairs};
pub use caller::{Caller, Device, Reader, SignedIn};
pub use json::{Asked, Document};
pub use listing::Listing;
pub use origin::{guard, is_allowed, origin_of, read_route, redirect_target};
pub use throttle::Throttle;
pub use upload::Upload;
