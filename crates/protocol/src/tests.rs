//! What form and route both refuse, and where a flow may go.

use crate::{
    Email, EmailAddressId, ErrorCode, Factor, Field, Password, PasswordSettings, SafeRedirect,
    SessionId, SignIn, SignInEvent, SignInId, SignInStatus, SignUp, SignUpEvent, SignUpId,
    SignUpStatus, Slug, Strategy, Timestamp, UserId,
};

const LATER: Timestamp = Timestamp(600_000);

#[test]
fn an_address_has_one_form() {
    for (typed, canonical) in [
        (" Ada@Example.COM ", Some("ada@example.com")),
        ("ada@bücher.example", Some("ada@xn--bcher-kva.example")),
        ("ada+tag@example.com", Some("ada+tag@example.com")),
        ("ada", None),
        ("a@b@example.com", None),
        ("ada@example", None),
        ("ada@127.0.0.1", None),
        ("\"a b\"@example.com", None),
        ("ada@example.com\r\nBcc: eve@example.com", None),
        ("ada,eve@example.com", None),
        ("аda@example.com", None),
    ] {
        let parsed = Email::parse(typed);
        assert_eq!(
            parsed.as_ref().ok().map(Email::as_str),
            canonical,
            "{typed:?}"
        );
    }
    assert_eq!(Email::parse("  "), Err(ErrorCode::FormParamNil));
}

#[test]
fn a_redirect_stays_where_it_may_lead() {
    let allowed = ["https://app.example"];
    for (target, is_safe) in [
        ("/home?a=1#b", true),
        ("https://app.example", true),
        ("https://app.example/x", true),
        ("//evil.example", false),
        ("/\\evil.example", false),
        ("https://app.example.evil.example/", false),
        ("https://app.example@evil.example/", false),
        ("javascript:alert(1)", false),
        ("/a\nb", false),
        ("", false),
    ] {
        assert_eq!(
            SafeRedirect::parse(target, &allowed).is_some(),
            is_safe,
            "{target:?}"
        );
    }
}

#[test]
fn passwords_and_slugs_are_measured_alike_on_both_sides() {
    let settings = PasswordSettings {
        min_length: 8,
        max_length: 128,
    };
    let refusal = |text: &str| Password::parse(text, &settings).err();
    assert_eq!(
        refusal("sieben7"),
        Some(ErrorCode::FormPasswordLengthTooShort)
    );
    assert_eq!(refusal("ünfäßöüé"), None);
    assert_eq!(
        refusal(&"x".repeat(129)),
        Some(ErrorCode::FormPasswordLengthTooLong)
    );
    assert_eq!(refusal(&"𝄞".repeat(128)), None);
    assert_eq!(Slug::derive("  Ada’s Lab & Co. "), "adas-lab-co");
    assert_eq!(Slug::derive("مختبر"), "");
    assert!(
        Slug::parse("a--b").is_err() && Slug::parse("-a").is_err() && Slug::parse("A").is_err()
    );
}

#[test]
fn a_sign_in_goes_only_where_it_may() {
    let session = SessionId::from_random([1; 26]);
    let identified = || SignInEvent::Identified {
        identifier: "ada@example.com".to_owned(),
        first_factors: vec![Factor::Password],
    };
    let proved = |strategy| SignInEvent::Proved {
        strategy,
        session: session.clone(),
    };
    let fresh = SignIn::new(SignInId::from_random([0; 26]), LATER);
    assert_eq!(
        fresh.clone().advance(proved(Strategy::Password)).err(),
        Some(ErrorCode::AttemptNotFound)
    );
    let known = fresh.advance(identified()).unwrap();
    assert_eq!(
        known.clone().advance(proved(Strategy::EmailCode)).err(),
        Some(ErrorCode::StrategyInvalid)
    );
    let done = known.advance(proved(Strategy::Password)).unwrap();
    assert_eq!(done.status, SignInStatus::Complete);
    assert_eq!(done.created_session_id, Some(session));
    assert_eq!(
        done.advance(identified()).err(),
        Some(ErrorCode::AttemptNotFound)
    );
}

#[test]
fn a_sign_up_is_complete_only_when_all_is_given_and_proved() {
    let required = vec![Field::EmailAddress, Field::Password];
    let fresh = SignUp::new(
        SignUpId::from_random([0; 26]),
        required,
        Vec::new(),
        true,
        LATER,
    );
    let filled = |email: &str, has_password| SignUpEvent::Filled {
        email_address: Some(email.to_owned()),
        has_password,
        first_name: None,
        last_name: None,
        locale: None,
    };
    let completed = || SignUpEvent::Completed {
        user: UserId::from_random([0; 26]),
        session: SessionId::from_random([0; 26]),
    };
    assert_eq!(
        fresh.clone().advance(SignUpEvent::Verified).err(),
        Some(ErrorCode::VerificationInvalid)
    );
    let half = fresh.advance(filled("a@example.com", false)).unwrap();
    assert_eq!(half.missing_fields, [Field::Password]);
    let verified = half.advance(SignUpEvent::Verified).unwrap();
    assert!(!verified.is_ready());
    let ready = verified.advance(filled("a@example.com", true)).unwrap();
    assert!(ready.is_ready());
    let other = ready
        .clone()
        .advance(filled("b@example.com", true))
        .unwrap();
    assert_eq!(
        other.unverified_fields,
        [Field::EmailAddress],
        "another address is not proved"
    );
    assert_eq!(
        other.advance(completed()).err(),
        Some(ErrorCode::VerificationInvalid)
    );
    assert_eq!(
        ready.advance(completed()).unwrap().status,
        SignUpStatus::Complete
    );
}

#[test]
fn both_readers_read_what_the_server_writes() {
    let factor = Factor::EmailCode {
        email_address_id: EmailAddressId::from_random([7; 26]),
        safe_identifier: "a***@example.com".to_owned(),
        primary: true,
    };
    let mut sign_in = SignIn::new(SignInId::from_random([3; 26]), LATER);
    sign_in.supported_first_factors = vec![factor, Factor::Password];
    let value = serde_json::to_value(&sign_in).unwrap();
    assert_eq!(value["object"], "sign_in_attempt");
    assert_eq!(
        <SignIn as crate::json::Read>::read(&value).as_ref(),
        Some(&sign_in)
    );
    assert_eq!(serde_json::from_value::<SignIn>(value).unwrap(), sign_in);
}
