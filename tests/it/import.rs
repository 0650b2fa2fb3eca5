//! `frontdesk import`: the users of other systems, from the files that those write.

use std::fmt::Write as _;
use std::path::Path;

use frontdesk_client::Value;
use frontdesk_protocol::{Secret, SignInStatus};
use frontdesk_server::import::{Import, System};
use serde_json::json;

use crate::backend::Backend;
use crate::program::binary;
use crate::site::{Site, on_sites};

const THEIRS: &str = "correct horse battery staple \u{e9}";
const BCRYPT: &str = "$2b$05$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2";
pub const CLERK: &str = "id,first_name,last_name,username,primary_email_address,primary_phone_number,verified_email_addresses,unverified_email_addresses,verified_phone_numbers,unverified_phone_numbers,totp_secret,password_digest,password_hasher";

pub struct Brought {
    pub told: String,
    pub refused: Vec<Value>,
}

/// Brings a file in.
pub async fn import(
    site: &Site,
    from: System,
    text: &str,
    change: impl Fn(&mut Import),
) -> Brought {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users");
    std::fs::write(&file, text).unwrap();
    bring(site, from, &file, change).await
}

pub async fn bring(
    site: &Site,
    from: System,
    file: &Path,
    change: impl Fn(&mut Import),
) -> Brought {
    let mut import = Import {
        from,
        file: file.to_owned(),
        dry_run: false,
        trust_addresses: false,
        tell_webhooks: false,
        report: None,
        hash_key: None,
        salt_separator: "Bw==".to_owned(),
        rounds: 8,
        mem_cost: 10,
    };
    change(&mut import);
    let mut out = Vec::new();
    frontdesk_server::import::bring(&site.app, &import, &mut out)
        .await
        .unwrap();
    let report = format!("{}.refused.jsonl", file.display());
    let report = std::fs::read_to_string(report).unwrap();
    Brought {
        told: String::from_utf8(out).unwrap(),
        refused: report
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    }
}

impl Brought {
    /// How many were imported, were there, and were refused.
    pub fn counts(&self) -> [u32; 3] {
        let words: Vec<&str> = self.told.split_whitespace().collect();
        let before = |word| {
            let place = words.iter().position(|it| *it == word).unwrap();
            let number = words[..place].iter().rev().find_map(|it| it.parse().ok());
            number.unwrap()
        };
        let imported = if self.told.contains("would be") {
            before("would")
        } else {
            before("imported,")
        };
        [imported, before("there"), before("refused,")]
    }
}

async fn user(site: &Site, external_id: &str) -> Value {
    let backend = Backend::new(site).await;
    let found = backend
        .get(&format!("/users?external_id={external_id}"))
        .await;
    found[0].clone()
}

async fn signs_in(site: &Site, email: &str, password: &str) {
    let done = site.browser().sign_in(email, password).await.unwrap();
    assert_eq!(done.status, SignInStatus::Complete, "{email}");
}

