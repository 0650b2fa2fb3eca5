//! Between HTTP and the routes: who calls, from where, with what.

mod address;
mod body;
mod caller;
mod cookie;
mod origin;
mod throttle;

pub use body::Body;
pub use caller::{Caller, SignedIn};
pub use origin::{guard, read_method};
pub use throttle::Throttle;
