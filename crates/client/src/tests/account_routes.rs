//! Every route of what people prove with, and of the waiting list.

use frontdesk_protocol::{
    AttemptVerification, CheckPassword, CreatePhoneNumber, ExternalAccountId, JoinWaitlist,
    PasskeyId, PhoneNumberId, PrepareVerification, SessionId, UpdatePasskey, UpdatePhoneNumber,
};

use super::world::World;

/// Calls a route, whose answer is a refusal, and compares what was sent.
macro_rules! sends {
    ($world:ident, $call:expr, $sent:literal) => {
        assert!($call.await.is_err());
        assert_eq!($world.sent(), [$sent]);
    };
}

const ID: [u8; 26] = [1; 26];

#[tokio::test]
async fn phone_numbers_go_where_they_should() {
    let (world, desk) = World::start();
    let id = PhoneNumberId::from_random(ID);
    let command = CreatePhoneNumber {
        phone_number: Some("+33612345678".to_owned()),
    };
    sends!(
        world,
        desk.create_phone_number(&command),
        "POST /v1/me/phone_numbers phone_number=%2B33612345678"
    );
    let command = UpdatePhoneNumber {
        reserved_for_second_factor: Some("true".to_owned()),
        ..UpdatePhoneNumber::default()
    };
    sends!(
        world,
        desk.update_phone_number(&id, &command),
        "POST /v1/me/phone_numbers/phn_11111111111111111111111111?_method=PATCH reserved_for_second_factor=true"
    );
    sends!(
        world,
        desk.prepare_phone_number(&id, &PrepareVerification::default()),
        "POST /v1/me/phone_numbers/phn_11111111111111111111111111/prepare_verification"
    );
    sends!(
        world,
        desk.attempt_phone_number(&id, &AttemptVerification::default()),
        "POST /v1/me/phone_numbers/phn_11111111111111111111111111/attempt_verification"
    );
    sends!(
        world,
        desk.remove_phone_number(&id),
        "POST /v1/me/phone_numbers/phn_11111111111111111111111111?_method=DELETE"
    );
}

#[tokio::test]
async fn passkeys_go_where_they_should() {
    let (world, desk) = World::start();
    let id = PasskeyId::from_random(ID);
    sends!(world, desk.create_passkey(), "POST /v1/me/passkeys");
    let command = AttemptVerification {
        public_key_credential: Some("{}".into()),
        ..AttemptVerification::default()
    };
    sends!(
        world,
        desk.attempt_passkey(&id, &command),
        "POST /v1/me/passkeys/psk_11111111111111111111111111/attempt_verification public_key_credential=%7B%7D"
    );
    let command = UpdatePasskey {
        name: Some("Laptop".to_owned()),
    };
    sends!(
        world,
        desk.update_passkey(&id, &command),
        "POST /v1/me/passkeys/psk_11111111111111111111111111?_method=PATCH name=Laptop"
    );
    sends!(
        world,
        desk.remove_passkey(&id),
        "POST /v1/me/passkeys/psk_11111111111111111111111111?_method=DELETE"
    );
}

#[tokio::test]
async fn second_steps_go_where_they_should() {
    let (world, desk) = World::start();
    sends!(world, desk.create_totp(), "POST /v1/me/totp");
    let command = AttemptVerification {
        code: Some("424242".into()),
        ..AttemptVerification::default()
    };
    sends!(
        world,
        desk.attempt_totp(&command),
        "POST /v1/me/totp/attempt_verification code=424242"
    );
    sends!(world, desk.remove_totp(), "POST /v1/me/totp?_method=DELETE");
    sends!(
        world,
        desk.create_backup_codes(),
        "POST /v1/me/backup_codes"
    );
}

#[tokio::test]
async fn accounts_elsewhere_go_where_they_should() {
    let (world, desk) = World::start();
    let id = ExternalAccountId::from_random(ID);
    sends!(
        world,
        desk.create_external_account("oauth_github", "https://app.example/", "repo gist"),
        "POST /v1/me/external_accounts strategy=oauth_github&redirect_url=https%3A%2F%2Fapp.example%2F&additional_scope=repo+gist"
    );
    sends!(
        world,
        desk.reauthorize_external_account(&id, "https://app.example/", "repo"),
        "POST /v1/me/external_accounts/eac_11111111111111111111111111/reauthorize?_method=PATCH redirect_url=https%3A%2F%2Fapp.example%2F&additional_scope=repo"
    );
    sends!(
        world,
        desk.remove_external_account(&id),
        "POST /v1/me/external_accounts/eac_11111111111111111111111111?_method=DELETE"
    );
}

#[tokio::test]
async fn sessions_elsewhere_go_where_they_should() {
    let (world, desk) = World::start();
    let id = SessionId::from_random(ID);
    sends!(world, desk.active_sessions(), "GET /v1/me/sessions/active");
    sends!(
        world,
        desk.revoke_session(&id),
        "POST /v1/me/sessions/sess_11111111111111111111111111/revoke"
    );
}

#[tokio::test]
async fn what_nobody_must_be_signed_in_for_goes_where_it_should() {
    let (world, desk) = World::start();
    let command = CheckPassword {
        password: Some("correct horse".into()),
        ..CheckPassword::default()
    };
    sends!(
        world,
        desk.password_strength(&command),
        "POST /v1/password_strength password=correct+horse"
    );
    let command = JoinWaitlist {
        email_address: Some("ada@example.com".to_owned()),
    };
    sends!(
        world,
        desk.join_waitlist(&command),
        "POST /v1/waitlist email_address=ada%40example.com"
    );
}
