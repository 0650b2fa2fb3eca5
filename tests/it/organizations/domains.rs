//! Domains of organizations: proven by a code or a record, and what they offer to people at them.

use std::collections::HashMap;
use std::net::UdpSocket;
use std::sync::{Arc, Mutex};

use frontdesk_client::Value;
use frontdesk_protocol::MEMBER;

use super::{Lab, Person, accept, code, me};
use crate::site::{Browser, Site, fresh_email, on_sites, on_sites_with};

const SUGGESTIONS: &str = "/v1/me/organization_suggestions";

impl Lab {
    /// Calls a route of the organization's domains.
    async fn domain(&self, by: &Browser, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        by.submit(&format!("{}/domains{path}", self.path), fields)
            .await
    }

    /// Adds a domain; its id.
    async fn add_domain(&self, name: &str) -> String {
        let (status, added) = self.domain(&self.owner, "", &[("name", name)]).await;
        assert_eq!(status, 200, "{added}");
        text(&added["response"]["id"])
    }

    /// Adds a domain and proves it by a code; its id.
    pub(super) async fn proven_domain(&self, name: &str) -> String {
        let id = self.add_domain(name).await;
        let email = format!("boss@{name}");
        let (status, asked) = self.ask_code(&id, &email).await;
        assert_eq!(status, 200, "{asked}");
        let (status, proven) = self.try_code(&id, &self.site.code(&email).await).await;
        assert_eq!(status, 200, "{proven}");
        assert_eq!(proven["response"]["verification"]["status"], "verified");
        id
    }

    async fn ask_code(&self, id: &str, email: &str) -> (u16, Value) {
        let path = format!("/{id}/prepare_affiliation_verification");
        let fields = [("affiliation_email_address", email)];
        self.domain(&self.owner, &path, &fields).await
    }

    async fn try_code(&self, id: &str, digits: &str) -> (u16, Value) {
        let path = format!("/{id}/attempt_affiliation_verification");
        self.domain(&self.owner, &path, &[("code", digits)]).await
    }

    /// Says what people get whose address is at a domain.
    pub(super) async fn set_mode(&self, id: &str, mode: &str, delete: bool) -> (u16, Value) {
        let delete = delete.to_string();
        let fields = [("enrollment_mode", mode), ("delete_pending", &delete)];
        let path = format!("/{id}/update_enrollment_mode");
        self.domain(&self.owner, &path, &fields).await
    }

    /// The requests to join that stand like that.
    pub(super) async fn requests(&self, status: &str) -> Value {
        let path = format!("{}/membership_requests?status={status}", self.path);
        let (status, found) = self.owner.get(&path).await;
        assert_eq!(status, 200, "{found}");
        found["response"].clone()
    }

    /// Answers a request with `accept` or `reject`.
    pub(super) async fn answer(&self, by: &Browser, id: &str, answer: &str) -> (u16, Value) {
        let path = format!("{}/membership_requests/{id}/{answer}", self.path);
        by.submit(&path, &[]).await
    }
}

