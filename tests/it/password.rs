//! The user's names and password.

use frontdesk_protocol::{ChangePassword, ErrorCode, UpdateUser};

use crate::site::{PASSWORD, at, fresh_email, on_sites, refusal};

fn change(current: &str, new: &str, others: bool) -> ChangePassword {
    ChangePassword {
        current_password: Some(current.into()),
        new_password: Some(new.into()),
        sign_out_of_other_sessions: Some(others.to_string()),
    }
}

#[tokio::test]
async fn names_change_and_can_be_taken_back() {
    on_sites(async |site| {
        let browser = site.browser();
        browser.sign_up(&fresh_email()).await;
        let names = |first: Option<&str>, last: Option<&str>| UpdateUser {
            first_name: first.map(str::to_owned),
            last_name: last.map(str::to_owned),
            ..UpdateUser::default()
        };
        let user = browser
            .desk
            .update_me(&names(Some(" Grace "), Some("Hopper")))
            .await
            .unwrap();
        assert_eq!(user.full_name().as_deref(), Some("Grace Hopper"));
        let user = browser
            .desk
            .update_me(&names(None, Some("")))
            .await
            .unwrap();
        assert_eq!(user.full_name().as_deref(), Some("Grace"));
        let long = "x".repeat(101);
        let refused = refusal(browser.desk.update_me(&names(Some(&long), None)).await);
        assert_eq!(
            refused,
            at(ErrorCode::FormParamMaxLengthExceeded, "first_name")
        );
        let client = browser.desk.client().unwrap();
        assert_eq!(
            client.active_session().unwrap().user.first_name.as_deref(),
            Some("Grace")
        );
    })
    .await;
}

#[tokio::test]
async fn another_password_needs_the_one_in_use_and_ends_other_sessions() {
    on_sites(async |site| {
        let email = fresh_email();
        let here = site.browser();
        here.sign_up(&email).await;
        site.clock.advance_s(60);
        let there = site.browser();
        there.sign_in(&email, PASSWORD).await.unwrap();
        let wrong = refusal(
            here.desk
                .change_password(&change("wrong", "another password", true))
                .await,
        );
        assert_eq!(
            wrong,
            at(ErrorCode::FormPasswordIncorrect, "current_password")
        );
        let empty = refusal(
            here.desk
                .change_password(&change("", "another password", true))
                .await,
        );
        assert_eq!(empty, at(ErrorCode::FormParamNil, "current_password"));
        let same = refusal(
            here.desk
                .change_password(&change(PASSWORD, PASSWORD, true))
                .await,
        );
        assert_eq!(
            same,
            at(ErrorCode::FormNewPasswordMatchesCurrent, "new_password")
        );
        let short = refusal(
            here.desk
                .change_password(&change(PASSWORD, "short", true))
                .await,
        );
        assert_eq!(
            short,
            at(ErrorCode::FormPasswordLengthTooShort, "new_password")
        );
        let before = here.jar.get("frontdesk_client").unwrap();
        here.desk
            .change_password(&change(PASSWORD, "another password", true))
            .await
            .unwrap();
        assert_ne!(here.jar.get("frontdesk_client").unwrap(), before);
        assert!(here.desk.me().await.is_ok());
        assert_eq!(
            refusal(there.desk.me().await).0,
            ErrorCode::AuthenticationInvalid
        );
        let mails = site.mails(&email).await;
        let is_notice = |mail: &serde_json::Value| {
            let subject = mail["subject"].as_str().unwrap();
            subject.contains("password was changed")
        };
        assert!(mails.iter().any(is_notice), "{mails:?}");
        let old = site.browser();
        let refused = refusal(old.sign_in(&email, PASSWORD).await);
        assert_eq!(refused.0, ErrorCode::FormPasswordIncorrect);
        site.browser()
            .sign_in(&email, "another password")
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn other_sessions_stay_where_that_is_asked_for() {
    on_sites(async |site| {
        let email = fresh_email();
        let here = site.browser();
        here.sign_up(&email).await;
        let there = site.browser();
        there.sign_in(&email, PASSWORD).await.unwrap();
        here.desk
            .change_password(&change(PASSWORD, "another password", false))
            .await
            .unwrap();
        assert!(there.desk.me().await.is_ok());
    })
    .await;
}