#[tokio::test]
async fn clerks_csv_is_read_and_nobody_comes_twice() {
    on_sites(async |site| {
        let text = format!(
            "{CLERK}
user_1,Ada,\"Love, lace\",Ada_L,ada@example.com,+33612345678,ada@example.com|countess@example.com,old@example.com,+33612345678,,,{BCRYPT},bcrypt
user_2,\"Bob
\",,,bob@example.com,,,bob@example.com,,,,,
user_3,Eve,,,ada@example.com,,ada@example.com,,,,,,
user_4,Mal,,,mal@example.com,,mal@example.com,,,,,$2b$15$GSgh4.XVZxnJIpyeEaqSiePOywllqNrGBRXCzEig0D2HP9gQE0kB2,bcrypt
user_5,Nul,,,not an address,,,,,,,,
"
        );
        let dry = import(&site, System::Clerk, &text, |it| it.dry_run = true).await;
        assert_eq!(dry.counts(), [2, 0, 3], "{}", dry.told);
        assert_eq!(user(&site, "user_1").await, Value::Null);
        let brought = import(&site, System::Clerk, &text, |_| ()).await;
        assert_eq!(brought.counts(), [2, 0, 3], "{}", brought.told);
        let refused: Vec<_> = brought.refused.iter().map(|it| (it["line"].clone(), it["id"].clone())).collect();
        let mut refused = refused;
        refused.sort_by_key(|it| it.0.as_u64());
        let expected = [(5, "user_3"), (6, "user_4"), (7, "user_5")];
        assert_eq!(refused, expected.map(|(line, id)| (json!(line), json!(id))));
        assert!(brought.refused.iter().all(|it| it["reason"].as_str().unwrap().len() > 10));
        assert!(brought.told.contains("1 of them have nothing proven"), "{}", brought.told);
        let ada = user(&site, "user_1").await;
        assert_eq!(ada["last_name"], "Love, lace");
        assert_eq!(ada["username"], "ada_l");
        let emails = ada["email_addresses"].as_array().unwrap();
        let status = |place: usize| emails[place]["verification"]["status"].clone();
        assert_eq!(emails.len(), 3);
        assert_eq!((emails[0]["email_address"].clone(), status(0)), (json!("ada@example.com"), json!("verified")));
        assert_eq!(ada["phone_numbers"][0]["phone_number"], "+33612345678");
        signs_in(&site, "ada@example.com", THEIRS).await;
        signs_in(&site, "countess@example.com", THEIRS).await;
        assert!(site.browser().sign_in("old@example.com", THEIRS).await.is_err(), "nobody proved it");
        let again = import(&site, System::Clerk, &text, |_| ()).await;
        assert_eq!(again.counts(), [0, 2, 3], "{}", again.told);
    })
    .await;
}

#[tokio::test]
async fn an_import_that_was_stopped_goes_on() {
    on_sites(async |site| {
        let mut text = format!("{CLERK},created_at\n");
        let mut half = String::new();
        for number in 0..1234 {
            if number == 700 {
                half.clone_from(&text);
            }
            let email = format!("p{number}@example.com");
            writeln!(
                text,
                "user_{number},P,,,{email},,{email},,,,,,,2024-02-03T04:05:06Z"
            )
            .unwrap();
        }
        let first = import(&site, System::Clerk, &half, |_| ()).await;
        assert_eq!(first.counts(), [700, 0, 0]);
        let rest = import(&site, System::Clerk, &text, |_| ()).await;
        assert_eq!(rest.counts(), [534, 700, 0]);
        let backend = Backend::new(&site).await;
        assert_eq!(backend.get("/users/count").await["total_count"], 1234);
        assert_eq!(
            user(&site, "user_1233").await["created_at"],
            1_706_933_106_000_i64
        );
    })
    .await;
}

#[tokio::test]
async fn auth0s_lines_are_read() {
    on_sites(async |site| {
        let text = format!(
            r#"{{"user_id":"auth0|1","email":"one@example.com","email_verified":true,"given_name":"One","passwordHash":"{BCRYPT}","created_at":"2023-01-02T03:04:05.678Z","user_metadata":{{"likes":"tea {{ \" }}"}},"app_metadata":{{"plan":"pro"}}}}
{{"_id":{{"$oid":"60425dc43519d90068f82973"}},"email":"two@example.com","email_verified":true,"custom_password_hash":{{"algorithm":"md5","hash":{{"value":"c442ca332526ad6591e7cb3cb7396414","encoding":"hex"}},"salt":{{"value":"pepper","position":"prefix"}}}}}}
{{"user_id":"auth0|3","email":"three@example.com","email_verified":true,"custom_password_hash":{{"algorithm":"pbkdf2","hash":{{"value":"$pbkdf2-sha256$i=2000,l=32$1FzsJ/fCzMqqONkghrtB9g$KdxfQk8PEfAGL8ItWFz/4A2RTak4JhN6InB0qlaCNE4","encoding":"utf8"}}}}}}
{{"user_id":"auth0|4","email":"four@example.com","custom_password_hash":{{"algorithm":"md4","hash":{{"value":"00"}}}}}}
"#
        );
        let brought = import(&site, System::Auth0, &text, |_| ()).await;
        assert_eq!(brought.counts(), [3, 0, 1], "{}", brought.told);
        assert_eq!(brought.refused[0]["line"], 4);
        let one = user(&site, "auth0%7C1").await;
        assert_eq!(one["created_at"], 1_672_628_645_678_i64);
        assert_eq!(one["unsafe_metadata"]["likes"], "tea { \" }");
        assert_eq!(one["private_metadata"], json!({ "plan": "pro" }));
        for email in ["one@example.com", "two@example.com", "three@example.com"] {
            signs_in(&site, email, THEIRS).await;
        }
    })
    .await;
}

