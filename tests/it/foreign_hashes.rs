//! Users who bring a password that other software hashed, an authenticator app and backup codes.

use std::time::{Duration, Instant};

use frontdesk_client::Value;
use frontdesk_protocol::{ErrorCode, SignInStatus, UserId};
use serde_json::json;
use totp_rs::Builder;

use crate::backend::{Backend, about, text};
use crate::site::{PASSWORD, Site, at, fresh_email, on_sites, on_sites_with, refusal};

/// What everything here is a hash of.
const THEIRS: &str = "correct horse battery staple \u{e9}";
const BCRYPT: &str = "$2b$05$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2";

/// One of each kind, as `foreign/tests.rs` has them.
const HASHES: &[(&str, &str)] = &[
    (
        "bcrypt_sha256_django",
        "bcrypt_sha256$$2b$04$ivRYHTmvUGxeU8QhCr5Awu9nLyunn.ZFY0bJdVo6F34QLwSeRIyJu",
    ),
    (
        "argon2id",
        "$argon2id$v=19$m=1024,t=2,p=2$0raVLHSIO0TlUJzR5K3DhA$AiWyL6QVmac3upankaxQSAMuEHWEBDeo2jHfdC3t10Q",
    ),
    (
        "argon2i",
        "$argon2i$v=19$m=512,t=3,p=1$ExNCGVTkvUk+2ksAMkL+lw$Wpx6sPLOc33PCgIc0vQZuM2Nji5Y8HVFKJ218omyDlE",
    ),
    (
        "scrypt",
        "$scrypt$ln=10,r=8,p=1$S19dbJ2odbx0ee5lslcGYQ$7ODJ4KGnQq/soEqyez3uggcPs9E6qtkoSbRtnxF3G9w",
    ),
    (
        "scrypt",
        "$scrypt$ln=9,r=8,p=1$/5/TWkspRWjNWWuN8R7DGA$H//uRsCGXRWHKEVMzXC5mP6+imTtZ4cY2kURd6tERUI",
    ),
    (
        "scrypt_werkzeug",
        "scrypt:1024:8:1$fZT5ovj8shJDJ6ns$1f5a0650ee0cd644772c958d0d82c7255913ebc09555599dd0c3584e9aeb35f8a6b78735b1131433e05883ea3198d39cc9a532944b046b19f2daad0b16149314",
    ),
    (
        "pbkdf2_sha1",
        "pbkdf2_sha1$1000$saltsalt$8691f838d7443157745e83980f42de1bcf5ff5a3",
    ),
    (
        "pbkdf2_sha1",
        "pbkdf2_sha1$1000$saltsalt$8691f838d7443157745e83980f42de1bcf5ff5a3c1cbde01d3a441bd5217b10b$32",
    ),
    (
        "pbkdf2_sha256",
        "pbkdf2_sha256$2000$S19dbJ2odbx0ee5lslcGYQ==$iUumS2ZMPhRulN91tgUp8qrCF1Arrh+ZFkf+y45bXD8=",
    ),
    (
        "pbkdf2_sha256_django",
        "pbkdf2_sha256$3000$seasalt$3FBzg/jDQamBDuBzUlD9rmRw897+JdWOVb9FMhjrTM4=",
    ),
    (
        "pbkdf2_sha512",
        "pbkdf2_sha512$1500$saltsalt$4119d9398f33f9c100db805fd5184fe17dc7bd28c25d3b98d2edd946269400bbff3602100b01f56141d091838a0e065e3b0446d102ecaaca3c7040060fdf25e5",
    ),
    (
        "pbkdf2_sha512_hex",
        "pbkdf2_sha512_hex$1500$4b5f5d6c9da875bc7479ee65b2570661$d772fedaa4272c99c9269c43959864a781188b2fa3e5d89b8d66d5a22d260f2ceee507c9acb1a3cb093c0f48b9a9d1e5931eac97f026a44b5581b15e9b39d5db",
    ),
    ("phpass", "$P$66FoxpTG73c5PndfgiY//KWvswgcDU1"),
    ("phpass", "$H$6HHrQu0Prnc7y98gQpw.wkTnofLiPE0"),
    ("md5", "993a8b444dc7dcec017df34001e8d923"),
    ("md5_salted", "pepper$c442ca332526ad6591e7cb3cb7396414"),
    ("md5_phpass", "U$P$7mZKSArKMvAcgN7OCYZLhHm04W3h2S0"),
    (
        "sha256",
        "4e2ca441a9aaaaca0db4bf467fb8cec343a67e5bb7afd3a634e1a1b408aec059",
    ),
    (
        "sha256_salted",
        "pepper$cb2ada7663a0be224a71061a05335ddfb0ceb776efd7ffa6da7f27e271777542",
    ),
    ("ldap_ssha", "{SSHA}j+Xr3j9ucjSkyUvkHXl6P9KEh5/qvVcq"),
    (
        "ldap_ssha",
        "{SSHA256}9D3+RdFZT7tjkf+n3UG+G8FSJQmg34iYCSMsNkHglOr1/n/PWYuxNg==",
    ),
    (
        "ldap_ssha",
        "{SSHA512}8w2dnxAAm9NI4q81JlW9uQiiBKFejUkDcLq37mnG6XS/NGwKZqUVLoSdkCWNdUfUNZdJdpww7RlnR8Ttl7l9xJjTGkNIScmZ",
    ),
    (
        "sha512_symfony",
        "sha512_symfony$5000$sea$3JD0VOJY3tWb6u7PldodLCF0oiGeF3vZ20ga05ZyrrZVHxRCMER0e3uvoE698FJ1jahCh1A/2Hl5YdJW9MiXiQ==",
    ),
    (
        "django",
        "pbkdf2_sha256$1000$seasalt$uPNvHm1x34bcytmbJkdxMve/igvH6JMvy7eVJDJdaUo=",
    ),
    (
        "django",
        "pbkdf2_sha1$1000$seasalt$qgXLDbIycnela9qeeMkSjbPl/0s=",
    ),
    (
        "django",
        "argon2$argon2id$v=19$m=1024,t=2,p=1$YzdMZU1mcTVtb2N4RWNxWkJocmJCcw$7bxDsxXy9+f8Xx79iLfnHe/t0xXn/KxAQeCi2/pFmVI",
    ),
    (
        "django",
        "bcrypt_sha256$$2b$04$VwQlrzpJrVXJz750xtjCeOFxNTaqYm.Ig3h5Lo60nJd8Xq/jT62im",
    ),
    (
        "django",
        "bcrypt$$2b$04$JbZgC3Q2jzYxmjgMOe30xOFZy7RwrOo9JR1.NkETWlCVaWGbvwX1S",
    ),
    (
        "django",
        "scrypt$1024$seasalt$8$5$AMazEo6wZkkfw7SCPg3LBCTdhyM1vGhFZyqx0iZJYVHn4hsP6KpCvaYap6NdHpj6bDTUFa9oMplvO8gPooTaAg==",
    ),
    ("django", "md5$seasalt$2e4de3a5ecbc1886265d0b202e4d281f"),
    (
        "django",
        "sha1$seasalt$183e394a8bb70de20c071b9b05115c8c0a006872",
    ),
    ("bcrypt", BCRYPT),
    (
        "scrypt_firebase",
        "FzGbQ4WRgOtr1eXJdnFudsHdpr9GkT8wmTESu1CBz0Im0V7xAME32xoqfv8cUk/5UIa4wZZAUlobQa+xsVbjPw==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$10",
    ),
];

