//! Every route of the Admin API in one table: what serves it, which scope it needs, and what is written of it.

use axum::routing::{MethodRouter, delete, get, patch, post};

use super::{
    audit_log, invitations, organization_domains, organization_invitations, organizations,
    restrictions, roles, secret_keys, sessions, settings, sign_in_tokens, super_admins, users,
    waitlist, webhooks,
};
use crate::app::App;
use crate::routes::openapi::{Entry, plain};

/// What every path begins with.
pub const PREFIX: &str = "/admin/v1";

const PAGE_OF: &[&str] = &["status: string", "limit: integer", "offset: integer"];
const PAGE_OF_USER: &[&str] = &["user_id: string", "limit: integer", "offset: integer"];
const USERS: &[&str] = &[
    "email_address: string",
    "phone_number: string",
    "username: string",
    "external_id: string",
    "query: string",
    "order_by: string",
    "limit: integer",
    "offset: integer",
];
const NEW_USER: &[&str] = &[
    "email_address: [string]",
    "phone_number: [string]",
    "username: string",
    "password: string",
    "password_digest: string",
    "password_hasher: string",
    "skip_password_checks: boolean",
    "totp_secret: string",
    "backup_codes: [string]",
    "first_name: string",
    "last_name: string",
    "locale: string",
    "external_id: string",
    "public_metadata: object",
    "private_metadata: object",
    "unsafe_metadata: object",
    "legal_accepted_at: integer",
    "created_at: integer",
];
const CHANGED_USER: &[&str] = &[
    "username: string",
    "password: string",
    "skip_password_checks: boolean",
    "sign_out_of_other_sessions: boolean",
    "first_name: string",
    "last_name: string",
    "external_id: string",
    "legal_accepted_at: integer",
    "primary_email_address_id: string",
    "primary_phone_number_id: string",
    "public_metadata: object",
    "private_metadata: object",
    "unsafe_metadata: object",
];
const METADATA: &[&str] = &[
    "public_metadata: object",
    "private_metadata: object",
    "unsafe_metadata: object",
];
const INVITATION: &[&str] = &[
    "email_address: string!",
    "redirect_url: string",
    "public_metadata: object",
    "notify: boolean",
    "expires_in_days: integer",
];
const SOUGHT: &[&str] = &["query: string", "limit: integer", "offset: integer"];
const MEMBERS: &[&str] = &[
    "query: string",
    "role: string",
    "order_by: string",
    "limit: integer",
    "offset: integer",
];
const NEW_ORGANIZATION: &[&str] = &[
    "name: string!",
    "slug: string",
    "created_by: string!",
    "public_metadata: object",
    "private_metadata: object",
    "max_allowed_memberships: integer",
    "roles: [string]",
];
const CHANGED_ORGANIZATION: &[&str] = &[
    "name: string",
    "slug: string",
    "public_metadata: object",
    "private_metadata: object",
    "max_allowed_memberships: integer",
    "roles: [string]",
];
const METADATA_OF_MEMBER: &[&str] = &["public_metadata: object", "private_metadata: object"];
const NEW_ORGANIZATION_INVITATION: &[&str] = &[
    "email_address: string!",
    "role: string!",
    "inviter_user_id: string",
    "redirect_url: string",
    "locale: string",
    "notify: boolean",
    "expires_in_days: integer",
    "public_metadata: object",
    "private_metadata: object",
];
const NEW_ORGANIZATION_INVITATIONS: &[&str] = &[
    "email_addresses: [string]!",
    "role: string!",
    "inviter_user_id: string",
    "redirect_url: string",
    "locale: string",
    "notify: boolean",
    "expires_in_days: integer",
    "public_metadata: object",
    "private_metadata: object",
];
const NEW_DOMAIN: &[&str] = &[
    "name: string!",
    "verified: boolean",
    "enrollment_mode: string",
];
const CHANGED_DOMAIN: &[&str] = &[
    "verified: boolean",
    "enrollment_mode: string",
    "delete_pending: boolean",
];
const NEW_ROLE: &[&str] = &[
    "key: string!",
    "name: string!",
    "description: string",
    "permissions: [string]",
];
const CHANGED_ROLE: &[&str] = &[
    "name: string",
    "description: string",
    "permissions: [string]",
];
const NEW_PERMISSION: &[&str] = &["key: string!", "name: string!", "description: string"];
const CHANGED_PERMISSION: &[&str] = &["name: string", "description: string"];
const SIGN_IN_TOKEN: &[&str] = &[
    "user_id: string!",
    "expires_in_seconds: integer",
    "skip_second_factor: boolean",
];
const SETTINGS: &[&str] = &[
    "application_name: string",
    "support_email: string or null",
    "urls: object",
    "sign_in: object",
    "sign_up: object",
    "email_address: object",
    "phone_number: object",
    "username: object",
    "users: object",
    "password: object",
    "passkeys: object",
    "providers: [object]",
    "second_factor: object",
    "device: object",
    "restrictions: object",
    "texts: object",
    "verification: object",
    "sessions: object",
    "tokens: object",
    "organizations: object",
];

