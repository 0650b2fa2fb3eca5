//! Every route: its method, its path and its form.

use frontdesk_protocol::{
    AttemptFactor, AttemptVerification, ChangePassword, CreateEmailAddress, CreateSignIn,
    CreateSignUp, EmailAddressId, PrepareFactor, PrepareVerification, ResetPassword, SessionId,
    SignInId, SignUpId, TouchSession, UpdateUser,
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
async fn signing_in_goes_where_it_should() {
    let (world, desk) = World::start();
    let id = SignInId::from_random(ID);
    let command = CreateSignIn {
        identifier: Some("ada+1@example.com".to_owned()),
        password: Some("pass wörd&=".into()),
        ..CreateSignIn::default()
    };
    sends!(
        world,
        desk.create_sign_in(&command),
        "POST /v1/client/sign_ins identifier=ada%2B1%40example.com&password=pass+w%C3%B6rd%26%3D"
    );
    let command = PrepareFactor {
        strategy: Some("email_code".to_owned()),
        ..PrepareFactor::default()
    };
    sends!(
        world,
        desk.prepare_first_factor(&id, &command),
        "POST /v1/client/sign_ins/sia_11111111111111111111111111/prepare_first_factor strategy=email_code"
    );
    let command = AttemptFactor {
        code: Some("424242".into()),
        ..AttemptFactor::default()
    };
    sends!(
        world,
        desk.attempt_first_factor(&id, &command),
        "POST /v1/client/sign_ins/sia_11111111111111111111111111/attempt_first_factor code=424242"
    );
    sends!(
        world,
        desk.sign_in(&id),
        "GET /v1/client/sign_ins/sia_11111111111111111111111111"
    );
}

#[tokio::test]
async fn proving_once_more_goes_where_it_should() {
    let (world, desk) = World::start();
    let id = SignInId::from_random(ID);
    let command = PrepareFactor {
        strategy: Some("phone_code".to_owned()),
        ..PrepareFactor::default()
    };
    sends!(
        world,
        desk.prepare_second_factor(&id, &command),
        "POST /v1/client/sign_ins/sia_11111111111111111111111111/prepare_second_factor strategy=phone_code"
    );
    let command = AttemptFactor {
        strategy: Some("totp".to_owned()),
        code: Some("424242".into()),
        trust_device: Some("true".to_owned()),
        ..AttemptFactor::default()
    };
    sends!(
        world,
        desk.attempt_second_factor(&id, &command),
        "POST /v1/client/sign_ins/sia_11111111111111111111111111/attempt_second_factor strategy=totp&code=424242&trust_device=true"
    );
    let command = ResetPassword {
        password: Some("another one".into()),
        sign_out_of_other_sessions: Some("true".to_owned()),
    };
    sends!(
        world,
        desk.reset_password(&id, &command),
        "POST /v1/client/sign_ins/sia_11111111111111111111111111/reset_password password=another+one&sign_out_of_other_sessions=true"
    );
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
}

#[tokio::test]
async fn signing_up_goes_where_it_should() {
    let (world, desk) = World::start();
    let id = SignUpId::from_random(ID);
    let command = CreateSignUp {
        first_name: Some("Ada".to_owned()),
        last_name: Some(String::new()),
        ..CreateSignUp::default()
    };
    sends!(
        world,
        desk.create_sign_up(&command),
        "POST /v1/client/sign_ups first_name=Ada&last_name="
    );
    sends!(
        world,
        desk.update_sign_up(&id, &command),
        "POST /v1/client/sign_ups/sua_11111111111111111111111111?_method=PATCH first_name=Ada&last_name="
    );
    sends!(
        world,
        desk.prepare_verification(&id, &PrepareVerification::default()),
        "POST /v1/client/sign_ups/sua_11111111111111111111111111/prepare_verification"
    );
    sends!(
        world,
        desk.attempt_verification(&id, &AttemptVerification::default()),
        "POST /v1/client/sign_ups/sua_11111111111111111111111111/attempt_verification"
    );
}

#[tokio::test]
async fn sessions_go_where_they_should() {
    let (world, desk) = World::start();
    let id = SessionId::from_random(ID);
    sends!(
        world,
        desk.touch_session(&id, &TouchSession::default()),
        "POST /v1/client/sessions/sess_11111111111111111111111111/touch"
    );
    sends!(
        world,
        desk.end_session(&id),
        "POST /v1/client/sessions/sess_11111111111111111111111111/end"
    );
    sends!(
        world,
        desk.remove_session(&id),
        "POST /v1/client/sessions/sess_11111111111111111111111111/remove"
    );
    sends!(
        world,
        desk.sign_out(),
        "POST /v1/client/sessions?_method=DELETE"
    );
    sends!(world, desk.reload(), "GET /v1/client");
}

#[tokio::test]
async fn the_user_goes_where_it_should() {
    let (world, desk) = World::start();
    let id = EmailAddressId::from_random(ID);
    sends!(world, desk.me(), "GET /v1/me");
    sends!(
        world,
        desk.update_me(&UpdateUser::default()),
        "POST /v1/me?_method=PATCH"
    );
    sends!(
        world,
        desk.change_password(&ChangePassword::default()),
        "POST /v1/me/change_password"
    );
    sends!(
        world,
        desk.create_email_address(&CreateEmailAddress::default()),
        "POST /v1/me/email_addresses"
    );
    sends!(
        world,
        desk.prepare_email_address(&id, &PrepareVerification::default()),
        "POST /v1/me/email_addresses/idn_11111111111111111111111111/prepare_verification"
    );
    sends!(
        world,
        desk.attempt_email_address(&id, &AttemptVerification::default()),
        "POST /v1/me/email_addresses/idn_11111111111111111111111111/attempt_verification"
    );
    sends!(
        world,
        desk.remove_email_address(&id),
        "POST /v1/me/email_addresses/idn_11111111111111111111111111?_method=DELETE"
    );
}
