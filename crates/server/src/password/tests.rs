//! Weak passwords are told, leaked ones are found, and nobody else is bothered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::time::Instant;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::get;
use frontdesk_protocol::Timestamp;
use tokio::net::TcpListener;

use super::breach::{Breached, hash_of_line, key, key_of_hash};
use super::{Broken, Leaks, Ranges, Rules, Suggestion, Warning, check, strength};
use crate::config::password::Passwords;
use crate::fetch::{Fetch, Reach};

const NOW: Timestamp = Timestamp(1_800_000_000_000);
/// SHA-1: A9993E364706816ABA3E25717850C26C9CD0D89D.
const LEAKED: &str = "abc";

#[test]
fn common_passwords_are_weak_and_long_ones_strong() {
    let weak = strength("password", &[]);
    assert_eq!((weak.score, weak.warning), (0, Some(Warning::TopTen)));
    assert!(weak.suggestions.contains(&Suggestion::AnotherWord));
    let row = strength("qwertyuiop[]", &[]).warning;
    assert!(matches!(
        row,
        Some(Warning::StraightRow | Warning::SimilarToCommon)
    ));
    assert_eq!(
        strength("aaaaaaaaaaaaaa", &[]).warning,
        Some(Warning::SimpleRepeat)
    );
    let strong = strength("plinth gravel oboe tuesday", &[]);
    assert_eq!((strong.score, strong.warning), (4, None));
    assert!(strong.suggestions.is_empty());
    assert_eq!(strength("", &[]).score, 0);
}

#[test]
fn ones_own_name_makes_a_password_weaker() {
    let stranger = strength("zorvalinquist", &[]);
    let own = strength("zorvalinquist", &["zorvalinquist@example.com", "Zo"]);
    assert!(own.score < stranger.score);
    assert_eq!(own.warning, Some(Warning::UserInputs));
}

#[test]
fn each_word_is_named_once() {
    let warnings: Vec<&str> = Warning::ALL.iter().map(|word| word.as_str()).collect();
    let suggestions: Vec<&str> = Suggestion::ALL.iter().map(|word| word.as_str()).collect();
    for words in [warnings, suggestions] {
        for (place, word) in words.iter().enumerate() {
            assert!(!words[..place].contains(word), "{word}");
            let is_snake = |letter: u8| letter.is_ascii_lowercase() || b"_3".contains(&letter);
            assert!(word.bytes().all(is_snake), "{word}");
        }
    }
}

#[test]
fn strength_is_told_in_time() {
    let about = ["alice.liddell@example.com", "Alice", "Liddell"];
    let worst = "@l1ce".repeat(400);
    // Beyond the cap a password costs no more; the cap itself is what is measured.
    let most: String = worst.chars().take(100).collect();
    assert_eq!(strength(&worst, &about), strength(&most, &about));
    let symbols = "%<4{96|![$2378(@1+05".repeat(20);
    let ordinary = ["Tr0ub4dor&3x", "correct horse battery staple"];
    for password in ordinary.into_iter().chain([&*worst, &*symbols]) {
        let start = Instant::now();
        for _ in 0..3 {
            strength(password, &about);
        }
        let each = start.elapsed() / 3;
        eprintln!("{} characters: {each:?}", password.len().min(100));
        // Unoptimised and on a busy machine; without its bounds the last would take half a minute.
        assert!(each.as_secs() < 5, "{each:?}");
    }
}

#[test]
fn rules_of_composition_are_told_all_at_once() {
    let all = Rules {
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_special_char: true,
        allowed_special_characters: "!?",
    };
    let every = vec![
        Broken::RequireLowercase,
        Broken::RequireUppercase,
        Broken::RequireNumbers,
        Broken::RequireSpecialChar,
    ];
    assert_eq!(check("", &all), Err(every));
    assert_eq!(
        check("Abcdef1#", &all),
        Err(vec![Broken::RequireSpecialChar])
    );
    assert_eq!(check("Abcdef1!", &all), Ok(()));
    assert_eq!(check("Éàü٣?", &all), Ok(()));
    assert_eq!(check("كلمة", &Rules::default()), Ok(()));
}

