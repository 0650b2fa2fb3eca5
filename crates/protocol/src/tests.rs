//! What form and route both refuse, and where a flow may go.

use crate::json::Read as _;
use crate::{
    Email, EmailAddressId, ErrorCode, Factor, Field, Filled, Next, Password, PasswordSettings,
    Phone, Provider, Requirements, SafeRedirect, SessionId, SessionVerification,
    SessionVerificationEvent, SessionVerificationStatus, SignIn, SignInEvent, SignInId,
    SignInStatus, SignUp, SignUpEvent, SignUpId, SignUpStatus, Slug, Strategy, Timestamp, UserId,
    Username, UsernameSettings, VerificationLevel, Verified,
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
fn a_test_address_says_so_before_its_at() {
    let is_test = |text: &str| Email::parse(text).unwrap().is_test();
    assert!(is_test("ada+frontdesk_test@example.com") && is_test("ada+clerk_test1@example.com"));
    assert!(!is_test("ada@example.com") && !is_test("clerk_test@example.com"));
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
        ..PasswordSettings::BLANK
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
fn numbers_and_user_names_have_one_form() {
    for (typed, canonical) in [
        (" +33 6 12-34.56 78 ", Some("+33612345678")),
        ("+1 (415) 555-0123", Some("+14155550123")),
        ("0612345678", None),
        ("+0612345678", None),
        ("+123", None),
        ("+3361234567890123", None),
        ("+33 six", None),
    ] {
        let parsed = Phone::parse(typed);
        assert_eq!(
            parsed.as_ref().ok().map(Phone::as_str),
            canonical,
            "{typed:?}"
        );
    }
    let settings = UsernameSettings {
        min_length: 4,
        max_length: 12,
    };
    let refusal = |text: &str| Username::parse(text, &settings).err();
    assert_eq!(
        Username::parse(" Ada_L ", &settings).unwrap().as_str(),
        "ada_l"
    );
    assert_eq!(refusal("ada"), Some(ErrorCode::FormUsernameInvalidLength));
    assert_eq!(
        refusal("аdaa"),
        Some(ErrorCode::FormUsernameInvalidCharacter)
    );
    assert_eq!(
        refusal("12345"),
        Some(ErrorCode::FormUsernameNeedsNonNumberChar)
    );
}

#[test]
fn a_provider_is_a_short_plain_word() {
    let github = Provider::of_strategy("oauth_github").unwrap();
    assert_eq!(
        (github.name(), github.strategy()),
        ("github", "oauth_github")
    );
    assert_eq!(
        Strategy::parse("oauth_github"),
        Some(Strategy::OAuth(github))
    );
    for word in [
        "oauth_",
        "oauth_Git",
        "oauth_git-hub",
        "oauth_git\0",
        "github",
    ] {
        assert_eq!(Strategy::parse(word), None, "{word:?}");
    }
    assert_eq!(Provider::parse(&"x".repeat(35)), None);
}

fn session() -> SessionId {
    SessionId::from_random([1; 26])
}

fn identified() -> SignInEvent {
    SignInEvent::Identified {
        identifier: "ada@example.com".to_owned(),
        first_factors: vec![Factor::of(Strategy::Password)],
    }
}

fn fresh_sign_in() -> SignIn {
    SignIn::new(SignInId::from_random([0; 26]), Vec::new(), LATER)
}

#[test]
fn a_sign_in_goes_only_where_it_may() {
    let proved = |strategy| SignInEvent::Proved {
        strategy,
        next: Next::Session(session()),
    };
    let fresh = fresh_sign_in();
    assert_eq!(
        fresh.clone().advance(proved(Strategy::Password)).err(),
        Some(ErrorCode::StrategyInvalid)
    );
    let known = fresh.advance(identified()).unwrap();
    assert_eq!(
        known.clone().advance(proved(Strategy::EmailCode)).err(),
        Some(ErrorCode::StrategyInvalid)
    );
    let done = known.advance(proved(Strategy::Password)).unwrap();
    assert_eq!(done.status, SignInStatus::Complete);
    assert_eq!(done.created_session_id, Some(session()));
    assert_eq!(
        done.advance(identified()).err(),
        Some(ErrorCode::AttemptNotFound)
    );
}

#[test]
fn a_second_factor_is_not_walked_around() {
    let second = SignInEvent::Proved {
        strategy: Strategy::Password,
        next: Next::SecondFactor(vec![Factor::of(Strategy::Totp)]),
    };
    let waiting = fresh_sign_in().advance(identified()).unwrap();
    let waiting = waiting.advance(second).unwrap();
    assert_eq!(waiting.status, SignInStatus::NeedsSecondFactor);
    let again = SignInEvent::Proved {
        strategy: Strategy::Password,
        next: Next::Session(session()),
    };
    let reset = SignInEvent::PasswordReset {
        next: Next::Session(session()),
    };
    for event in [again, reset, identified()] {
        assert_eq!(
            waiting.clone().advance(event).err(),
            Some(ErrorCode::AttemptNotFound)
        );
    }
    let proved = |strategy| SignInEvent::SecondProved {
        strategy,
        session: session(),
    };
    assert_eq!(
        waiting.clone().advance(proved(Strategy::BackupCode)).err(),
        Some(ErrorCode::StrategyInvalid)
    );
    let done = waiting.advance(proved(Strategy::Totp)).unwrap();
    assert_eq!(done.status, SignInStatus::Complete);
}

#[test]
fn a_step_up_asks_for_what_its_level_says_and_the_user_has() {
    use SessionVerificationEvent as Event;
    use SessionVerificationStatus as Now;
    use VerificationLevel as Level;
    let first = |is_double| Event::Proved {
        strategy: Strategy::Password,
        is_double,
    };
    let second = || Event::SecondProved {
        strategy: Strategy::Totp,
    };
    for (level, has_second, is_double, statuses) in [
        (
            Level::FirstFactor,
            true,
            false,
            &[Now::NeedsFirstFactor, Now::Complete][..],
        ),
        (
            Level::SecondFactor,
            true,
            false,
            &[Now::NeedsSecondFactor, Now::Complete],
        ),
        (
            Level::SecondFactor,
            false,
            false,
            &[Now::NeedsFirstFactor, Now::Complete],
        ),
        (
            Level::MultiFactor,
            true,
            false,
            &[Now::NeedsFirstFactor, Now::NeedsSecondFactor, Now::Complete],
        ),
        (
            Level::MultiFactor,
            true,
            true,
            &[Now::NeedsFirstFactor, Now::Complete],
        ),
        (
            Level::MultiFactor,
            false,
            false,
            &[Now::NeedsFirstFactor, Now::Complete],
        ),
    ] {
        let factors = (
            vec![Factor::of(Strategy::Password)],
            has_second
                .then(|| Factor::of(Strategy::Totp))
                .into_iter()
                .collect(),
        );
        let mut step = SessionVerification::new(session(), level, factors, LATER);
        for (place, status) in statuses.iter().enumerate() {
            assert_eq!(step.status, *status, "{level:?} {place}");
            let (right, wrong) = match status {
                Now::NeedsFirstFactor => (first(is_double), second()),
                Now::NeedsSecondFactor | Now::Complete => (second(), first(is_double)),
            };
            let refused = step.clone().advance(wrong).err();
            assert_eq!(refused, Some(ErrorCode::VerificationInvalid));
            match step.clone().advance(right) {
                Ok(after) => step = after,
                Err(error) => assert_eq!(
                    (status, error),
                    (&Now::Complete, ErrorCode::VerificationInvalid)
                ),
            }
        }
        assert_eq!(step.status, Now::Complete);
    }
}

#[test]
fn a_sign_up_is_complete_only_when_all_is_given_and_proved() {
    let requirements = Requirements {
        required: vec![Field::EmailAddress, Field::Password],
        email_strategies: vec![Strategy::EmailCode],
        ..Requirements::default()
    };
    let fresh = SignUp::new(SignUpId::from_random([0; 26]), requirements, LATER);
    let filled = |email: &str, has_password| {
        SignUpEvent::Filled(Box::new(Filled {
            email_address: Some(email.to_owned()),
            has_password,
            ..Filled::default()
        }))
    };
    let verified = || SignUpEvent::Verified(Verified::EmailAddress);
    let completed = || SignUpEvent::Completed {
        user: UserId::from_random([0; 26]),
        session: SessionId::from_random([0; 26]),
    };
    assert_eq!(
        fresh.clone().advance(verified()).err(),
        Some(ErrorCode::VerificationInvalid)
    );
    let half = fresh.advance(filled("a@example.com", false)).unwrap();
    assert_eq!(half.missing_fields, [Field::Password]);
    let half = half.advance(verified()).unwrap();
    assert!(!half.is_ready());
    let ready = half.advance(filled("a@example.com", true)).unwrap();
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
    let factor = Factor::to_email(
        Strategy::EmailCode,
        EmailAddressId::from_random([7; 26]),
        "a***@example.com".to_owned(),
    );
    let mut sign_in = fresh_sign_in();
    sign_in.supported_first_factors = vec![factor, Factor::of(Strategy::Password)];
    let value = serde_json::to_value(&sign_in).unwrap();
    assert_eq!(value["object"], "sign_in_attempt");
    assert_eq!(SignIn::read(&value).as_ref(), Some(&sign_in));
    assert_eq!(serde_json::from_value::<SignIn>(value).unwrap(), sign_in);
}
