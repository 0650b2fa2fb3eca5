//! What browser and server say to each other: resources, commands, errors, and the flows between them.
//!
//! Every type is written once and compiled for both targets: serde serves the native side,
//! [`json::Read`] the browser. Field names are those of the Frontend API. Nothing here does I/O.

#[macro_use]
mod macros;

mod client;
mod command;
mod device;
mod domain;
mod email;
mod environment;
mod error;
mod factor;
mod id;
pub mod json;
mod metadata;
mod organization;
mod password;
mod phone;
mod redirect;
mod secret;
mod sign_in;
mod sign_up;
mod slug;
mod social;
mod step_up;
mod strength;
#[cfg(test)]
mod tests;
mod time;
mod user;
mod username;
mod waitlist;

pub use client::{Client, Session, SessionStatus, SessionTask, SessionToken, Task};
pub use command::{
    AttemptAffiliation, AttemptFactor, AttemptVerification, ChangePassword, ConnectExternalAccount,
    CreateEmailAddress, CreateOrganization, CreateOrganizationDomain, CreateOrganizationInvitation,
    CreatePhoneNumber, CreateSignIn, CreateSignUp, CreateToken, Form, JoinWaitlist, MergeMetadata,
    PrepareAffiliation, PrepareFactor, PrepareVerification, ResetPassword, StartVerification,
    TouchSession, UpdateEnrollmentMode, UpdateMembership, UpdateOrganization, UpdatePasskey,
    UpdatePhoneNumber, UpdateSignUp, UpdateUser, VerifyLink,
};
pub use device::{DeviceSession, SessionActivity};
pub use domain::{
    DomainStrategy, DomainVerification, EnrollmentMode, OrganizationDomain,
    OrganizationMembershipRequest, OrganizationSuggestion, OwnershipVerification, RequestStatus,
    SuggestionStatus,
};
pub use email::Email;
pub use environment::{
    Actions, AttackProtection, Attribute, AttributeSettings, AuthConfig, CustomField,
    DisplayConfig, EnumerationProtection, Environment, OrganizationDomainSettings,
    OrganizationSettings, PasskeySettings, PasswordSettings, SecondFactorSettings, SignInSettings,
    SignUpMode, SignUpSettings, SocialProvider, UserSettings, UsernameSettings,
};
pub use error::{ApiError, Envelope, ErrorCode, ErrorMeta, Errors};
pub use factor::{Factor, Proof, Provider, Strategy};
pub use id::{
    ClientId, EmailAddressId, EventId, ExternalAccountId, InvitationId, MembershipId,
    MembershipRequestId, OrganizationDomainId, OrganizationId, PasskeyId, PermissionId,
    PhoneNumberId, RestrictionId, RoleId, SecretKeyId, SessionId, SignInId, SignInTokenId,
    SignUpId, SuggestionId, UserId, WaitlistEntryId, WebhookId,
};
pub use metadata::Metadata;
pub use organization::{
    ADMIN, InvitationStatus, MEMBER, Member, Organization, OrganizationDetails,
    OrganizationInvitation, OrganizationMembership, Permission, PublicOrganizationData, Role,
    SystemPermission, UserOrganizationInvitation,
};
pub use password::Password;
pub use phone::Phone;
pub use redirect::SafeRedirect;
pub use secret::Secret;
pub use sign_in::{Next, Prepared, SignIn, SignInEvent, SignInStatus, UserData};
pub use sign_up::{
    Field, Filled, Requirements, SignUp, SignUpEvent, SignUpStatus, SignUpVerification,
    SignUpVerifications, Verified,
};
pub use slug::Slug;
#[cfg(not(target_arch = "wasm32"))]
pub use social::Social;
#[cfg(not(target_arch = "wasm32"))]
pub use step_up::SessionVerificationEvent;
pub use step_up::{
    Reverification, SessionVerification, SessionVerificationStatus, VerificationLevel,
};
pub use strength::{CheckPassword, PasswordStrength};
pub use time::Timestamp;
pub use user::{
    BackupCodes, Deleted, EmailAddress, ExternalAccount, Image, List, Passkey, PhoneNumber,
    PublicUserData, Totp, User, UserDetails, Verification, VerificationStatus,
};
pub use username::Username;
pub use waitlist::WaitlistEntry;