#[test]
fn common_leaked_passwords_are_found() {
    let breached = Breached::bundled().unwrap();
    for leaked in [
        "password",
        "12345678",
        "iloveyou",
        "qwertyuiop",
        "football",
        "Password1",
    ] {
        assert!(breached.is_breached(leaked), "{leaked}");
    }
    for fresh in [
        "plinth gravel oboe tuesday",
        "zorvalinquist-83",
        "تفاح أزرق يطير ليلا",
    ] {
        assert!(!breached.is_breached(fresh), "{fresh}");
    }
}

#[test]
fn hardly_any_other_password_is_taken_for_a_leaked_one() {
    let breached = Breached::bundled().unwrap();
    // The filter's promise is one in 65 536, so about 8 of these; 30 would be a broken filter.
    let taken = (0..500_000)
        .filter(|number| breached.is_breached(&format!("nobody's choice {number}")))
        .count();
    assert!(taken < 30, "{taken} of 500 000");
}

#[test]
fn a_filter_survives_its_file_and_damage_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.filter");
    for words in [
        &["one"][..],
        &["one", "two", "two"],
        &["one", "two", "drei", "quatre"],
    ] {
        let keys = words.iter().map(|word| key(word)).collect();
        std::fs::write(&path, Breached::build(keys).unwrap().to_bytes()).unwrap();
        let breached = Breached::open(&path).unwrap();
        assert!(words.iter().all(|word| breached.is_breached(word)));
        assert!(!breached.is_breached("another"));
    }
    let bytes = std::fs::read(&path).unwrap();
    for damaged in [
        &b""[..],
        b"fdleaks1",
        &bytes[..bytes.len() - 1],
        &bytes[1..],
    ] {
        std::fs::write(&path, damaged).unwrap();
        assert!(Breached::open(&path).is_err());
    }
    let mut segments = bytes.clone();
    segments[16] ^= 1;
    assert!(Breached::parse(&segments).is_err());
    assert!(Breached::build(Vec::new()).is_err());
    assert!(Breached::open(&folder.path().join("none")).is_err());
}

#[test]
fn words_and_hashes_have_the_same_key() {
    let line = "a9993e364706816aba3e25717850c26c9cd0d89d:17";
    assert_eq!(
        hash_of_line(line).map(|hash| key_of_hash(&hash)),
        Some(key(LEAKED))
    );
    for other in [
        "",
        "abc",
        "g9993e364706816aba3e25717850c26c9cd0d89d",
        "12345:6",
    ] {
        assert_eq!(hash_of_line(other), None);
    }
}

/// A service of ranges that counts how often it is asked and answers as it is told to.
struct Service {
    url: String,
    asked: Arc<AtomicUsize>,
    status: Arc<AtomicU16>,
}

