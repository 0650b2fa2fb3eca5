//! The ground holds: on SQLite always, and on PostgreSQL where `FRONTDESK_TEST_POSTGRES` names one.

use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{
    Email, EmailAddressId, ErrorCode, Password, PasswordSettings, Secret, Timestamp, UserId,
};

use crate::chance::{Chance, Clock};
use crate::error::{Error, status};
use crate::hash::Hasher;
use crate::mail::{Address, Letter, Mail};
use crate::seal::Seal;
use crate::store::{
    Budget, Cause, Code, NewAddress, NewUser, Purpose, SealedMail, Sending, Sent, Spend, Store,
    Told, Tried,
};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// When codes issued now have just ended.
const LATER: Timestamp = NOW.plus_s(600);

async fn stores(folder: &tempfile::TempDir) -> Vec<Store> {
    let path = folder.path().join("frontdesk.sqlite");
    let mut stores = vec![
        Store::open(&format!("sqlite:{}", path.display()))
            .await
            .unwrap(),
    ];
    if let Ok(url) = std::env::var("FRONTDESK_TEST_POSTGRES") {
        stores.push(Store::open(&url).await.unwrap());
    }
    stores
}

/// Sends a code about an address that a user added.
async fn consume(store: &Store, code: &Code, hash: &str, now: Timestamp) -> anyhow::Result<bool> {
    let spend = Spend::Code(code.clone(), hash.to_owned());
    store.consume(&[spend], now).await
}

async fn issue(store: &Store, code: &Code, hash: &str, now: Timestamp) -> Sent {
    let chance = Chance::System;
    let cause = Cause::new(now, "127.0.0.1", &chance);
    let sending = Sending {
        code,
        address: "a@example.com",
        hash,
        resend_at: now.plus_s(30),
        expires_at: now.plus_s(600),
        mail: SealedMail(None),
        told: Told::EmailAddress(&code.subject, "null"),
    };
    store.send_code(&sending, cause).await.unwrap()
}

/// The id of an address that somebody new has yet to prove.
async fn address(store: &Store) -> String {
    let chance = Chance::System;
    let cause = Cause::new(NOW, "127.0.0.1", &chance);
    let user = UserId::from_random(chance.bytes().unwrap());
    let [first, second] = [(); 2].map(|()| EmailAddressId::from_random(chance.bytes().unwrap()));
    let email = format!("{}@example.com", chance.code().unwrap().expose());
    let new = NewUser {
        email: Some(NewAddress {
            id: first.as_str(),
            text: &[user.as_str(), "@example.com"].concat(),
            verification: "null",
        }),
        ..NewUser::of(&user)
    };
    assert!(store.create_user(&new, cause).await.unwrap());
    assert!(
        store
            .create_email_address(&user, &second, &email, 10, cause)
            .await
            .unwrap()
    );
    second.into()
}

#[tokio::test]
async fn a_code_works_only_once_even_for_two_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores(&folder).await {
        for _ in 0..20 {
            let subject = address(&store).await;
            let code = Code {
                purpose: Purpose::EmailAddress,
                subject: subject.clone(),
                client: "client_a".to_owned(),
            };
            assert_eq!(issue(&store, &code, "hash", NOW).await, Sent::Done);
            let (one, other) = tokio::join!(
                consume(&store, &code, "hash", NOW),
                consume(&store, &code, "hash", NOW)
            );
            assert_eq!(u8::from(one.unwrap()) + u8::from(other.unwrap()), 1);
            assert_eq!(store.try_code(&code, NOW).await.unwrap(), Tried::Unknown);
        }
    }
}

#[tokio::test]
async fn a_code_serves_no_other_purpose_browser_or_time() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores(&folder).await {
        let subject = address(&store).await;
        let code = Code {
            purpose: Purpose::EmailAddress,
            subject: subject.clone(),
            client: "client_a".to_owned(),
        };
        assert_eq!(issue(&store, &code, "hash", NOW).await, Sent::Done);
        let elsewhere = [
            Code {
                purpose: Purpose::SignUpEmail,
                ..code.clone()
            },
            Code {
                client: "client_b".to_owned(),
                ..code.clone()
            },
            Code {
                subject: "sia_other".to_owned(),
                ..code.clone()
            },
        ];
        for other in elsewhere {
            assert_eq!(store.try_code(&other, NOW).await.unwrap(), Tried::Unknown);
            assert!(!consume(&store, &other, "hash", NOW).await.unwrap());
        }
        assert_eq!(store.try_code(&code, LATER).await.unwrap(), Tried::Expired);
        assert!(!consume(&store, &code, "hash", LATER).await.unwrap());
        assert!(consume(&store, &code, "hash", NOW).await.unwrap());
    }
}

#[tokio::test]
async fn five_tries_are_counted_and_a_new_code_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores(&folder).await {
        let subject = address(&store).await;
        let code = Code {
            purpose: Purpose::EmailAddress,
            subject: subject.clone(),
            client: "client_a".to_owned(),
        };
        assert_eq!(issue(&store, &code, "hash", NOW).await, Sent::Done);
        for turn in 1..=5 {
            let tried = store.try_code(&code, NOW).await.unwrap();
            assert_eq!(
                tried,
                Tried::Counted {
                    hash: "hash".to_owned(),
                    is_last: turn == 5
                }
            );
        }
        assert_eq!(store.try_code(&code, NOW).await.unwrap(), Tried::Exhausted);
        assert_eq!(
            issue(&store, &code, "next", NOW).await,
            Sent::TooEarly(NOW.plus_s(30))
        );
        assert_eq!(
            issue(&store, &code, "next", NOW.plus_s(30)).await,
            Sent::Done
        );
        assert!(!consume(&store, &code, "hash", NOW).await.unwrap());
        assert!(consume(&store, &code, "next", NOW).await.unwrap());
    }
}