const NEW_WEBHOOK: &[&str] = &["url: string!", "description: string", "events: [string]!"];
const CHANGED_WEBHOOK: &[&str] = &[
    "url: string",
    "description: string",
    "events: [string]",
    "disabled: boolean",
];
const DELIVERIES: &[&str] = &[
    "status: string",
    "event_type: string",
    "limit: integer",
    "offset: integer",
];

/// What the answers are, by their `object`, beside those that the Frontend API has too.
pub const ANSWERS: &[(&str, &[&str])] = &[
    ("total_count", &["total_count: integer"]),
    ("verified", &["verified: boolean"]),
    (
        "oauth_access_token",
        &[
            "provider: string",
            "token: string",
            "scopes: string",
            "expires_at: integer or null",
        ],
    ),
    (
        "sign_in_token",
        &[
            "id: string",
            "user_id: string?",
            "status: string",
            "token: string?",
            "url: string?",
            "expires_at: integer?",
            "created_at: integer?",
            "updated_at: integer?",
        ],
    ),
    (
        "invitation",
        &[
            "id: string",
            "email_address: string",
            "status: string",
            "revoked: boolean",
            "public_metadata: object",
            "redirect_url: string or null",
            "url: string?",
            "expires_at: integer",
            "created_at: integer",
            "updated_at: integer",
        ],
    ),
    ("allowlist_identifier", LISTED),
    ("blocklist_identifier", LISTED),
    (
        "waitlist_entry",
        &[
            "id: string",
            "email_address: string",
            "status: string",
            "locale: string or null",
            "created_at: integer",
            "updated_at: integer",
        ],
    ),
    ("super_admin", &["id: string"]),
    (
        "audit_log_entry",
        &[
            "id: string",
            "created_at: integer",
            "action: string",
            "user_id: string or null",
            "organization_id: string or null",
            "secret_key_id: string or null",
            "subject: string or null",
            "client_address: string or null",
        ],
    ),
    ("key_rotation", &["signs_at: integer"]),
    (
        "webhook",
        &[
            "id: string",
            "url: string",
            "description: string",
            "events: [string]",
            "disabled: boolean",
            "failing_since: integer or null",
            "secret: string?",
            "old_secret_until: integer or null",
            "created_at: integer",
            "updated_at: integer",
        ],
    ),
    (
        "webhook_delivery",
        &[
            "webhook_id: string",
            "event_id: string",
            "event_type: string",
            "status: string",
            "tries: integer",
            "next_attempt_at: integer or null",
            "attempts: [object]?",
            "created_at: integer",
            "updated_at: integer",
        ],
    ),
    ("webhook_replay", &["replayed: integer"]),
    (
        "secret_key",
        &[
            "id: string",
            "name: string",
            "scopes: [string]",
            "secret: string?",
            "last_used_at: integer or null",
            "created_at: integer",
        ],
    ),
];

const LISTED: &[&str] = &[
    "id: string",
    "identifier: string",
    "identifier_type: string",
    "created_at: integer",
    "updated_at: integer",
];

