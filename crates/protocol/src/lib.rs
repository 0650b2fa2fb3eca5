//! What browser and server say to each other: resources, commands, errors, and the flows between them.
//!
//! Every type is written once and compiled for both targets: serde serves the native side,
//! [`json::Read`] the browser. Field names are those of the Frontend API. Nothing here does I/O.

#[macro_use]
mod macros;

mod client;
mod command;
mod email;
mod environment;
mod error;
mod factor;
mod id;
pub mod json;
mod organization;
mod password;
mod redirect;
mod secret;
mod sign_in;
mod sign_up;
mod slug;
#[cfg(test)]
mod tests;
mod time;
mod user;

pub use client::{Client, Session, SessionStatus, SessionToken};
pub use command::{
    AttemptFactor, AttemptVerification, ChangePassword, CreateEmailAddress, CreateOrganization,
    CreateSignIn, CreateSignUp, CreateToken, Form, PrepareFactor, PrepareVerification,
    TouchSession, UpdateOrganization, UpdateSignUp, UpdateUser,
};
pub use email::Email;
pub use environment::{
    Actions, AttackProtection, Attribute, AttributeSettings, AuthConfig, DisplayConfig,
    EnumerationProtection, Environment, OrganizationSettings, PasswordSettings, SignInSettings,
    SignUpMode, SignUpSettings, UserSettings,
};
pub use error::{ApiError, Envelope, ErrorCode, ErrorMeta, Errors};
pub use factor::{Factor, Proof, Strategy};
pub use id::{
    ClientId, EmailAddressId, MembershipId, OrganizationId, SessionId, SignInId, SignUpId, UserId,
};
pub use organization::{Organization, OrganizationMembership, Role};
pub use password::Password;
pub use redirect::SafeRedirect;
pub use secret::Secret;
pub use sign_in::{SignIn, SignInEvent, SignInStatus, UserData};
pub use sign_up::{
    Field, SignUp, SignUpEvent, SignUpStatus, SignUpVerification, SignUpVerifications,
};
pub use slug::Slug;
pub use time::Timestamp;
pub use user::{
    Deleted, EmailAddress, List, Metadata, PublicUserData, User, Verification, VerificationStatus,
};