#[tokio::test]
async fn a_limit_is_kept_until_its_window_ends() {
    let folder = tempfile::tempdir().unwrap();
    for store in stores(&folder).await {
        let key = Chance::System.token().unwrap().expose().clone();
        let budget = [Budget {
            key,
            most: 3,
            window_s: 60,
        }];
        for _ in 0..3 {
            assert_eq!(store.count_use(&budget, NOW).await.unwrap(), None);
        }
        assert_eq!(store.count_use(&budget, NOW).await.unwrap(), Some(61));
        let after = NOW.plus_s(60);
        assert_eq!(store.count_use(&budget, after).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_database_is_opened_again_as_it_was_and_by_two_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("twice.sqlite").display());
    let (one, other) = tokio::join!(Store::open(&url), Store::open(&url));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one.is_ready().await && other.is_ready().await);
    one.close().await;
    other.close().await;
    assert!(!one.is_ready().await);
    assert!(Store::open(&url).await.unwrap().is_ready().await);
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_database_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("private.sqlite");
    Store::open(&format!("sqlite:{}", path.display()))
        .await
        .unwrap();
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_password_is_recognised_and_no_other_is() {
    let chance = Chance::System;
    let hasher = Hasher::new(1024, 1, &chance).unwrap();
    let settings = PasswordSettings {
        min_length: 8,
        max_length: 128,
        ..PasswordSettings::BLANK
    };
    let password = Password::parse("correct horse battery staple", &settings).unwrap();
    let hash = hasher.hash(&password, &chance).await.unwrap();
    let right = Secret::from("correct horse battery staple");
    assert!(hash.starts_with("$argon2id$"));
    assert!(hasher.verify(&right, Some(&hash)).await.unwrap());
    assert!(
        !hasher
            .verify(&Secret::from("another"), Some(&hash))
            .await
            .unwrap()
    );
    assert!(!hasher.verify(&right, None).await.unwrap());
    assert!(
        !hasher
            .verify(&Secret::new("x".repeat(513)), Some(&hash))
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn beyond_the_queue_hashing_is_refused_at_once() {
    let chance = Chance::System;
    let hasher = Hasher::new(19456, 2, &chance).unwrap();
    let tries: Vec<_> = (0..200)
        .map(|_| {
            let hasher = hasher.clone();
            tokio::spawn(async move { hasher.verify(&Secret::from("a password"), None).await })
        })
        .collect();
    let mut busy = 0;
    for one in tries {
        if matches!(one.await.unwrap(), Err(Error::Busy(_))) {
            busy += 1;
        }
    }
    assert!(busy > 0, "200 at once were all let in");
}

#[test]
fn what_is_sealed_opens_for_its_purpose_alone() {
    let chance = Chance::System;
    let seal = Seal::new(&Secret::from("a secret")).unwrap();
    let sealed = seal.seal("mail", b"hello", &chance).unwrap();
    assert_eq!(seal.open("mail", &sealed).unwrap(), b"hello");
    assert!(seal.open("key", &sealed).is_err());
    assert!(seal.open("mail", &sealed[1..]).is_err());
    let other = Seal::new(&Secret::from("another secret")).unwrap();
    assert!(other.open("mail", &sealed).is_err());
    assert_ne!(
        seal.recognise("code", "424242"),
        seal.recognise("decoy", "424242")
    );
}

#[test]
fn codes_have_six_digits_and_time_stands_still() {
    let chance = Chance::System;
    for _ in 0..100 {
        let code = chance.code().unwrap();
        assert!(
            code.expose().len() == 6 && code.expose().bytes().all(|byte| byte.is_ascii_digit())
        );
    }
    let clock = Clock::fixed(NOW);
    clock.advance_s(5);
    assert_eq!(clock.now(), NOW.plus_s(5));
}

#[test]
fn chance_is_the_same_for_the_same_seed_and_never_for_the_machine() {
    let draw = |chance: &Chance| [0; 3].map(|_| chance.token().unwrap().expose().clone());
    let first = draw(&Chance::seeded(7));
    assert_eq!(first, draw(&Chance::seeded(7)));
    assert!(first[0] != first[1] && first[1] != first[2]);
    assert_ne!(draw(&Chance::System), draw(&Chance::System));
}

#[test]
fn a_fault_of_ours_is_never_a_sign_out() {
    for code in ErrorCode::ALL {
        let is_sign_out = status(*code).as_u16() == 401;
        assert_eq!(
            is_sign_out,
            *code == ErrorCode::AuthenticationInvalid,
            "{code:?}"
        );
    }
}

#[test]
fn a_letter_speaks_the_persons_language_and_its_code_can_be_copied() {
    let mail = |locale: &str| Mail {
        to: Address::Email(Email::parse("Ada@Example.com").unwrap()),
        locale: Some(locale.to_owned()),
        letter: Letter::Code {
            code: Secret::from("314159"),
        },
    };
    let english = mail("en-GB").write("Lab <1>", "id.example");
    assert_eq!(english.subject, "314159 is your Lab <1> code");
    assert!(english.text.contains("\n\n314159\n\n"));
    assert!(english.html.contains("Lab &lt;1&gt;") && !english.html.contains("Lab <1>"));
    let arabic = mail("ar").write("Lab", "id.example");
    assert!(
        arabic
            .html
            .starts_with("<!doctype html><html lang=\"ar\" dir=\"rtl\">")
    );
    assert_ne!(
        arabic.subject,
        mail("fr").write("Lab", "id.example").subject
    );
}