/// The table.
#[rustfmt::skip]
pub fn routes() -> Vec<(Entry, MethodRouter<App>)> {
    vec![
        (plain("GET", "/admin/v1/users", "users:read", "Lists users, the newest first; `order_by` is `created_at`, `updated_at`, `last_sign_in_at`, `email_address` or `username`, with `-` before it for the last first.", "[user]").asking(USERS), get(users::list)),
        (plain("POST", "/admin/v1/users", "users:write", "Makes a user; addresses and numbers are taken as proven.", "user").saying(NEW_USER), post(users::create)),
        (plain("GET", "/admin/v1/users/count", "users:read", "Counts users.", "total_count").asking(USERS), get(users::count)),
        (plain("GET", "/admin/v1/users/{id}", "users:read", "Shows a user.", "user"), get(users::read)),
        (plain("PATCH", "/admin/v1/users/{id}", "users:write", "Changes a user; null takes a value away.", "user").saying(CHANGED_USER), patch(users::update)),
        (plain("DELETE", "/admin/v1/users/{id}", "users:write", "Deletes a user, and the organizations that nobody else is in.", "deleted"), delete(users::remove)),
        (plain("GET", "/admin/v1/users/{id}/export", "users:read", "Tells everything that is held of a user.", "object"), get(users::export)),
        (plain("POST", "/admin/v1/users/{id}/ban", "users:write", "Closes an account and signs its user out everywhere.", "user"), post(users::ban)),
        (plain("POST", "/admin/v1/users/{id}/unban", "users:write", "Opens an account again.", "user"), post(users::unban)),
        (plain("POST", "/admin/v1/users/{id}/lock", "users:write", "Lets nobody sign in to an account for an hour, or for as long as it says; who is signed in stays so.", "user").saying(&["expires_in_seconds: integer"]), post(users::lock)),
        (plain("POST", "/admin/v1/users/{id}/unlock", "users:write", "Ends a lock, and the day's count of wrong passwords and codes.", "user"), post(users::unlock)),
        (plain("GET", "/admin/v1/users/{id}/organization_memberships", "organizations:read", "Lists which organizations a user is in, and as what.", "{organization_membership}").asking(&["limit: integer", "offset: integer"]), get(users::memberships)),
        (plain("POST", "/admin/v1/users/{id}/metadata", "users:write", "Merges metadata: null takes a member out, an object goes deeper.", "user").saying(METADATA), post(users::merge_metadata)),
        (plain("POST", "/admin/v1/users/{id}/verify_password", "users:write", "Tells whether a password is the user's.", "verified").saying(&["password: string!"]), post(users::verify_password)),
        (plain("GET", "/admin/v1/users/{id}/oauth_access_tokens/{provider}", "users:write", "Shows a token of the user's account with a provider, refreshed if it ends soon.", "oauth_access_token"), get(users::access_token)),
        (plain("DELETE", "/admin/v1/users/{id}/mfa", "users:write", "Takes every second factor of a user away.", "user"), delete(users::forget_factors)),
        (plain("GET", "/admin/v1/sessions", "sessions:read", "Lists sessions, the newest first.", "{session}").asking(PAGE_OF_USER), get(sessions::list)),
        (plain("GET", "/admin/v1/sessions/{id}", "sessions:read", "Shows a session.", "session"), get(sessions::read)),
        (plain("POST", "/admin/v1/sessions/{id}/revoke", "sessions:write", "Ends a session.", "session"), post(sessions::revoke)),
        (plain("POST", "/admin/v1/sign_in_tokens", "sign_in_tokens:write", "Makes a ticket that signs a user in once.", "sign_in_token").saying(SIGN_IN_TOKEN), post(sign_in_tokens::create)),
        (plain("POST", "/admin/v1/sign_in_tokens/{id}/revoke", "sign_in_tokens:write", "Makes a ticket worthless.", "sign_in_token"), post(sign_in_tokens::revoke)),
        (plain("GET", "/admin/v1/invitations", "invitations:read", "Lists invitations, the newest first.", "{invitation}").asking(PAGE_OF), get(invitations::list)),
        (plain("POST", "/admin/v1/invitations", "invitations:write", "Invites somebody to sign up.", "invitation").saying(INVITATION), post(invitations::create)),
        (plain("POST", "/admin/v1/invitations/{id}/revoke", "invitations:write", "Takes an invitation back.", "invitation"), post(invitations::revoke)),
        (plain("GET", "/admin/v1/organizations", "organizations:read", "Lists organizations, the newest first.", "{organization}").asking(SOUGHT), get(organizations::list)),
        (plain("POST", "/admin/v1/organizations", "organizations:write", "Makes an organization with a user as its admin.", "organization").saying(NEW_ORGANIZATION), post(organizations::create)),
        (plain("GET", "/admin/v1/organizations/{id}", "organizations:read", "Shows an organization.", "organization"), get(organizations::read)),
        (plain("PATCH", "/admin/v1/organizations/{id}", "organizations:write", "Changes an organization.", "organization").saying(CHANGED_ORGANIZATION), patch(organizations::update)),
        (plain("DELETE", "/admin/v1/organizations/{id}", "organizations:write", "Deletes an organization with all that is its own.", "deleted"), delete(organizations::remove)),
        (plain("GET", "/admin/v1/organizations/{id}/memberships", "organizations:read", "Lists who is in an organization; `order_by` is `created_at`, `name`, `email_address`, `username` or `role`, with `-` before it for the last first.", "{organization_membership}").asking(MEMBERS), get(organizations::members)),
        (plain("POST", "/admin/v1/organizations/{id}/memberships", "organizations:write", "Takes a user into an organization.", "organization_membership").saying(&["user_id: string!", "role: string!"]), post(organizations::add)),
        (plain("PATCH", "/admin/v1/organizations/{id}/memberships/{user_id}", "organizations:write", "Gives a member another role.", "organization_membership").saying(&["role: string!"]), patch(organizations::set_role)),
        (plain("DELETE", "/admin/v1/organizations/{id}/memberships/{user_id}", "organizations:write", "Takes a member out of an organization.", "organization_membership"), delete(organizations::take_out)),
        (plain("PATCH", "/admin/v1/organizations/{id}/memberships/{user_id}/metadata", "organizations:write", "Writes what the app knows of a member.", "organization_membership").saying(METADATA_OF_MEMBER), patch(organizations::set_metadata)),
        (plain("GET", "/admin/v1/organizations/{id}/invitations", "organizations:read", "Lists whom an organization invited, the newest first.", "{organization_invitation}").asking(PAGE_OF), get(organization_invitations::list)),
        (plain("POST", "/admin/v1/organizations/{id}/invitations", "organizations:write", "Invites somebody to an organization.", "organization_invitation").saying(NEW_ORGANIZATION_INVITATION), post(organization_invitations::create)),
        (plain("POST", "/admin/v1/organizations/{id}/invitations/bulk", "organizations:write", "Invites several people to an organization, or nobody.", "{organization_invitation}").saying(NEW_ORGANIZATION_INVITATIONS), post(organization_invitations::create_several)),
        (plain("GET", "/admin/v1/organizations/{id}/invitations/{invitation_id}", "organizations:read", "Shows an invitation to an organization.", "organization_invitation"), get(organization_invitations::read)),
        (plain("POST", "/admin/v1/organizations/{id}/invitations/{invitation_id}/revoke", "organizations:write", "Takes an invitation to an organization back.", "organization_invitation"), post(organization_invitations::revoke)),
        (plain("GET", "/admin/v1/organizations/{id}/domains", "organizations:read", "Lists the domains of an organization.", "{organization_domain}").asking(PAGE_OF), get(organization_domains::list)),
        (plain("POST", "/admin/v1/organizations/{id}/domains", "organizations:write", "Adds a domain to an organization, proven if the app answers for it.", "organization_domain").saying(NEW_DOMAIN), post(organization_domains::create)),
        (plain("PATCH", "/admin/v1/organizations/{id}/domains/{domain_id}", "organizations:write", "Proves a domain, or says what people get whose address is there.", "organization_domain").saying(CHANGED_DOMAIN), patch(organization_domains::update)),
        (plain("DELETE", "/admin/v1/organizations/{id}/domains/{domain_id}", "organizations:write", "Removes a domain, and what it offered.", "deleted"), delete(organization_domains::remove)),
        (plain("GET", "/admin/v1/organizations/{id}/membership_requests", "organizations:read", "Lists who asks to join an organization, the newest first.", "{organization_membership_request}").asking(PAGE_OF), get(organization_domains::requests)),
        (plain("POST", "/admin/v1/organizations/{id}/membership_requests/{request_id}/accept", "organizations:write", "Takes in whoever asks.", "organization_membership_request"), post(organization_domains::accept)),
        (plain("POST", "/admin/v1/organizations/{id}/membership_requests/{request_id}/reject", "organizations:write", "Does not take in whoever asks.", "organization_membership_request"), post(organization_domains::reject)),
        (plain("GET", "/admin/v1/super_admins", "super_admins:read", "Lists who stands above every organization.", "[super_admin]"), get(super_admins::list)),
        (plain("POST", "/admin/v1/super_admins", "super_admins:write", "Puts a user above every organization.", "super_admin").saying(&["user_id: string!"]), post(super_admins::grant)),
        (plain("DELETE", "/admin/v1/super_admins/{id}", "super_admins:write", "Takes a user down again, by their id.", "deleted"), delete(super_admins::revoke)),
        (plain("GET", "/admin/v1/roles", "roles:read", "Lists roles in organizations.", "[role]"), get(roles::list)),
        (plain("POST", "/admin/v1/roles", "roles:write", "Makes a role.", "role").saying(NEW_ROLE), post(roles::create)),
        (plain("PATCH", "/admin/v1/roles/{id}", "roles:write", "Changes a role.", "role").saying(CHANGED_ROLE), patch(roles::update)),
        (plain("DELETE", "/admin/v1/roles/{id}", "roles:write", "Deletes a role that nobody has.", "deleted"), delete(roles::remove)),
        (plain("GET", "/admin/v1/permissions", "roles:read", "Lists what roles can allow.", "[permission]"), get(roles::list_permissions)),
        (plain("POST", "/admin/v1/permissions", "roles:write", "Makes a permission.", "permission").saying(NEW_PERMISSION), post(roles::create_permission)),
        (plain("PATCH", "/admin/v1/permissions/{id}", "roles:write", "Changes what a permission is called.", "permission").saying(CHANGED_PERMISSION), patch(roles::update_permission)),
        (plain("DELETE", "/admin/v1/permissions/{id}", "roles:write", "Deletes a permission of the app's.", "deleted"), delete(roles::remove_permission)),
        (plain("GET", "/admin/v1/allowlist_identifiers", "restrictions:read", "Lists who alone may sign up.", "[allowlist_identifier]"), get(restrictions::allowed)),
        (plain("POST", "/admin/v1/allowlist_identifiers", "restrictions:write", "Adds to who alone may sign up.", "allowlist_identifier").saying(&["identifier: string!"]), post(restrictions::allow)),
        (plain("DELETE", "/admin/v1/allowlist_identifiers/{id}", "restrictions:write", "Takes somebody off the allow list.", "deleted"), delete(restrictions::disallow)),
        (plain("GET", "/admin/v1/blocklist_identifiers", "restrictions:read", "Lists who may not sign up.", "[blocklist_identifier]"), get(restrictions::blocked)),
        (plain("POST", "/admin/v1/blocklist_identifiers", "restrictions:write", "Adds to who may not sign up.", "blocklist_identifier").saying(&["identifier: string!"]), post(restrictions::block)),
        (plain("DELETE", "/admin/v1/blocklist_identifiers/{id}", "restrictions:write", "Takes somebody off the block list.", "deleted"), delete(restrictions::unblock)),
        (plain("GET", "/admin/v1/waitlist_entries", "waitlist:read", "Lists who waits, the first to come first.", "{waitlist_entry}").asking(PAGE_OF), get(waitlist::list)),
        (plain("POST", "/admin/v1/waitlist_entries/{id}/invite", "waitlist:write", "Invites somebody who waits.", "waitlist_entry"), post(waitlist::invite)),
        (plain("POST", "/admin/v1/waitlist_entries/{id}/reject", "waitlist:write", "Turns somebody who waits away.", "waitlist_entry"), post(waitlist::reject)),
        (plain("GET", "/admin/v1/audit_log", "audit_log:read", "Lists what was done and refused, the newest first; `after` is the id of the last one seen.", "[audit_log_entry]").asking(audit_log::ASKED), get(audit_log::list)),
        (plain("GET", "/admin/v1/settings", "settings:read", "Shows the settings, with secrets hidden.", "settings"), get(settings::read)),
        (plain("PATCH", "/admin/v1/settings", "settings:write", "Changes the settings by a JSON merge patch (RFC 7396).", "settings").saying(SETTINGS), patch(settings::update)),
        (plain("DELETE", "/admin/v1/settings", "settings:write", "Forgets every change, so that frontdesk.toml alone counts.", "settings"), delete(settings::forget)),
        (plain("POST", "/admin/v1/keys/rotate", "settings:write", "Begins to replace the signing key, or withdraws it now.", "key_rotation").saying(&["now: boolean"]), post(settings::rotate)),
        (plain("GET", "/admin/v1/secret_keys", "secret_keys:read", "Lists secret keys, without the keys themselves.", "[secret_key]"), get(secret_keys::list)),
        (plain("POST", "/admin/v1/secret_keys", "secret_keys:write", "Makes a secret key, and tells it this once.", "secret_key").saying(&["name: string!", "scopes: [string]!"]), post(secret_keys::create)),
        (plain("DELETE", "/admin/v1/secret_keys/{id}", "secret_keys:write", "Makes a secret key worthless.", "deleted"), delete(secret_keys::remove)),
        (plain("GET", "/admin/v1/webhooks", "webhooks:read", "Lists where events are sent to, without the secrets.", "[webhook]"), get(webhooks::list)),
        (plain("POST", "/admin/v1/webhooks", "webhooks:write", "Has events sent to an address, and tells the secret they are signed with this once.", "webhook").saying(NEW_WEBHOOK), post(webhooks::create)),
        (plain("GET", "/admin/v1/webhooks/{id}", "webhooks:read", "Shows a webhook.", "webhook"), get(webhooks::read)),
        (plain("PATCH", "/admin/v1/webhooks/{id}", "webhooks:write", "Changes a webhook.", "webhook").saying(CHANGED_WEBHOOK), patch(webhooks::update)),
        (plain("DELETE", "/admin/v1/webhooks/{id}", "webhooks:write", "Deletes a webhook with what was still to be sent there.", "deleted"), delete(webhooks::remove)),
        (plain("POST", "/admin/v1/webhooks/{id}/rotate_secret", "webhooks:write", "Signs with another secret, told this once, and a while with the old one too.", "webhook").saying(&["overlap_hours: integer"]), post(webhooks::rotate_secret)),
        (plain("POST", "/admin/v1/webhooks/{id}/test", "webhooks:write", "Sends an event that tells nothing.", "webhook_delivery"), post(webhooks::test)),
        (plain("POST", "/admin/v1/webhooks/{id}/replay", "webhooks:write", "Sends again all that the webhook asks for and that happened since then.", "webhook_replay").saying(&["since: integer!"]), post(webhooks::replay)),
        (plain("GET", "/admin/v1/webhooks/{id}/deliveries", "webhooks:read", "Lists what is sent to a webhook, the newest first.", "{webhook_delivery}").asking(DELIVERIES), get(webhooks::deliveries)),
        (plain("GET", "/admin/v1/webhooks/{id}/deliveries/{event_id}", "webhooks:read", "Shows one of them with every try.", "webhook_delivery"), get(webhooks::delivery)),
        (plain("POST", "/admin/v1/webhooks/{id}/deliveries/{event_id}/replay", "webhooks:write", "Sends one event again.", "webhook_delivery"), post(webhooks::replay_one)),
    ]
}