async fn bring(backend: &Backend, hasher: &str, digest: &str, more: Value) -> (String, Value) {
    let email = fresh_email();
    let mut user = json!({
        "email_address": [email], "password_hasher": hasher, "password_digest": digest,
    });
    for (name, value) in more.as_object().unwrap() {
        user[name] = value.clone();
    }
    let made = backend.post("/users", user).await;
    (email, made)
}

/// The stored hash of a user's password, unsealed.
async fn stored(site: &Site, user: &Value) -> String {
    let id = UserId::parse(&text(user, "id")).unwrap();
    let sealed = site.app.store.credential(&id, "password").await.unwrap();
    String::from_utf8(site.app.seal.open("password", &sealed.unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn whoever_brings_a_hash_signs_in_by_its_password_and_has_one_of_ours_then() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        for (hasher, digest) in HASHES {
            let (email, user) = bring(&backend, hasher, digest, json!({})).await;
            assert_eq!(user["password_enabled"], true);
            assert!(!user.to_string().contains(digest), "{hasher} is told");
            let before = stored(&site, &user).await;
            assert!(before.starts_with('{'), "{hasher}");
            let wrong = refusal(site.browser().sign_in(&email, "wrong").await);
            assert_eq!(wrong, at(ErrorCode::FormPasswordIncorrect, "password"));
            assert_eq!(stored(&site, &user).await, before, "{hasher}");
            let done = site.browser().sign_in(&email, THEIRS).await.unwrap();
            assert_eq!(done.status, SignInStatus::Complete, "{hasher}");
            let after = stored(&site, &user).await;
            assert!(after.starts_with("$argon2id$"), "{hasher}: {after}");
            let again = site.browser().sign_in(&email, THEIRS).await.unwrap();
            assert_eq!(again.status, SignInStatus::Complete, "{hasher}");
            let wrong = refusal(site.browser().sign_in(&email, "wrong").await);
            assert_eq!(wrong, at(ErrorCode::FormPasswordIncorrect, "password"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_can_be_guessed_fast_does_not_lie_in_the_database() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let digest = "993a8b444dc7dcec017df34001e8d923";
        let (_, user) = bring(&backend, "md5", digest, json!({})).await;
        let kept = stored(&site, &user).await;
        // 0x99 0x3a 0x8b begins with these in base 64.
        assert!(!kept.contains(digest) && !kept.contains("mTqL"), "{kept}");
        assert!(kept.contains("$argon2id$"), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn a_hash_that_cannot_be_checked_makes_nobody() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let dear = BCRYPT.replace("$05$", "$15$");
        for (hasher, digest, code, field) in [
            (json!("rot13"), BCRYPT, "form_param_value_invalid", "password_hasher"),
            (json!(null), BCRYPT, "form_param_nil", "password_hasher"),
            (json!("bcrypt"), dear.as_str(), "form_param_format_invalid", "password_digest"),
            (json!("bcrypt"), "$2b$05$", "form_param_format_invalid", "password_digest"),
            (json!("md5"), "", "form_param_format_invalid", "password_digest"),
        ] {
            let email = fresh_email();
            let user = json!({ "email_address": [email], "password_hasher": hasher, "password_digest": digest });
            assert_eq!(backend.refused("POST", "/users", user).await, about(code, field));
            let found = backend.get(&format!("/users?email_address={email}")).await;
            assert_eq!(found, json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn an_app_and_backup_codes_are_brought_and_asked_for() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        // The bcrypt hash of "old-code-77", made by Python's bcrypt.
        let hashed = "$2b$04$gLfc75eMq41FD42i2CAb7eVUtF/M/1kRKTKT9PyVBCmC6M0I9kzeS";
        let more = json!({
            "totp_secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "backup_codes": ["plain-code-1", "PLAIN code 2", hashed],
        });
        let (email, user) = bring(&backend, "bcrypt", BCRYPT, more).await;
        assert_eq!(user["totp_enabled"], true);
        assert_eq!(user["backup_code_enabled"], true);
        assert_eq!(user["two_factor_enabled"], true);
        let secret = b"Hello!\xde\xad\xbe\xefHello!\xde\xad\xbe\xef".to_vec();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        let now_s = u64::try_from(site.clock.now().as_s()).unwrap();
        let code = totp.generate(now_s);
        for (strategy, code, is_right) in [
            ("totp", "000000", false),
            ("totp", code.to_string().as_str(), true),
            ("backup_code", "plaincode1", true),
            ("backup_code", "plaincode1", false),
            ("backup_code", "Plain-Code-2", true),
            ("backup_code", "old-code-78", false),
            ("backup_code", "old-code-77", true),
            ("backup_code", "old-code-77", false),
        ] {
            let browser = site.browser();
            let half = browser.sign_in(&email, THEIRS).await.unwrap();
            assert_eq!(half.status, SignInStatus::NeedsSecondFactor);
            let path = format!("/v1/client/sign_ins/{}/attempt_second_factor", half.id);
            let fields = [("strategy", strategy), ("code", code)];
            let (status, _) = browser.submit(&path, &fields).await;
            assert_eq!(status == 200, is_right, "{strategy} {code}: {status}");
        }
        let short = json!({ "email_address": [fresh_email()], "totp_secret": "JBSWY3DP" });
        let refused = backend.refused("POST", "/users", short).await;
        assert_eq!(refused, about("form_param_format_invalid", "totp_secret"));
        let dear = hashed.replace("$04$", "$11$");
        let dear = json!({ "email_address": [fresh_email()], "backup_codes": [dear] });
        let refused = backend.refused("POST", "/users", dear).await;
        assert_eq!(refused, about("form_param_format_invalid", "backup_codes"));
    })
    .await;
}

#[tokio::test]
async fn after_a_slow_hash_a_stranger_waits_as_long() {
    // What production hashes with at the least; the hash that is brought takes several times that.
    let toml = "password.memory_kib = 19456\npassword.passes = 2";
    on_sites_with(toml, async |site| {
        if site.app.config.options.database.starts_with("postgres") {
            // Each server learns it by itself; one is enough to see that it does.
            return;
        }
        let backend = Backend::new(&site).await;
        let slow = BCRYPT.replace("$05$", "$11$");
        let (email, _) = bring(&backend, "bcrypt", &slow, json!({})).await;
        let mut times = [Duration::MAX; 2];
        for _ in 0..3 {
            for (place, email) in [email.clone(), fresh_email()].iter().enumerate() {
                let began = Instant::now();
                refusal(site.browser().sign_in(email, "wrong").await);
                times[place] = times[place].min(began.elapsed());
            }
        }
        let [known, unknown] = times;
        assert!(unknown * 4 > known * 3, "{known:?} and {unknown:?}");
        assert!(unknown < Duration::from_secs(3), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn a_slow_hash_leaves_others_their_turn() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let slow = BCRYPT.replace("$05$", "$11$");
        let mut owners = Vec::new();
        for _ in 0..4 {
            owners.push(bring(&backend, "bcrypt", &slow, json!({})).await.0);
        }
        let own = fresh_email();
        let user = json!({ "email_address": [own], "password": PASSWORD });
        backend.post("/users", user).await;
        let done = std::cell::Cell::new(0);
        let wrong = async |email: &String| {
            refusal(site.browser().sign_in(email, "wrong").await);
            done.set(done.get() + 1);
        };
        let ours = async {
            tokio::task::yield_now().await;
            site.browser().sign_in(&own, PASSWORD).await.unwrap();
            done.get()
        };
        let [a, b, c, d] = &owners[..] else {
            unreachable!()
        };
        let (.., before) = tokio::join!(wrong(a), wrong(b), wrong(c), wrong(d), ours);
        assert!(before < 4, "ours came after all of them");
    })
    .await;
}