/// A domain that nobody had before.
pub(super) fn fresh_domain() -> String {
    let email = fresh_email();
    format!("{}.test-works.com", email.split('@').next().unwrap())
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Somebody whose address is at a domain.
pub(super) async fn person_at(site: &Site, domain: &str) -> Person {
    let email = fresh_email();
    let email = format!("{}@{domain}", email.split('@').next().unwrap());
    let browser = site.browser();
    browser.sign_up(&email).await;
    let id = me(&browser).await;
    Person { browser, email, id }
}

/// What is suggested to somebody.
pub(super) async fn suggested(browser: &Browser) -> Vec<Value> {
    let (status, found) = browser.get(&format!("{SUGGESTIONS}?status=pending")).await;
    assert_eq!(status, 200, "{found}");
    found["response"]["data"].as_array().unwrap().clone()
}

pub(super) async fn ask(browser: &Browser, id: &str) -> (u16, Value) {
    browser
        .submit(&format!("{SUGGESTIONS}/{id}/accept"), &[])
        .await
}

#[tokio::test]
async fn a_domain_is_proven_by_a_code_to_an_address_there_and_is_one_organizations() {
    on_sites(async |site| {
        let (lab, other) = (Lab::new(&site).await, Lab::new(&site).await);
        let name = fresh_domain();
        let id = lab.add_domain(&name).await;
        let (status, twice) = lab.domain(&lab.owner, "", &[("name", &name)]).await;
        assert_eq!((status, code(&twice)), (422, "form_identifier_exists"));
        let (_, elsewhere) = lab.ask_code(&id, "boss@example.com").await;
        assert_eq!(code(&elsewhere), "form_param_value_invalid");
        let (_, unproven) = lab.set_mode(&id, "automatic_suggestion", false).await;
        assert_eq!(code(&unproven), "verification_invalid");
        let email = format!("boss@{name}");
        let (_, asked) = lab.ask_code(&id, &email).await;
        assert_eq!(asked["response"]["affiliation_email_address"], *email);
        assert_eq!(asked["response"]["verification"]["status"], "unverified");
        let letter = site.mails(&email).await[0].clone();
        assert!(letter["text"].as_str().unwrap().contains("Lab"), "{letter}");
        let (_, early) = lab.ask_code(&id, &email).await;
        assert_eq!(code(&early), "too_many_requests");
        let right = site.code(&email).await;
        let wrong = if right == "000000" {
            "000001"
        } else {
            "000000"
        };
        let (_, refused) = lab.try_code(&id, wrong).await;
        assert_eq!(code(&refused), "form_code_incorrect");
        let (_, proven) = lab.try_code(&id, &right).await;
        assert_eq!(proven["response"]["verification"]["status"], "verified");
        let (_, again) = lab.try_code(&id, &right).await;
        assert_eq!(code(&again), "verification_invalid");
        // Another organization may add it, and cannot prove it.
        let theirs = other.add_domain(&name).await;
        let email = format!("second@{name}");
        other.ask_code(&theirs, &email).await;
        let digits = site.code(&email).await;
        let (_, taken) = other.try_code(&theirs, &digits).await;
        assert_eq!(code(&taken), "form_identifier_exists");
        let listed = lab
            .owner
            .get(&format!(
                "{}/domains?enrollment_mode=manual_invitation",
                lab.path
            ))
            .await;
        assert_eq!(listed.1["response"]["total_count"], 1);
        let listed = lab
            .owner
            .get(&format!(
                "{}/domains?enrollment_mode=automatic_invitation",
                lab.path
            ))
            .await;
        assert_eq!(listed.1["response"]["total_count"], 0);
        let gone = format!("/{id}?_method=DELETE");
        assert_eq!(lab.domain(&lab.owner, &gone, &[]).await.0, 200);
        let path = format!("{}/domains/{id}", lab.path);
        assert_eq!(lab.owner.get(&path).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_tried_five_times_and_no_more() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let id = lab.add_domain(&name).await;
        let email = format!("boss@{name}");
        lab.ask_code(&id, &email).await;
        let right = site.code(&email).await;
        let wrong = if right == "000000" {
            "000001"
        } else {
            "000000"
        };
        for _ in 0..5 {
            lab.try_code(&id, wrong).await;
        }
        let (_, refused) = lab.try_code(&id, &right).await;
        assert_eq!(code(&refused), "verification_failed");
        let (_, seen) = lab.owner.get(&format!("{}/domains/{id}", lab.path)).await;
        assert_eq!(seen["response"]["verification"]["status"], "failed");
    })
    .await;
}

#[tokio::test]
async fn what_everybody_can_have_an_address_at_is_nobodys_domain() {
    on_sites_with("organizations.domains.max = 1\n", async |site| {
        let lab = Lab::new(&site).await;
        for name in ["gmail.com", "GMail.com", "yandex.ru", "mailinator.com"] {
            let (status, refused) = lab.domain(&lab.owner, "", &[("name", name)]).await;
            let code = code(&refused);
            assert_eq!(
                (status, code),
                (422, "organization_domain_common"),
                "{name}"
            );
        }
        for name in ["localhost", "a b.com", "x@y.com", "-a.com"] {
            let (_, refused) = lab.domain(&lab.owner, "", &[("name", name)]).await;
            assert_eq!(code(&refused), "form_param_format_invalid", "{name}");
        }
        lab.add_domain(&fresh_domain()).await;
        let more = fresh_domain();
        let (status, full) = lab.domain(&lab.owner, "", &[("name", &more)]).await;
        let quota = "organization_domain_quota_exceeded";
        assert_eq!((status, code(&full)), (403, quota));
    })
    .await;
}

#[tokio::test]
async fn where_the_settings_allow_no_domains_there_are_none() {
    on_sites_with("organizations.domains.enabled = false\n", async |site| {
        let lab = Lab::new(&site).await;
        let (status, _) = lab
            .domain(&lab.owner, "", &[("name", &fresh_domain())])
            .await;
        assert_eq!(status, 403);
        let (_, environment) = lab.owner.get("/v1/environment").await;
        let domains = &environment["organization_settings"]["domains"];
        assert_eq!(domains["enabled"], false);
    })
    .await;
    let few = "organizations.domains.enrollment_modes = [\"manual_invitation\"]\n";
    on_sites_with(few, async |site| {
        let lab = Lab::new(&site).await;
        let id = lab.proven_domain(&fresh_domain()).await;
        let (_, refused) = lab.set_mode(&id, "automatic_invitation", false).await;
        assert_eq!(code(&refused), "form_param_value_invalid");
        assert_eq!(lab.set_mode(&id, "manual_invitation", false).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn people_at_the_domain_are_suggested_to_ask_and_are_let_in_or_not() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let before = person_at(&site, &name).await;
        let id = lab.proven_domain(&name).await;
        assert!(suggested(&before.browser).await.is_empty());
        let (_, set) = lab.set_mode(&id, "automatic_suggestion", false).await;
        assert_eq!(set["response"]["total_pending_suggestions"], 1, "{set}");
        let after = person_at(&site, &name).await;
        let elsewhere = Person::new(&site).await;
        assert!(suggested(&elsewhere.browser).await.is_empty());
        // Whoever proves an address there later is suggested it too.
        let (late, email) = (Person::new(&site).await, format!("late@{name}"));
        add_address(&late.browser, &site, &email).await;
        for person in [&before, &after, &late] {
            let seen = suggested(&person.browser).await;
            assert_eq!(seen.len(), 1);
            assert_eq!(seen[0]["public_organization_data"]["id"], *lab.id);
            let id = text(&seen[0]["id"]);
            // It is nobody else's to accept.
            assert_eq!(ask(&elsewhere.browser, &id).await.0, 404);
            let (status, asked) = ask(&person.browser, &id).await;
            assert_eq!(
                (status, &asked["response"]["status"]),
                (200, &"accepted".into())
            );
            assert_eq!(ask(&person.browser, &id).await.0, 404);
        }
        let waiting = lab.requests("pending").await;
        assert_eq!(waiting["total_count"], 3);
        let by = |person: &Person| {
            let all = waiting["data"].as_array().unwrap();
            let of = |it: &&Value| it["public_user_data"]["user_id"] == *person.id;
            text(&all.iter().find(of).unwrap()["id"])
        };
        let member = lab.member(MEMBER).await;
        assert_eq!(
            lab.answer(&member.browser, &by(&before), "accept").await.0,
            403
        );
        assert_eq!(
            lab.answer(&after.browser, &by(&after), "accept").await.0,
            404
        );
        let (status, let_in) = lab.answer(&lab.owner, &by(&before), "accept").await;
        assert_eq!(
            (status, &let_in["response"]["status"]),
            (200, &"accepted".into())
        );
        assert_eq!(lab.answer(&lab.owner, &by(&before), "reject").await.0, 404);
        assert_eq!(lab.answer(&lab.owner, &by(&after), "reject").await.0, 200);
        let joined = lab
            .members(&before.browser, &format!("query={}", before.id))
            .await;
        assert_eq!(joined["data"][0]["role"], MEMBER);
        assert_eq!(after.browser.get(&lab.path).await.0, 404);
        // Whoever is invited meanwhile needs no answer.
        let (_, invited) = lab.invite(&late.email, MEMBER).await;
        let invitation = text(&invited["response"]["id"]);
        assert_eq!(accept(&late.browser, &invitation).await.0, 200);
        assert_eq!(lab.requests("pending").await["total_count"], 0);
        assert_eq!(lab.requests("accepted").await["total_count"], 2);
    })
    .await;
}

#[tokio::test]
async fn people_at_the_domain_are_invited() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let (first, second) = (person_at(&site, &name).await, person_at(&site, &name).await);
        let id = lab.proven_domain(&name).await;
        let (_, set) = lab.set_mode(&id, "automatic_invitation", false).await;
        assert_eq!(set["response"]["total_pending_invitations"], 2);
        let third = person_at(&site, &name).await;
        for person in [&first, &third] {
            let path = "/v1/me/organization_invitations?status=pending";
            let (_, mine) = person.browser.get(path).await;
            let invitation = text(&mine["response"]["data"][0]["id"]);
            assert_eq!(accept(&second.browser, &invitation).await.0, 404);
            assert_eq!(accept(&person.browser, &invitation).await.0, 200);
        }
        let (_, set) = lab.set_mode(&id, "manual_invitation", true).await;
        assert_eq!(set["response"]["total_pending_invitations"], 0);
        let path = "/v1/me/organization_invitations?status=pending";
        let (_, mine) = second.browser.get(path).await;
        assert_eq!(mine["response"]["total_count"], 0);
        assert_eq!(lab.members(&lab.owner, "").await["total_count"], 3);
    })
    .await;
}

