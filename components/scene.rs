//! Ada, with several addresses and organizations, for tests of the components about somebody signed in.

use frontdesk_protocol::UserOrganizationInvitation;
use frontdesk_protocol::json::Read as _;
use serde_json::{Value, json};

use crate::tests::{NOW_MS, World, signed_in};

/// A browser in which Ada is signed in, in the personal account.
pub fn ada() -> World {
    ada_after(|_| ())
}

/// The same after a change to her session.
pub fn ada_after(change: impl FnOnce(&mut Value)) -> World {
    let mut client = signed_in();
    let session = &mut client["sessions"][0];
    session["user"]["primary_email_address_id"] = json!(id("idn", '1'));
    session["user"]["email_addresses"] = json!([
        address('1', "ada@example.com", "verified"),
        address('2', "countess@example.com", "verified"),
        address('3', "byron@example.com", "unverified"),
    ]);
    let public = session["public_user_data"].clone();
    session["user"]["organization_memberships"] = json!([
        membership('1', "Analytical Engines", "org:admin", &public),
        membership('2', "Royal Society", "org:member", &public),
    ]);
    change(session);
    World {
        client,
        ..World::new()
    }
}

/// An id whose random part is the one digit repeated.
pub fn id(prefix: &str, digit: char) -> String {
    [prefix, "_", &String::from(digit).repeat(26)].concat()
}

fn address(digit: char, address: &str, status: &str) -> Value {
    json!({
        "id": id("idn", digit),
        "email_address": address,
        "verification": { "status": status, "strategy": "email_code", "attempts": 0 },
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    })
}

fn membership(digit: char, name: &str, role: &str, public: &Value) -> Value {
    json!({
        "id": id("orgmem", digit),
        "organization": {
            "id": id("org", digit),
            "name": name,
            "slug": "a-slug",
            "image_url": "",
            "has_image": false,
            "members_count": 2,
            "pending_invitations_count": 0,
            "max_allowed_memberships": 0,
            "admin_delete_enabled": true,
            "public_metadata": {},
            "created_at": NOW_MS,
            "updated_at": NOW_MS,
        },
        "role": role,
        "role_name": role,
        "permissions": [],
        "public_user_data": public,
        "public_metadata": {},
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    })
}

/// An invitation to the Navy.
pub fn invitation() -> UserOrganizationInvitation {
    let json = json!({
        "id": id("inv", '1'),
        "email_address": "ada@example.com",
        "public_organization_data": {
            "id": id("org", '9'),
            "name": "Navy",
            "slug": "navy",
            "image_url": "",
            "has_image": false,
        },
        "role": "org:member",
        "role_name": "Member",
        "status": "pending",
        "expires_at": NOW_MS,
        "public_metadata": {},
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    });
    UserOrganizationInvitation::read(&json).expect("an invitation")
}
