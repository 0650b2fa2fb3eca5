//! What is secret stays out of the log, even of one that tells everything.

use std::fs::File;

use serde_json::Value;
use totp_rs::Builder;

use crate::program::{Browser, Server};

/// Runs a program that logs all there is to log, and answers with what it wrote.
fn log_of(work: impl FnOnce(&mut Browser) -> Vec<String>) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    let server = Server::start(folder.path(), None, Some(File::create(&path).unwrap()));
    let mut browser = Browser::new(server.port, 1);
    let secrets = work(&mut browser);
    drop(server);
    (std::fs::read_to_string(path).unwrap(), secrets)
}

fn post(browser: &mut Browser, path: &str, form: &str) -> Value {
    let answer = browser.post(path, form).unwrap_or_else(|| panic!("{path}"));
    serde_json::from_str(&answer).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Everything a person goes through that has a secret in it; the answer is all of those.
fn live(browser: &mut Browser) -> Vec<String> {
    let email = "ada%40example.com";
    let password = "thorough.quince.41.lantern";
    let mut secrets = vec![password.to_owned()];
    let form = format!("email_address={email}&password={password}");
    let begun = post(browser, "/v1/client/sign_ups", &form);
    secrets.extend(browser.cookie.clone());
    let id = text(&begun["response"]["id"]);
    let path = |verb: &str| format!("/v1/client/sign_ups/{id}/{verb}_verification");
    post(browser, &path("prepare"), "strategy=email_code");
    let mails = browser.get("/dev/mailbox.json").unwrap();
    let mails: Value = serde_json::from_str(&mails).unwrap();
    let code = text(&mails[0]["code"]);
    let wrong = browser.post(&path("attempt"), "strategy=email_code&code=918273");
    assert!(wrong.is_none(), "a wrong code");
    secrets.push("918273".to_owned());
    let form = format!("strategy=email_code&code={code}");
    let done = post(browser, &path("attempt"), &form);
    secrets.push(code);
    secrets.extend(browser.cookie.clone());
    let session = &done["client"]["sessions"][0];
    secrets.push(text(&session["last_active_token"]["jwt"]));
    let tokens = format!("/v1/client/sessions/{}/tokens", text(&session["id"]));
    secrets.push(text(&post(browser, &tokens, "")["jwt"]));
    let app = post(browser, "/v1/me/totp", "");
    let secret = text(&app["response"]["secret"]);
    let now = std::process::Command::new("date")
        .arg("+%s")
        .output()
        .unwrap()
        .stdout;
    let now_s = String::from_utf8(now).unwrap().trim().parse().unwrap();
    let key = totp_rs::Secret::try_from_base32(&secret).unwrap();
    let digits = Builder::new()
        .with_secret(key)
        .build()
        .unwrap()
        .generate(now_s)
        .to_string();
    let verify = "/v1/me/totp/attempt_verification";
    let codes = post(browser, verify, &format!("code={digits}"));
    secrets.extend([secret, digits]);
    let codes = codes["response"]["backup_codes"].as_array().unwrap();
    secrets.extend(codes.iter().map(text));
    secrets
}

/// Whether a line tells a secret. Six digits also stand in many a time of day, so that they count alone.
fn tells(line: &str, secret: &str) -> bool {
    if secret.bytes().all(|byte| byte.is_ascii_digit()) {
        let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
        return words.any(|word| word == secret);
    }
    line.contains(secret)
}

#[test]
fn no_password_code_cookie_or_token_is_written_to_the_log() {
    let (log, secrets) = log_of(live);
    assert!(log.lines().count() > 20, "it tells everything: {log}");
    assert!(secrets.len() > 15);
    for secret in secrets {
        let bare = secret.rsplit('=').next().unwrap();
        let line = log.lines().find(|line| tells(line, bare));
        assert_eq!(line, None, "{secret} is in the log");
    }
}
