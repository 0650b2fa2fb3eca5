//! Everything that draws: the components of Frontdesk, for Leptos and for the elements that are made of them.
//!
//! A component draws what the client last told of its server and keeps nothing of it: which card is
//! shown follows from the sign-in or sign-up under way. Its own are what was typed, focus and waiting.

mod control;
mod kit;
mod language;
mod provider;
mod sign_in;
mod sign_up;
#[cfg(test)]
mod tests;

pub use control::{SignedIn, SignedOut};
pub use kit::Finish;
pub use provider::{
    Appearance, Frontdesk, Site, provide, use_frontdesk, use_organization, use_session, use_site,
    use_text, use_user,
};
pub use sign_in::SignIn;
pub use sign_up::SignUp;
