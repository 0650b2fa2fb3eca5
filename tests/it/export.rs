//! `frontdesk export`: all users as lines, which an import reads again, on either engine.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::rc::Rc;

use frontdesk_client::Value;
use frontdesk_protocol::SignInStatus;
use frontdesk_server::chance::Clock;
use frontdesk_server::export::write;
use frontdesk_server::import::{System, sealed_by};
use serde_json::json;

use crate::backend::{Backend, text};
use crate::import::{Brought, CLERK, import};
use crate::oauth::provider::Person;
use crate::oauth::{DONE, SIGN_INS, client, signed_up, through, with_acme};
use crate::passkeys::{Device, register, sign_in};
use crate::program::binary;
use crate::second_factor::app_code;
use crate::site::{Database, NOW, PASSWORD, Site, fresh_email, on_sites};

const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const THEIRS: &str = "correct horse battery staple \u{e9}";
const BCRYPT: &str = "$2b$05$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2";
const BACKUP: &str = "$2b$04$gLfc75eMq41FD42i2CAb7eVUtF/M/1kRKTKT9PyVBCmC6M0I9kzeS";

/// What is written of all users.
async fn export(site: &Site, with_secrets: bool) -> String {
    let mut lines = Vec::new();
    write(&site.app, with_secrets, &mut lines).await.unwrap();
    String::from_utf8(lines).unwrap()
}

/// What lines say, in the order of ids whatever the engine takes for one.
fn read(lines: &str) -> Vec<Value> {
    let lines = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let mut lines: Vec<Value> = lines.collect();
    lines.sort_by_key(|it| text(it, "id"));
    lines
}

/// Brings lines to a new site of the other engine, if there is one, or else of the same.
async fn move_to_other(from: &Site, lines: &str, test: impl AsyncFnOnce(Site, Brought)) {
    move_to_other_with("", from, lines, test).await;
}

/// The same, where the settings there are those in `toml`.
async fn move_to_other_with(
    toml: &str,
    from: &Site,
    lines: &str,
    test: impl AsyncFnOnce(Site, Brought),
) {
    let folder = Rc::new(tempfile::tempdir().unwrap());
    let is_sqlite = from.app.config.options.database.starts_with("sqlite");
    let database = if is_sqlite {
        Database::create().await
    } else {
        None
    };
    let file = format!("sqlite:{}", folder.path().join("other.sqlite").display());
    let url = database.as_ref().map_or(&file, |it| &it.url);
    let site = Site::open(toml, url, Clock::fixed(NOW), &folder).await;
    let brought = import(&site, System::Frontdesk, lines, |_| ()).await;
    test(site, brought).await;
    if let Some(database) = database {
        database.remove().await;
    }
}

/// Three people: one with everything, one with a hash of other software, one who is locked out.
async fn people(site: &Site) -> String {
    let backend = Backend::new(site).await;
    let ada = json!({
        "email_address": ["ada@example.com", "countess@example.com"], "phone_number": ["+33612345678"],
        "username": "ada_l", "password": PASSWORD, "totp_secret": TOTP,
        "backup_codes": ["plain-code-1", BACKUP], "first_name": "Ada", "last_name": "Love, \"lace\"",
        "locale": "fr", "external_id": "a1", "public_metadata": { "a": [1] }, "private_metadata": { "b": {} },
        "unsafe_metadata": { "c": "\u{e9}" }, "legal_accepted_at": 1_700_000_000_000_i64,
        "created_at": 1_600_000_000_000_i64,
    });
    let ada = text(&backend.post("/users", ada).await, "id");
    let bob = json!({
        "email_address": ["bob@example.com"], "password_digest": BCRYPT, "password_hasher": "bcrypt",
    });
    backend.post("/users", bob).await;
    let fast = json!({
        "email_address": ["md5@example.com"], "password_hasher": "md5_salted",
        "password_digest": "pepper$c442ca332526ad6591e7cb3cb7396414",
    });
    backend.post("/users", fast).await;
    let eve = json!({ "email_address": ["eve@example.com"], "password": PASSWORD });
    let eve = text(&backend.post("/users", eve).await, "id");
    backend.post(&format!("/users/{eve}/lock"), json!({})).await;
    ada
}

/// How far a password leads.
async fn by(site: &Site, email: &str, password: &str) -> Option<SignInStatus> {
    let done = site.browser().sign_in(email, password).await;
    done.ok().map(|it| it.status)
}

