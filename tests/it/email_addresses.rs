//! The addresses of a user.

use frontdesk_protocol::{
    AttemptVerification, CreateEmailAddress, EmailAddress, ErrorCode, PrepareVerification,
    UpdateUser, VerificationStatus,
};

use crate::site::{Browser, Site, at, fresh_email, on_sites, refusal};

async fn add(browser: &Browser, email: &str) -> EmailAddress {
    let command = CreateEmailAddress {
        email_address: Some(email.to_owned()),
    };
    browser.desk.create_email_address(&command).await.unwrap()
}

async fn prepare(browser: &Browser, address: &EmailAddress) -> EmailAddress {
    let command = PrepareVerification {
        strategy: Some("email_code".to_owned()),
        ..PrepareVerification::default()
    };
    browser
        .desk
        .prepare_email_address(&address.id, &command)
        .await
        .unwrap()
}

/// As some clients do, it does not say that it is a code.
fn code(digits: &str) -> AttemptVerification {
    AttemptVerification {
        code: Some(digits.into()),
        ..AttemptVerification::default()
    }
}

async fn signed_up(site: &Site) -> (Browser, String) {
    let (browser, email) = (site.browser(), fresh_email());
    browser.sign_up(&email).await;
    (browser, email)
}

/// What the letters to an address are about.
async fn subjects(site: &Site, email: &str) -> Vec<String> {
    let mails = site.mails(email).await;
    let subject = |mail: &frontdesk_client::Value| mail["subject"].as_str().unwrap().to_owned();
    mails.iter().map(subject).collect()
}