#[tokio::test]
async fn to_others_domains_and_requests_are_not_there() {
    on_sites(async |site| {
        let (lab, other) = (Lab::new(&site).await, Lab::new(&site).await);
        let name = fresh_domain();
        let id = lab.proven_domain(&name).await;
        lab.set_mode(&id, "automatic_suggestion", false).await;
        let person = person_at(&site, &name).await;
        ask(
            &person.browser,
            &text(&suggested(&person.browser).await[0]["id"]),
        )
        .await;
        let request = text(&lab.requests("pending").await["data"][0]["id"]);
        let member = lab.member(MEMBER).await;
        // A member sees domains, and no more; an admin of another organization, with its id and ours, sees nothing.
        assert_eq!(
            member.browser.get(&format!("{}/domains", lab.path)).await.0,
            200
        );
        for path in [
            String::new(),
            format!("/{id}?_method=DELETE"),
            format!("/{id}/update_enrollment_mode"),
            format!("/{id}/prepare_affiliation_verification"),
            format!("/{id}/attempt_affiliation_verification"),
            format!("/{id}/prepare_ownership_verification"),
            format!("/{id}/attempt_ownership_verification"),
            "/prepare_ownership_verification/bulk".to_owned(),
            "/attempt_ownership_verification/bulk".to_owned(),
        ] {
            let fields = [
                ("name", name.as_str()),
                ("enrollment_mode", "manual_invitation"),
                ("affiliation_email_address", &format!("x@{name}")),
                ("code", "424242"),
                ("domain_ids", &id),
            ];
            assert_eq!(
                lab.domain(&member.browser, &path, &fields).await.0,
                403,
                "{path}"
            );
            assert_eq!(
                lab.domain(&other.owner, &path, &fields).await.0,
                404,
                "{path}"
            );
            if !path.is_empty() {
                let (status, _) = other.domain(&other.owner, &path, &fields).await;
                assert_eq!(status, 404, "{path}");
            }
        }
        assert_eq!(lab.answer(&other.owner, &request, "accept").await.0, 404);
        assert_eq!(other.answer(&other.owner, &request, "accept").await.0, 404);
        let path = format!("{}/membership_requests", lab.path);
        assert_eq!(member.browser.get(&path).await.0, 403);
        assert_eq!(lab.requests("pending").await["total_count"], 1);
        let (_, seen) = lab.owner.get(&format!("{}/domains/{id}", lab.path)).await;
        assert_eq!(seen["response"]["enrollment_mode"], "automatic_suggestion");
    })
    .await;
}