#[tokio::test]
async fn firebases_users_are_read() {
    on_sites(async |site| {
        let text = json!({ "users": [
            {
                "localId": "f1", "email": "fire@example.com", "emailVerified": true, "displayName": "Fire Base",
                "passwordHash": "FzGbQ4WRgOtr1eXJdnFudsHdpr9GkT8wmTESu1CBz0Im0V7xAME32xoqfv8cUk/5UIa4wZZAUlobQa+xsVbjPw==",
                "salt": "42xEC+ixf3L2lw==", "createdAt": "1600000000000", "customAttributes": "{\"admin\":true}",
                "providerUserInfo": [{ "providerId": "password" }],
            },
            { "localId": "f2", "phoneNumber": "+15555550100", "disabled": true, "providerUserInfo": [] },
        ] });
        let text = serde_json::to_string_pretty(&text).unwrap();
        let keyless = import(&site, System::Firebase, &text, |it| it.dry_run = true).await;
        assert_eq!(keyless.counts(), [1, 0, 1]);
        let key = "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==";
        let brought = import(&site, System::Firebase, &text, |it| {
            it.hash_key = Some(Secret::from(key));
        })
        .await;
        assert_eq!(brought.counts(), [2, 0, 0], "{:?}", brought.refused);
        let fire = user(&site, "f1").await;
        assert_eq!((&fire["first_name"], &fire["last_name"]), (&json!("Fire"), &json!("Base")));
        assert_eq!(fire["public_metadata"], json!({ "admin": true }));
        assert_eq!(fire["created_at"], 1_600_000_000_000_i64);
        assert_eq!(user(&site, "f2").await["banned"], true);
        signs_in(&site, "fire@example.com", THEIRS).await;
    })
    .await;
}

#[tokio::test]
async fn supabases_table_is_read() {
    on_sites(async |site| {
        let text = format!(
            "id,aud,email,encrypted_password,email_confirmed_at,raw_app_meta_data,raw_user_meta_data,created_at,phone,phone_confirmed_at,banned_until,deleted_at
s1,authenticated,supa@example.com,{BCRYPT},2023-05-06 07:08:09.123456+00,\"{{\"\"provider\"\":\"\"email\"\"}}\",\"{{\"\"first_name\"\":\"\"Su\"\"}}\",2023-05-06 07:08:09.123456+00,33612345678,,,
s2,authenticated,base@example.com,{BCRYPT},,{{}},{{}},2023-05-06 07:08:09+00,,,,
s3,authenticated,gone@example.com,,,,,2023-05-06 07:08:09+00,,,,2024-05-06 07:08:09+00
"
        );
        let brought = import(&site, System::Supabase, &text, |it| it.trust_addresses = true).await;
        assert_eq!(brought.counts(), [2, 0, 1], "{:?}", brought.refused);
        let first = user(&site, "s1").await;
        assert_eq!(first["created_at"], 1_683_356_889_123_i64);
        assert_eq!(first["first_name"], "Su");
        assert_eq!(first["public_metadata"], json!({ "provider": "email" }));
        assert_eq!(first["phone_numbers"][0]["phone_number"], "+33612345678");
        signs_in(&site, "supa@example.com", THEIRS).await;
        signs_in(&site, "base@example.com", THEIRS).await;
    })
    .await;
}

#[test]
fn the_program_tells_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "{CLERK}\nuser_1,,,,a@example.com,,a@example.com,,,,,{BCRYPT},bcrypt\nuser_2,,,,,,,,,,,,\n"
    );
    std::fs::write(folder.path().join("users.csv"), text).unwrap();
    for expected in ["1 imported, 0 there already", "0 imported, 1 there already"] {
        let done = std::process::Command::new(binary())
            .args(["import", "--from", "clerk", "users.csv", "--development"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(done.stdout).unwrap();
        assert!(
            done.status.success() && told.starts_with(expected),
            "{told}"
        );
    }
    let report = std::fs::read_to_string(folder.path().join("users.csv.refused.jsonl")).unwrap();
    assert!(report.contains("\"line\":3"), "{report}");
}