#[tokio::test]
async fn an_address_is_added_proven_made_primary_and_the_old_one_is_told() {
    on_sites(async |site| {
        let (browser, first) = signed_up(&site).await;
        let second = fresh_email();
        let added = add(&browser, &second.to_uppercase()).await;
        assert_eq!(
            (added.email_address.as_str(), &added.verification),
            (second.as_str(), &None)
        );
        let primary = UpdateUser {
            primary_email_address_id: Some(added.id.to_string()),
            ..UpdateUser::default()
        };
        let early = refusal(browser.desk.update_me(&primary).await);
        assert_eq!(
            early,
            at(ErrorCode::FormParamValueInvalid, "primary_email_address_id")
        );
        let prepared = prepare(&browser, &added).await;
        assert_eq!(
            prepared.verification.unwrap().status,
            VerificationStatus::Unverified
        );
        let wrong = refusal(
            browser
                .desk
                .attempt_email_address(&added.id, &code("000000"))
                .await,
        );
        assert_eq!(wrong, at(ErrorCode::FormCodeIncorrect, "code"));
        let digits = site.code(&second).await;
        let proven = browser
            .desk
            .attempt_email_address(&added.id, &code(&digits))
            .await
            .unwrap();
        assert_eq!(
            proven.verification.unwrap().status,
            VerificationStatus::Verified
        );
        site.clock.advance_s(1);
        let user = browser.desk.update_me(&primary).await.unwrap();
        assert_eq!(user.primary_email(), Some(second.as_str()));
        assert_eq!(
            user.email_addresses[0].id, added.id,
            "the primary one comes first"
        );
        let notice = &site.mails(&first).await[0];
        assert!(
            notice["subject"]
                .as_str()
                .unwrap()
                .contains("address was changed")
        );
        let kept = refusal(browser.desk.remove_email_address(&added.id).await);
        assert_eq!(kept.0, ErrorCode::IdentificationDeletionFailed);
        let old = user.email_addresses[1].id.clone();
        assert!(
            browser
                .desk
                .remove_email_address(&old)
                .await
                .unwrap()
                .deleted
        );
        assert_eq!(browser.desk.me().await.unwrap().email_addresses.len(), 1);
        let subjects = subjects(&site, &first).await;
        let told = |subject: &&String| subject.contains("address was removed");
        assert_eq!(subjects.iter().filter(told).count(), 1, "{subjects:?}");
        // Whoever never proved to read an address is not written to about it.
        let third = fresh_email();
        let unproven = add(&browser, &third).await;
        browser
            .desk
            .remove_email_address(&unproven.id)
            .await
            .unwrap();
        assert!(site.mails(&third).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_address_of_somebody_else_is_told_to_them_and_stays_theirs() {
    on_sites(async |site| {
        let (_, owner) = signed_up(&site).await;
        let (browser, _) = signed_up(&site).await;
        site.clock.advance_s(60);
        let added = add(&browser, &owner).await;
        prepare(&browser, &added).await;
        let letter = &site.mails(&owner).await[0];
        assert!(
            letter["subject"]
                .as_str()
                .unwrap()
                .contains("already have an account")
        );
        let digits = site.code(&owner).await;
        let refused = refusal(
            browser
                .desk
                .attempt_email_address(&added.id, &code(&digits))
                .await,
        );
        assert_eq!(
            refused,
            at(ErrorCode::FormIdentifierExists, "email_address")
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_of_another_user_cannot_be_reached() {
    on_sites(async |site| {
        let (owner, _) = signed_up(&site).await;
        let (thief, _) = signed_up(&site).await;
        let added = add(&owner, &fresh_email()).await;
        prepare(&owner, &added).await;
        let digits = site.code(&added.email_address).await;
        let stolen = refusal(
            thief
                .desk
                .attempt_email_address(&added.id, &code(&digits))
                .await,
        );
        assert_eq!(stolen.0, ErrorCode::ResourceNotFound);
        assert_eq!(
            refusal(thief.desk.remove_email_address(&added.id).await).0,
            ErrorCode::ResourceNotFound
        );
        let primary = UpdateUser {
            primary_email_address_id: Some(added.id.to_string()),
            ..UpdateUser::default()
        };
        assert_eq!(
            refusal(thief.desk.update_me(&primary).await).0,
            ErrorCode::FormParamValueInvalid
        );
        owner
            .desk
            .attempt_email_address(&added.id, &code(&digits))
            .await
            .unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_same_address_twice_and_an_eleventh_are_refused() {
    on_sites(async |site| {
        let (browser, email) = signed_up(&site).await;
        let command = |email: String| CreateEmailAddress {
            email_address: Some(email),
        };
        let twice = refusal(browser.desk.create_email_address(&command(email)).await);
        assert_eq!(twice, at(ErrorCode::FormIdentifierExists, "email_address"));
        for _ in 0..9 {
            add(&browser, &fresh_email()).await;
        }
        let eleventh = refusal(
            browser
                .desk
                .create_email_address(&command(fresh_email()))
                .await,
        );
        assert_eq!(
            eleventh,
            at(ErrorCode::FormParamValueInvalid, "email_address")
        );
        let bad = refusal(
            browser
                .desk
                .create_email_address(&command("a b@example.com".to_owned()))
                .await,
        );
        assert_eq!(bad, at(ErrorCode::FormParamFormatInvalid, "email_address"));
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_by_an_address_ends_when_the_address_is_removed() {
    on_sites(async |site| {
        let (owner, old) = signed_up(&site).await;
        site.clock.advance_s(60);
        let stranger = site.browser();
        let sign_in = stranger.begin_sign_in(&old).await;
        let added = add(&owner, &fresh_email()).await;
        prepare(&owner, &added).await;
        let digits = site.code(&added.email_address).await;
        let proven = owner
            .desk
            .attempt_email_address(&added.id, &code(&digits))
            .await;
        proven.unwrap();
        let primary = UpdateUser {
            primary_email_address_id: Some(added.id.to_string()),
            ..UpdateUser::default()
        };
        let user = owner.desk.update_me(&primary).await.unwrap();
        site.clock.advance_s(1);
        let before = user.email_addresses.iter().find(|it| it.id != added.id);
        owner
            .desk
            .remove_email_address(&before.unwrap().id)
            .await
            .unwrap();
        stranger.prepare_sign_in(&sign_in).await.unwrap();
        let digits = site.code(&old).await;
        let late = refusal(stranger.attempt_code(&sign_in, &digits).await);
        assert_eq!(late.0, ErrorCode::AttemptNotFound);
        assert_eq!(stranger.get("/v1/me").await.0, 401);
    })
    .await;
}

#[tokio::test]
async fn no_more_than_ten_are_added_at_once() {
    on_sites(async |site| {
        let (browser, _) = signed_up(&site).await;
        let fields: Vec<_> = (0..30)
            .map(|_| format!("email_address={}", fresh_email().replace('@', "%40")))
            .collect();
        let asked = fields
            .iter()
            .map(|form| browser.post("/v1/me/email_addresses", form));
        futures_util::future::join_all(asked).await;
        let (_, me) = browser.get("/v1/me").await;
        let all = me["response"]["email_addresses"].as_array().unwrap();
        assert_eq!(all.len(), 10);
    })
    .await;
}