#[tokio::test]
async fn whoever_is_exported_signs_in_elsewhere_as_before() {
    on_sites(async |site| {
        let ada = people(&site).await;
        let lines = export(&site, true).await;
        assert_eq!(lines.lines().count(), 4);
        move_to_other(&site, &lines, async |other, brought| {
            assert_eq!(
                brought.counts(),
                [4, 0, 0],
                "{} {:?}",
                brought.told,
                brought.refused
            );
            // The same file of what came as of what left.
            assert_eq!(read(&export(&other, true).await), read(&lines));
            let backend = Backend::new(&other).await;
            let there = backend.get(&format!("/users/{ada}")).await;
            for (member, value) in [
                ("external_id", json!("a1")),
                ("username", json!("ada_l")),
                ("last_name", json!("Love, \"lace\"")),
                ("private_metadata", json!({ "b": {} })),
                ("created_at", json!(1_600_000_000_000_i64)),
                ("legal_accepted_at", json!(1_700_000_000_000_i64)),
            ] {
                assert_eq!(there[member], value);
            }
            assert_eq!(
                there["email_addresses"][0]["email_address"],
                "ada@example.com"
            );
            assert_eq!(
                by(&other, "bob@example.com", THEIRS).await,
                Some(SignInStatus::Complete)
            );
            assert_eq!(
                by(&other, "md5@example.com", THEIRS).await,
                Some(SignInStatus::Complete)
            );
            assert_eq!(by(&other, "bob@example.com", PASSWORD).await, None);
            assert_eq!(by(&other, "eve@example.com", PASSWORD).await, None);
            let code = app_code(&other, TOTP, 0);
            for (strategy, code) in [
                ("totp", code.as_str()),
                ("backup_code", "plain-code-1"),
                ("backup_code", "old-code-77"),
            ] {
                let browser = other.browser();
                let half = browser.sign_in("ada@example.com", PASSWORD).await.unwrap();
                assert_eq!(half.status, SignInStatus::NeedsSecondFactor);
                let path = format!("/v1/client/sign_ins/{}/attempt_second_factor", half.id);
                let fields = [("strategy", strategy), ("code", code)];
                let (status, done) = browser.submit(&path, &fields).await;
                assert_eq!(status, 200, "{strategy}: {done}");
            }
            let again = import(&other, System::Frontdesk, &lines, |_| ()).await;
            assert_eq!(again.counts(), [0, 4, 0], "{}", again.told);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn passkeys_and_accounts_with_providers_lead_in_elsewhere() {
    const SETTINGS: &str = "passkeys.enabled = true";
    with_acme(("", SETTINGS), async |site, acme| {
        let (person, browser) = (Person::new(&fresh_email()), site.browser());
        signed_up(&browser, &acme, &person).await;
        let mut device = Device::new();
        register(&browser, &mut device).await;
        let id = client(&browser).await["sessions"][0]["user"]["id"].clone();
        let bare = export(&site, false).await;
        assert!(!bare.contains("passkeys") && !bare.contains("external_accounts"));
        let lines = export(&site, true).await;
        let settings = format!("{SETTINGS}\n{}", acme.settings("acme", ""));
        move_to_other_with(&settings, &site, &lines, async |other, brought| {
            assert_eq!(brought.counts(), [1, 0, 0], "{:?}", brought.refused);
            assert_eq!(read(&export(&other, true).await), read(&lines));
            let (status, done) = sign_in(&other.browser(), &mut device).await;
            assert_eq!(status, 200, "{done}");
            assert_eq!(done["client"]["sessions"][0]["user"]["id"], id);
            let browser = other.browser();
            assert_eq!(through(&browser, SIGN_INS, &acme, &person).await, DONE);
            assert_eq!(client(&browser).await["sessions"][0]["user"]["id"], id);
        })
        .await;
        // Where the secret is another one, the device would not know its user.
        let sealed = sealed_by(&site.app);
        let others = lines.replace(&sealed, "another");
        move_to_other_with(&settings, &site, &others, async |other, brought| {
            assert!(brought.told.contains("1 have passkeys"), "{}", brought.told);
            let (status, refused) = sign_in(&other.browser(), &mut device).await;
            assert_eq!(status, 422, "{refused}");
            let place = through(&other.browser(), SIGN_INS, &acme, &person).await;
            assert_eq!(place, DONE);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn without_secrets_nothing_is_told_that_somebody_proves_who_they_are_by() {
    on_sites(async |site| {
        people(&site).await;
        let lines = export(&site, false).await;
        for secret in ["$argon2", "password_hash", "totp", "backup", "sealed_by"] {
            assert!(!lines.contains(secret), "{secret}: {lines}");
        }
        let log = Backend::new(&site)
            .await
            .get("/audit_log?action=users.exported")
            .await;
        assert_eq!(log.as_array().unwrap().len(), 1);
        move_to_other(&site, &lines, async |other, brought| {
            assert_eq!(brought.counts(), [4, 0, 0], "{}", brought.told);
            assert_eq!(by(&other, "bob@example.com", THEIRS).await, None);
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn lines_come_back_as_they_are_and_bad_ones_are_refused() {
    on_sites(async |site| {
        let id = |number: u32| format!("user_{number:026}");
        let whole = json!({
            "id": id(1), "created_at": 1_600_000_000_000_i64, "banned": true,
            "last_sign_in_at": 1_650_000_000_000_i64, "password_compromised_at": 1_660_000_000_000_i64,
            "email_addresses": [
                { "email_address": "b@example.com", "verified": true },
                { "email_address": "a@example.com", "verified": false },
            ],
            "phone_numbers": [
                { "phone_number": "+33612345678", "verified": true, "second_factor": true, "default_second_factor": false },
                { "phone_number": "+33612345679", "verified": true, "second_factor": true, "default_second_factor": true },
            ],
        });
        let foreign = "{\"scheme\":{\"pbkdf2\":{\"digest\":\"sha1\",\"rounds\":2000000000,\"salt\":\"\"}},\"proof\":{\"hash\":\"\"}}";
        let addresses = json!([{ "email_address": "x@example.com", "verified": true }]);
        let here = sealed_by(&site.app);
        let mut lines = format!("{whole}\n");
        for bad in [
            json!({ "id": "auth0|1", "email_addresses": addresses }),
            json!({ "id": id(2) }),
            json!({ "id": id(3), "email_addresses": addresses, "password_hash": "$2b$05$short" }),
            json!({ "id": id(4), "email_addresses": addresses, "password_hash": foreign }),
            json!({ "id": id(5), "email_addresses": addresses, "sealed_by": "x", "backup_code_hashes": ["{}"] }),
            json!({ "id": id(7), "email_addresses": addresses, "sealed_by": here, "passkeys": [{ "id": "x", "credential": {} }] }),
            json!({ "id": id(8), "email_addresses": addresses, "external_accounts": [{ "provider": "github" }] }),
            json!({ "id": id(6), "email_addresses": [{ "email_address": "b@example.com", "verified": true }] }),
        ] {
            writeln!(lines, "{bad}").unwrap();
        }
        let brought = import(&site, System::Frontdesk, &lines, |_| ()).await;
        assert_eq!(brought.counts(), [1, 0, 8], "{:?}", brought.refused);
        assert_eq!(read(&export(&site, true).await), [whole]);
    })
    .await;
}

#[tokio::test]
async fn backup_codes_of_another_secret_stay_behind_and_are_told_of() {
    on_sites(async |site| {
        people(&site).await;
        let lines = export(&site, true).await;
        let ada = read(&lines)
            .into_iter()
            .find(|it| it["sealed_by"].is_string())
            .unwrap();
        let lines = lines.replace(ada["sealed_by"].as_str().unwrap(), "another");
        move_to_other(&site, &lines, async |other, brought| {
            assert!(
                brought.told.contains("1 have passkeys or backup codes"),
                "{}",
                brought.told
            );
            let there = read(&export(&other, true).await);
            let ada = there.iter().find(|it| it["id"] == ada["id"]).unwrap();
            // The one that came as a hash of other software needs no secret.
            assert_eq!(ada["backup_code_hashes"].as_array().unwrap().len(), 1);
        })
        .await;
    })
    .await;
}

#[test]
fn the_program_writes_a_file_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        std::process::Command::new(binary())
            .args(arguments)
            .arg("--development")
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let mut text = format!("{CLERK}\n");
    for number in 0..1234 {
        writeln!(
            text,
            "u{number},,,,p{number}@example.com,,p{number}@example.com,,,,,{BCRYPT},bcrypt"
        )
        .unwrap();
    }
    std::fs::write(folder.path().join("users.csv"), text).unwrap();
    assert!(
        run(&["import", "--from", "clerk", "users.csv"])
            .status
            .success()
    );
    let out = ["export", "--with-secrets", "--out", "users.jsonl"];
    assert!(run(&out).status.success());
    let file = folder.path().join("users.jsonl");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), 1234);
    assert!(!run(&out).status.success(), "it is there already");
    let told = run(&["export"]).stdout;
    assert_eq!(told.split(|it| *it == b'\n').count(), 1235);
    let again = run(&["import", "--from", "frontdesk", "users.jsonl"]).stdout;
    let again = String::from_utf8(again).unwrap();
    assert!(
        again.starts_with("0 imported, 1234 there already"),
        "{again}"
    );
}
