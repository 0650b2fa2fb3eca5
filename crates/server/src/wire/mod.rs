//! Between HTTP and the routes: who calls, from where, with what.

mod address;
mod body;
mod caller;
mod cookie;
mod origin;
mod throttle;

pub use body::Body;
pub use caller::{Caller, Device, SignedIn};
pub use origin::{guard, is_allowed, read_method};
pub use throttle::Throttle;
