//! Every route of the Frontend API, as it is written of; a test holds it to the router.

use frontdesk_protocol::{
    AttemptAffiliation, AttemptFactor, AttemptVerification, ChangePassword, CheckPassword,
    ConnectExternalAccount, CreateEmailAddress, CreateOrganization, CreateOrganizationDomain,
    CreateOrganizationInvitation, CreatePhoneNumber, CreateSignIn, CreateSignUp, CreateToken,
    JoinWaitlist, PrepareAffiliation, PrepareFactor, PrepareVerification, ResetPassword,
    StartVerification, TouchSession, UpdateEnrollmentMode, UpdateMembership, UpdateOrganization,
    UpdatePasskey, UpdatePhoneNumber, UpdateUser, VerifyLink,
};

use super::openapi::{Asks, Entry, open};

const MEMBERS: &[&str] = &[
    "limit: integer",
    "offset: integer",
    "query: string",
    "role: string",
];
const PAGE_OF: &[&str] = &["status: string", "limit: integer", "offset: integer"];

const DOMAINS: &[&str] = &[
    "enrollment_mode: string",
    "query: string",
    "limit: integer",
    "offset: integer",
];
const DOMAIN_IDS: &[&str] = &["domain_ids: string"];

/// The table.
#[rustfmt::skip]
pub const ROUTES: &[Entry] = &[
    open("GET", "/v1/environment", "Shows the settings that screens depend on.", "Environment"),
    open("PATCH", "/v1/environment", "Shows the settings that screens depend on.", "Environment"),
    open("GET", "/v1/client", "Shows everything the server knows of the browser.", "Client?"),
    open("PUT", "/v1/client", "Makes a client for the browser.", "Client"),
    open("DELETE", "/v1/client", "Signs everybody out of the browser.", "Client"),
    open("POST", "/v1/client/sign_ins", "Begins a sign-in.", "SignIn").saying(CreateSignIn::FIELDS),
    open("GET", "/v1/client/sign_ins/{id}", "Shows a sign-in.", "SignIn"),
    open("POST", "/v1/client/sign_ins/{id}/prepare_first_factor", "Sends what proves who somebody is.", "SignIn").saying(PrepareFactor::FIELDS),
    open("POST", "/v1/client/sign_ins/{id}/attempt_first_factor", "Checks a proof.", "SignIn").saying(AttemptFactor::FIELDS),
    open("POST", "/v1/client/sign_ins/{id}/prepare_second_factor", "Sends what proves it once more.", "SignIn").saying(PrepareFactor::FIELDS),
    open("POST", "/v1/client/sign_ins/{id}/attempt_second_factor", "Checks one more proof.", "SignIn").saying(AttemptFactor::FIELDS),
    open("POST", "/v1/client/sign_ins/{id}/reset_password", "Sets another password.", "SignIn").saying(ResetPassword::FIELDS),
    open("POST", "/v1/client/sign_ups", "Begins a sign-up.", "SignUp").saying(CreateSignUp::FIELDS),
    open("GET", "/v1/client/sign_ups/{id}", "Shows a sign-up.", "SignUp"),
    open("PATCH", "/v1/client/sign_ups/{id}", "Fills in what a sign-up lacks.", "SignUp").saying(CreateSignUp::FIELDS),
    open("POST", "/v1/client/sign_ups/{id}/prepare_verification", "Sends a code.", "SignUp").saying(PrepareVerification::FIELDS),
    open("POST", "/v1/client/sign_ups/{id}/attempt_verification", "Checks a code.", "SignUp").saying(AttemptVerification::FIELDS),
    open("POST", "/v1/password_strength", "Tells how strong a password is.", "object").saying(CheckPassword::FIELDS),
    open("DELETE", "/v1/client/sessions", "Signs everybody out of the browser.", "Client"),
    open("GET", "/v1/client/sessions/{id}", "Shows a session of the browser.", "Session"),
    open("POST", "/v1/client/sessions/{id}/touch", "Makes a session the active one, perhaps in an organization.", "Session").saying(TouchSession::FIELDS),
    open("POST", "/v1/client/sessions/{id}/tokens", "Mints a session token.", "SessionToken").saying(CreateToken::FIELDS),
    open("POST", "/v1/client/sessions/{id}/tokens/{template}", "Mints a token of a template.", "SessionToken").saying(CreateToken::FIELDS),
    open("POST", "/v1/client/sessions/{id}/verify", "Begins to prove a session once more.", "SessionVerification").saying(StartVerification::FIELDS),
    open("POST", "/v1/client/sessions/{id}/verify/prepare_first_factor", "Sends what proves who somebody is.", "SessionVerification").saying(PrepareFactor::FIELDS),
    open("POST", "/v1/client/sessions/{id}/verify/attempt_first_factor", "Checks a proof, and notes it in the session.", "SessionVerification").saying(AttemptFactor::FIELDS),
    open("POST", "/v1/client/sessions/{id}/verify/prepare_second_factor", "Sends what proves it once more.", "SessionVerification").saying(PrepareFactor::FIELDS),
    open("POST", "/v1/client/sessions/{id}/verify/attempt_second_factor", "Checks one more proof, and notes it in the session.", "SessionVerification").saying(AttemptFactor::FIELDS),
    open("POST", "/v1/client/sessions/{id}/end", "Signs one user out.", "Session"),
    open("POST", "/v1/client/sessions/{id}/remove", "Signs one user out, and forgets them in the browser.", "Session"),
    open("POST", "/v1/waitlist", "Takes a place on the waiting list.", "WaitlistEntry").saying(JoinWaitlist::FIELDS),
    open("GET", "/v1/me", "Shows the user.", "User"),
    open("PATCH", "/v1/me", "Changes the user.", "User").saying(UpdateUser::FIELDS).proven(Asks::InPart),
    open("POST", "/v1/me/change_password", "Sets another password.", "User").saying(ChangePassword::FIELDS).proven(Asks::InPart),
    open("GET", "/v1/me/sessions/active", "Lists where the user is signed in.", "[DeviceSession]"),
    open("POST", "/v1/me/sessions/{id}/revoke", "Ends a session in whichever browser it is.", "DeviceSession").proven(Asks::Always),
    open("GET", "/v1/me/passkeys", "Lists the user's passkeys.", "{Passkey}"),
    open("POST", "/v1/me/passkeys", "Begins to register a passkey.", "Passkey").proven(Asks::Always),
    open("GET", "/v1/me/passkeys/{id}", "Shows a passkey.", "Passkey"),
    open("PATCH", "/v1/me/passkeys/{id}", "Renames a passkey.", "Passkey").saying(UpdatePasskey::FIELDS),
    open("DELETE", "/v1/me/passkeys/{id}", "Removes a passkey.", "Deleted").proven(Asks::Always),
    open("POST", "/v1/me/passkeys/{id}/attempt_verification", "Registers what the browser made.", "Passkey").saying(AttemptVerification::FIELDS),
    open("GET", "/v1/verify_link", "Shows the page that a letter's link leads to.", "page").asking(VerifyLink::FIELDS),
    open("POST", "/v1/verify_link", "Follows a letter's link.", "page").saying(VerifyLink::FIELDS),
    open("POST", "/v1/me/external_accounts", "Begins to connect an account with a provider.", "ExternalAccount").saying(ConnectExternalAccount::FIELDS).proven(Asks::Always),
    open("DELETE", "/v1/me/external_accounts/{id}", "Removes an account with a provider.", "Deleted").proven(Asks::Always),
    open("PATCH", "/v1/me/external_accounts/{id}/reauthorize", "Asks a provider for more.", "ExternalAccount").saying(ConnectExternalAccount::FIELDS).proven(Asks::Always),
    open("GET", "/v1/me/email_addresses", "Lists the user's addresses.", "{EmailAddress}"),
    open("POST", "/v1/me/email_addresses", "Adds an address.", "EmailAddress").saying(CreateEmailAddress::FIELDS).proven(Asks::Always),
    open("GET", "/v1/me/email_addresses/{id}", "Shows an address.", "EmailAddress"),
    open("DELETE", "/v1/me/email_addresses/{id}", "Removes an address.", "Deleted").proven(Asks::Always),
    open("POST", "/v1/me/email_addresses/{id}/prepare_verification", "Sends a code.", "EmailAddress").saying(PrepareVerification::FIELDS),
    open("POST", "/v1/me/email_addresses/{id}/attempt_verification", "Checks a code.", "EmailAddress").saying(AttemptVerification::FIELDS),
    open("GET", "/v1/me/phone_numbers", "Lists the user's numbers.", "{PhoneNumber}"),
    open("POST", "/v1/me/phone_numbers", "Adds a number.", "PhoneNumber").saying(CreatePhoneNumber::FIELDS).proven(Asks::Always),
    open("GET", "/v1/me/phone_numbers/{id}", "Shows a number.", "PhoneNumber"),
    open("PATCH", "/v1/me/phone_numbers/{id}", "Makes a number a second factor, or none.", "PhoneNumber").saying(UpdatePhoneNumber::FIELDS).proven(Asks::Always),
    open("DELETE", "/v1/me/phone_numbers/{id}", "Removes a number.", "Deleted").proven(Asks::Always),
    open("POST", "/v1/me/phone_numbers/{id}/prepare_verification", "Sends a code.", "PhoneNumber").saying(PrepareVerification::FIELDS),
    open("POST", "/v1/me/phone_numbers/{id}/attempt_verification", "Checks a code.", "PhoneNumber").saying(AttemptVerification::FIELDS),
    open("POST", "/v1/me/totp", "Begins to add an authenticator app.", "Totp").proven(Asks::Always),
    open("DELETE", "/v1/me/totp", "Removes the authenticator app.", "Deleted").proven(Asks::Always),
    open("POST", "/v1/me/totp/attempt_verification", "Checks the first code of an authenticator app.", "Totp").saying(AttemptVerification::FIELDS),
    open("POST", "/v1/me/backup_codes", "Makes codes that each work once.", "BackupCodes").proven(Asks::Always),
    open("GET", "/v1/me/organization_memberships", "Lists the organizations that the user is in.", "{OrganizationMembership}"),
    open("POST", "/v1/organizations", "Makes an organization.", "Organization").saying(CreateOrganization::FIELDS),
    open("GET", "/v1/organizations/{id}", "Shows an organization.", "Organization"),
    open("PATCH", "/v1/organizations/{id}", "Changes an organization.", "Organization").saying(UpdateOrganization::FIELDS),
    open("DELETE", "/v1/organizations/{id}", "Deletes an organization.", "Deleted"),
    open("GET", "/v1/organizations/{id}/roles", "Lists what members can be.", "{Role}"),
    open("GET", "/v1/organizations/{id}/memberships", "Lists who is in an organization.", "{OrganizationMembership}").asking(MEMBERS),
    open("PATCH", "/v1/organizations/{id}/memberships/{user_id}", "Gives a member another role.", "OrganizationMembership").saying(UpdateMembership::FIELDS),
    open("DELETE", "/v1/organizations/{id}/memberships/{user_id}", "Takes a member out, or oneself.", "OrganizationMembership"),
    open("GET", "/v1/organizations/{id}/invitations", "Lists whom an organization invited, the newest first.", "{OrganizationInvitation}").asking(PAGE_OF),
    open("POST", "/v1/organizations/{id}/invitations", "Invites somebody to an organization.", "OrganizationInvitation").saying(CreateOrganizationInvitation::FIELDS),
    open("POST", "/v1/organizations/{id}/invitations/bulk", "Invites several people: the address is there several times.", "{OrganizationInvitation}").saying(CreateOrganizationInvitation::FIELDS),
    open("POST", "/v1/organizations/{id}/invitations/{invitation_id}/revoke", "Takes an invitation back.", "OrganizationInvitation"),
    open("DELETE", "/v1/me/organization_memberships/{id}", "Leaves an organization.", "Deleted"),
    open("GET", "/v1/me/organization_invitations", "Lists what the user is invited to.", "{UserOrganizationInvitation}").asking(PAGE_OF),
    open("POST", "/v1/me/organization_invitations/{id}/accept", "Joins an organization that the user is invited to.", "UserOrganizationInvitation"),
    open("GET", "/v1/organizations/{id}/domains", "Lists the domains of an organization.", "{OrganizationDomain}").asking(DOMAINS),
    open("POST", "/v1/organizations/{id}/domains", "Adds a domain that is to be proven.", "OrganizationDomain").saying(CreateOrganizationDomain::FIELDS),
    open("GET", "/v1/organizations/{id}/domains/{domain_id}", "Shows a domain.", "OrganizationDomain"),
    open("DELETE", "/v1/organizations/{id}/domains/{domain_id}", "Removes a domain, and what it offered.", "Deleted"),
    open("POST", "/v1/organizations/{id}/domains/{domain_id}/update_enrollment_mode", "Says what people get whose address is at a domain.", "OrganizationDomain").saying(UpdateEnrollmentMode::FIELDS),
    open("POST", "/v1/organizations/{id}/domains/{domain_id}/prepare_affiliation_verification", "Sends a code to an address at a domain.", "OrganizationDomain").saying(PrepareAffiliation::FIELDS),
    open("POST", "/v1/organizations/{id}/domains/{domain_id}/attempt_affiliation_verification", "Checks that code.", "OrganizationDomain").saying(AttemptAffiliation::FIELDS),
    open("POST", "/v1/organizations/{id}/domains/{domain_id}/prepare_ownership_verification", "Says which TXT record proves a domain.", "OrganizationDomain"),
    open("POST", "/v1/organizations/{id}/domains/{domain_id}/attempt_ownership_verification", "Looks for that record.", "OrganizationDomain"),
    open("POST", "/v1/organizations/{id}/domains/prepare_ownership_verification/bulk", "Says it for several domains.", "{OrganizationDomain}").saying(DOMAIN_IDS),
    open("POST", "/v1/organizations/{id}/domains/attempt_ownership_verification/bulk", "Looks for several records.", "{OrganizationDomain}").saying(DOMAIN_IDS),
    open("GET", "/v1/organizations/{id}/membership_requests", "Lists who asks to join an organization, the newest first.", "{OrganizationMembershipRequest}").asking(PAGE_OF),
    open("POST", "/v1/organizations/{id}/membership_requests/{request_id}/accept", "Takes in whoever asks.", "OrganizationMembershipRequest"),
    open("POST", "/v1/organizations/{id}/membership_requests/{request_id}/reject", "Does not take in whoever asks.", "OrganizationMembershipRequest"),
    open("GET", "/v1/me/organization_suggestions", "Lists what the user may ask to join.", "{OrganizationSuggestion}").asking(PAGE_OF),
    open("POST", "/v1/me/organization_suggestions/{id}/accept", "Asks to join an organization.", "OrganizationSuggestion"),
];

/// Whether a route asks for a proof again before it is entered; one that is not in the table does.
pub fn asks_again(method: &str, path: &str) -> bool {
    let entry = ROUTES
        .iter()
        .find(|entry| entry.method == method && entry.path == path);
    entry.is_none_or(|entry| entry.asks == Asks::Always)
}