impl Service {
    async fn start() -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let status = Arc::new(AtomicU16::new(200));
        let (counter, told) = (Arc::clone(&asked), Arc::clone(&status));
        let answer = move |Path(prefix): Path<String>, headers: HeaderMap| async move {
            counter.fetch_add(1, Ordering::SeqCst);
            assert_eq!(headers["add-padding"], "true");
            assert_eq!(prefix.len(), 5);
            // The second line is padding, and would otherwise make `abd` a leaked password.
            let body = match prefix.as_str() {
                "A9993" => "E364706816ABA3E25717850C26C9CD0D89D:17\r\n",
                "CB4CC" => "28DF0FDBE0ECF9D9662E294B118092A5735:0\r\n",
                _ => "0018A45C4D1DEF81644B54AB7F969B88D65:0\r\n",
            };
            (
                StatusCode::from_u16(told.load(Ordering::SeqCst)).unwrap(),
                body,
            )
        };
        let router = Router::new().route("/range/{prefix}", get(answer));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/range/", listener.local_addr().unwrap());
        tokio::spawn(crate::serve::serve(
            listener,
            router,
            16,
            std::future::pending(),
        ));
        Self { url, asked, status }
    }

    fn ranges(&self) -> Ranges {
        Ranges::new(&self.url, Fetch::new(Reach::Anywhere).unwrap())
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn a_service_is_told_five_digits_and_asked_once_a_day() {
    let service = Service::start().await;
    let ranges = service.ranges();
    assert_eq!(ranges.is_breached(LEAKED, NOW).await, Some(true));
    assert_eq!(
        ranges.is_breached(LEAKED, NOW.plus_s(86_399)).await,
        Some(true)
    );
    assert_eq!(service.asked(), 1);
    assert_eq!(
        ranges.is_breached(LEAKED, NOW.plus_s(86_400)).await,
        Some(true)
    );
    assert_eq!(service.asked(), 2);
    assert_eq!(
        ranges.is_breached("nobody's choice", NOW).await,
        Some(false)
    );
}

#[tokio::test]
async fn what_pads_an_answer_is_no_leak() {
    let service = Service::start().await;
    assert_eq!(service.ranges().is_breached("abd", NOW).await, Some(false));
}

#[tokio::test]
async fn a_service_that_does_not_answer_keeps_nobody_out() {
    let service = Service::start().await;
    service.status.store(503, Ordering::SeqCst);
    let ranges = service.ranges();
    assert_eq!(ranges.is_breached(LEAKED, NOW).await, None);
    service.status.store(200, Ordering::SeqCst);
    assert_eq!(ranges.is_breached(LEAKED, NOW).await, Some(true));
    let gone = Ranges::new(
        "http://127.0.0.1:9/range",
        Fetch::new(Reach::Anywhere).unwrap(),
    );
    assert_eq!(gone.is_breached(LEAKED, NOW).await, None);
}

#[tokio::test]
async fn only_so_many_ranges_are_kept() {
    let service = Service::start().await;
    let ranges = service.ranges();
    for number in 0..200_i64 {
        ranges
            .is_breached(&format!("nobody's choice {number}"), NOW.plus_s(number))
            .await;
    }
    assert_eq!(ranges.count(), 128);
}

#[tokio::test]
async fn settings_say_where_leaks_are_looked_for() {
    let service = Service::start().await;
    let fetch = Fetch::new(Reach::Anywhere).unwrap();
    let mut settings = Passwords::default();
    let listed = Leaks::open(&settings, &fetch).unwrap();
    assert!(listed.know("password", NOW).await);
    assert!(!listed.know(LEAKED, NOW).await);
    settings.hibp_url = Some(service.url.clone());
    let asking = Leaks::open(&settings, &fetch).unwrap();
    assert!(asking.know("password", NOW).await && service.asked() == 0);
    assert!(asking.know(LEAKED, NOW).await);
    settings.disable_hibp = true;
    let off = Leaks::open(&settings, &fetch).unwrap();
    assert!(!off.know("password", NOW).await && !off.know(LEAKED, NOW).await);
    settings.disable_hibp = false;
    settings.breached_filter = Some("no/such/filter".into());
    let error = Leaks::open(&settings, &fetch).unwrap_err();
    assert!(format!("{error:#}").starts_with("password.breached_filter no/such/filter"));
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    assert!(Passwords::default().check().is_ok());
    assert!(Passwords::default().check_for_production().is_ok());
    let wrong: [fn(&mut Passwords); 5] = [
        |settings| settings.min_length = 0,
        |settings| settings.max_length = 129,
        |settings| settings.min_zxcvbn_strength = 5,
        |settings| settings.hibp_url = Some("range".to_owned()),
        |settings| {
            settings.require_special_char = true;
            settings.allowed_special_characters.clear();
        },
    ];
    for make in wrong {
        let mut settings = Passwords::default();
        make(&mut settings);
        assert!(settings.check().is_err(), "{settings:?}");
    }
    let weak: [fn(&mut Passwords); 3] = [
        |settings| settings.min_length = 7,
        |settings| settings.passes = 1,
        |settings| settings.hibp_url = Some("http://example.com/range".to_owned()),
    ];
    for make in weak {
        let mut settings = Passwords::default();
        make(&mut settings);
        assert!(settings.check_for_production().is_err(), "{settings:?}");
    }
}
