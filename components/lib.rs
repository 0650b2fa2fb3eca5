//! Everything that draws: the components of Frontdesk, for Leptos and for the elements that are made of them.
//!
//! A component draws what the client last told of its server and keeps nothing of it: which card is
//! shown follows from the sign-in or sign-up under way. Its own are what was typed, focus and waiting.

mod captcha;
mod control;
mod create_organization;
mod credential;
mod fetched;
mod js;
mod json;
mod kit;
mod language;
mod leaving;
mod link;
mod organization;
mod organization_list;
mod organization_profile;
mod organization_switcher;
mod own;
mod page;
mod pending;
mod phone;
mod picture;
mod provider;
mod qr;
mod routing;
#[cfg(test)]
mod scene;
mod sign_in;
mod sign_up;
mod social;
mod standing;
mod strength;
#[cfg(test)]
mod tests;
mod user_button;
mod user_profile;
mod user_verification;
mod waitlist;

pub use control::{Protect, SignedIn, SignedOut};
pub use create_organization::CreateOrganization;
pub use fetched::Part;
pub use kit::{Finish, Prop, State};
pub use organization_list::OrganizationList;
pub use organization_profile::{
    OrganizationCard, OrganizationCards, OrganizationDomains, OrganizationProfile,
};
pub use organization_switcher::OrganizationSwitcher;
pub use own::drawn_by;
pub use provider::{
    Appearance, Frontdesk, Site, provide, use_frontdesk, use_organization, use_session, use_site,
    use_text, use_user,
};
pub use sign_in::{SignIn, SignInCards, SignInRest, SignInSteps};
pub use sign_up::SignUp;
pub use user_button::{MenuItem, MenuItems, UserButton};
pub use user_profile::{
    AdditionalOAuthScopes, ProfileMore, ProfileOthers, ProfilePage, ProfilePages, ProfileSections,
    UserProfile,
};
pub use user_verification::{StepUp, StepUpCards, UserVerification};
pub use waitlist::Waitlist;