#[tokio::test]
async fn a_record_in_the_zone_proves_a_domain() {
    let zone = Zone::start();
    let toml = format!("organizations.domains.nameserver = \"{}\"\n", zone.address);
    on_sites_with(&toml, async |site| {
        let lab = Lab::new(&site).await;
        let name = fresh_domain();
        let id = lab.add_domain(&name).await;
        let path = |verb: &str| format!("/{id}/{verb}_ownership_verification");
        let (_, early) = lab.domain(&lab.owner, &path("attempt"), &[]).await;
        assert_eq!(code(&early), "verification_invalid");
        let (_, asked) = lab.domain(&lab.owner, &path("prepare"), &[]).await;
        let record = asked["response"]["ownership_verification"].clone();
        assert_eq!(record["txt_record_name"], *format!("_frontdesk.{name}"));
        let (_, again) = lab.domain(&lab.owner, &path("prepare"), &[]).await;
        assert_eq!(again["response"]["ownership_verification"], record);
        let (status, missing) = lab.domain(&lab.owner, &path("attempt"), &[]).await;
        let proof = &missing["response"]["ownership_verification"];
        assert_eq!(
            (status, &proof["status"]),
            (200, &"unverified".into()),
            "{missing}"
        );
        assert_eq!(proof["attempts"], 1);
        let place = text(&record["txt_record_name"]);
        zone.say(&place, &["something else", "frontdesk-verification=wrong"]);
        let (_, wrong) = lab.domain(&lab.owner, &path("attempt"), &[]).await;
        assert_eq!(wrong["response"]["verification"], Value::Null);
        zone.say(
            &place,
            &["something else", &text(&record["txt_record_value"])],
        );
        let fields = [("domain_ids", id.as_str())];
        let bulk = "/attempt_ownership_verification/bulk";
        let (_, proven) = lab.domain(&lab.owner, bulk, &fields).await;
        let proven = &proven["response"]["data"][0];
        assert_eq!(proven["verification"]["status"], "verified", "{proven}");
        assert_eq!(proven["verification"]["strategy"], "txt");
        assert_eq!(proven["ownership_verification"]["status"], "verified");
        assert_eq!(
            lab.set_mode(&id, "automatic_invitation", false).await.0,
            200
        );
    })
    .await;
}

