//! What a server refuses to start with, each in one clear line.

use frontdesk_server::config::Config;
use frontdesk_server::{create_secret_key, rotate_keys};

use crate::site::options;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

fn refusal(arguments: &[&str]) -> String {
    match Config::new(options(arguments)) {
        Ok(_) => String::new(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn production_names_the_one_thing_that_is_missing() {
    let whole = [
        ("--public-url", "https://auth.example.com"),
        ("--secret", SECRET),
        ("--smtp-url", "smtps://mail.example.com"),
        ("--mail-from", "auth@example.com"),
    ];
    let with = |left_out: &str, more: &[&'static str]| {
        let kept = whole
            .iter()
            .filter(|(name, _)| *name != left_out)
            .flat_map(|(name, value)| [*name, *value]);
        let arguments: Vec<&str> = kept.chain(more.iter().copied()).collect();
        refusal(&arguments)
    };
    assert_eq!(with("", &[]), "");
    assert!(with("--public-url", &[]).contains("production needs https"));
    assert!(with("--secret", &[]).contains("FRONTDESK_SECRET"));
    assert!(with("--secret", &["--secret", "short"]).contains("FRONTDESK_SECRET"));
    assert!(with("--smtp-url", &[]).contains("FRONTDESK_SMTP_URL"));
    assert!(with("--mail-from", &[]).contains("FRONTDESK_MAIL_FROM"));
    assert!(with("", &["--seed"]).contains("--seed"));
    assert!(with("", &["--secret-key", "sk_test_a"]).contains("FRONTDESK_DEV_SECRET_KEY"));
    assert!(with("", &["--allowed-origin", "http://app.example.com"]).contains("https"));
    assert!(with("", &["--allowed-origin", "https://app.example.com/path"]).contains("origin"));
    for message in [with("--secret", &[]), with("--smtp-url", &[])] {
        assert!(!message.contains('\n') && !message.contains(SECRET));
    }
}

#[test]
fn a_file_is_read_strictly() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frontdesk.toml");
    let path = path.display().to_string();
    let read = |text: &str, more: &[&str]| {
        std::fs::write(&path, text).unwrap();
        let mut arguments = vec!["--config", path.as_str()];
        arguments.extend(more);
        refusal(&arguments)
    };
    assert_eq!(read("application_name = \"Lab\"\n", &["--development"]), "");
    let unknown = read("[sign_up]\nmod = \"public\"\n", &["--development"]);
    assert!(
        unknown.contains("line 2") && unknown.contains("mod"),
        "{unknown}"
    );
    let mistyped = read("sessions.reverification = \"stict\"", &["--development"]);
    assert!(
        mistyped.contains("sessions.reverification") && mistyped.contains("\"strict_mfa\""),
        "{mistyped}"
    );
    assert!(read("[password]\nmin_length = 4\n", &["--development"]).is_empty());
    assert!(read("[password]\nmin_length = 0\n", &["--development"]).contains("min_length"));
    let production = [
        "--public-url",
        "https://a.example",
        "--secret",
        SECRET,
        "--smtp-url",
        "smtps://m.example",
        "--mail-from",
        "a@a.example",
    ];
    assert!(read("[password]\nmin_length = 4\n", &production).contains("min_length"));
    assert!(read("[password]\nmemory_kib = 1024\n", &production).contains("weaker"));
    assert!(
        refusal(&["--development", "--config", "/nowhere/frontdesk.toml"]).contains("cannot read")
    );
}

#[test]
fn a_folder_of_components_has_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    let refused = || refusal(&["--development", "--elements-dir", &path]);
    assert!(refused().contains("--elements-dir") && refused().contains("define.js"));
    std::fs::write(folder.path().join("define.js"), "").unwrap();
    assert_eq!(refused(), "");
}

#[tokio::test]
async fn a_command_needs_the_database_and_the_secret_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("database").display());
    let base = |secret: &str| options(&["--database", &file, "--secret", secret]).base;
    let mut out = Vec::new();
    let made = create_secret_key(base(SECRET), "shop", &[], &mut out).await;
    made.unwrap();
    assert!(out.starts_with(b"sk_live_"));
    let unknown =
        create_secret_key(base(SECRET), "shop", &["user:read".to_owned()], &mut out).await;
    let unknown = unknown.unwrap_err().to_string();
    assert!(
        unknown.contains("`user:read`") && unknown.contains("sign_in_tokens"),
        "{unknown}"
    );
    rotate_keys(base(SECRET), false).await.unwrap();
    let refused = rotate_keys(base("short"), false).await.unwrap_err();
    assert!(refused.to_string().contains("FRONTDESK_SECRET"));
}