/// Adds an address to an account, and proves it.
async fn add_address(browser: &Browser, site: &Site, email: &str) {
    let path = "/v1/me/email_addresses";
    let (_, added) = browser.submit(path, &[("email_address", email)]).await;
    let one = format!("{path}/{}", text(&added["response"]["id"]));
    let strategy = ("strategy", "email_code");
    browser
        .submit(&format!("{one}/prepare_verification"), &[strategy])
        .await;
    let digits = site.code(email).await;
    let fields = [strategy, ("code", &digits)];
    let (status, proven) = browser
        .submit(&format!("{one}/attempt_verification"), &fields)
        .await;
    assert_eq!(status, 200, "{proven}");
}

type Records = Arc<Mutex<HashMap<String, Vec<String>>>>;

/// A name server that knows TXT records (RFC 1035 §4).
struct Zone {
    address: String,
    records: Records,
}

impl Zone {
    fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        let address = socket.local_addr().unwrap().to_string();
        let records = Records::default();
        let known = Arc::clone(&records);
        std::thread::spawn(move || {
            let mut bytes = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut bytes) {
                let answer = answer(&bytes[..length], &known);
                socket.send_to(&answer, from).unwrap();
            }
        });
        Self { address, records }
    }

    fn say(&self, name: &str, texts: &[&str]) {
        let texts = texts.iter().map(|&text| text.to_owned()).collect();
        self.records.lock().unwrap().insert(name.to_owned(), texts);
    }
}

fn answer(question: &[u8], known: &Records) -> Vec<u8> {
    let (mut labels, mut at) = (Vec::new(), 12);
    while question[at] > 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let question_end = at + 5;
    let texts = known.lock().unwrap().get(&labels.join(".")).cloned();
    let code = if texts.is_some() { 0 } else { 3 };
    let texts = texts.unwrap_or_default();
    let mut answer = question[..2].to_vec();
    answer.extend([
        0x85,
        0x80 | code,
        0,
        1,
        0,
        u8::try_from(texts.len()).unwrap(),
    ]);
    answer.extend([0; 4]);
    answer.extend(&question[12..question_end]);
    for text in texts {
        let length = u8::try_from(text.len()).unwrap();
        answer.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, length + 1, length]);
        answer.extend(text.bytes());
    }
    answer
}
