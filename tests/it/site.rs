//! A site to test: the whole server in this process, and browsers that talk to its router.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, Request as HttpRequest};
use clap::Parser as _;
use frontdesk_client::{
    Answer, Failure, Frontdesk, Method, News, Offline, Request, Task, Transport, Value,
};
use frontdesk_protocol::{
    AttemptFactor, AttemptVerification, CreateSignIn, CreateSignUp, ErrorCode, PrepareFactor,
    PrepareVerification, SignIn, SignUp, Timestamp, UserId,
};
use frontdesk_server::app::App;
use frontdesk_server::chance::{Chance, Clock};
use frontdesk_server::config::{Config, Options};
use frontdesk_server::store::Cause;
use frontdesk_server::{mail, routes, webhooks, wire};
use sqlx::Connection as _;
use tokio::task::LocalSet;
use tower::ServiceExt as _;

pub const NOW: Timestamp = Timestamp(1_800_000_000_000);
pub const PASSWORD: &str = "a password nobody has";
pub const ORIGIN: &str = "http://localhost:4000";

/// The program's own command line, as tests write it.
#[derive(clap::Parser)]
struct CommandLine {
    #[command(flatten)]
    options: Options,
}

/// The options of a command line.
pub fn options(arguments: &[&str]) -> Options {
    let all = ["frontdesk"].iter().chain(arguments);
    CommandLine::parse_from(all).options
}

/// The server, on a clock that stands still; on PostgreSQL two of them, which take turns.
#[derive(Clone)]
pub struct Site {
    pub app: App,
    pub clock: Clock,
    /// Both servers, where there are two.
    apps: Vec<App>,
    routers: Vec<axum::Router>,
    turn: Rc<Cell<usize>>,
    /// Where requests come from, if that matters.
    peer: Option<SocketAddr>,
    _folder: Rc<tempfile::TempDir>,
}

/// Runs `test` on a site of each engine, with the settings in `toml`.
pub async fn on_sites_with<F: Future<Output = ()>>(toml: &str, test: impl Fn(Site) -> F) {
    let tasks = LocalSet::new();
    let both = async {
        let folder = Rc::new(tempfile::tempdir().unwrap());
        let path = folder.path().join("frontdesk.sqlite");
        let file = format!("sqlite:{}", path.display());
        test(Site::open(toml, &file, Clock::fixed(NOW), &folder).await).await;
        if let Some(database) = Database::create().await {
            test(Site::pair(toml, &database.url, &folder).await).await;
            database.remove().await;
        }
    };
    tasks.run_until(Box::pin(both)).await;
}

/// Runs `test` on a site of each engine.
pub async fn on_sites<F: Future<Output = ()>>(test: impl Fn(Site) -> F) {
    on_sites_with("", test).await;
}

/// A database of PostgreSQL that is one test's alone.
pub struct Database {
    pub url: String,
    name: String,
    cluster: String,
}

impl Database {
    /// One in the cluster that `FRONTDESK_TEST_POSTGRES` names, if it names one.
    pub async fn create() -> Option<Self> {
        let cluster = std::env::var("FRONTDESK_TEST_POSTGRES").ok()?;
        let random: [u8; 8] = Chance::System.bytes().unwrap();
        let name = format!("test_{:x}", u64::from_be_bytes(random));
        run(&cluster, &format!("CREATE DATABASE {name}")).await;
        let (host, _) = cluster.rsplit_once('/').unwrap();
        Some(Self {
            url: format!("{host}/{name}"),
            name,
            cluster,
        })
    }

    /// Removes it, whoever is connected still.
    pub async fn remove(self) {
        run(
            &self.cluster,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        )
        .await;
    }
}

async fn run(cluster: &str, statement: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(cluster).await.unwrap();
    let statement = sqlx::AssertSqlSafe(statement.to_owned());
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

impl Site {
    /// Two servers on one database, which take turns.
    async fn pair(toml: &str, database: &str, folder: &Rc<tempfile::TempDir>) -> Self {
        let clock = Clock::fixed(NOW);
        let (mut site, other) = tokio::join!(
            Self::open(toml, database, clock.clone(), folder),
            Self::open(toml, database, clock.clone(), folder)
        );
        site.routers.extend(other.routers);
        site.apps.extend(other.apps);
        site
    }

    /// A server on `database`, with the settings in `toml`, which it keeps in `folder`.
    pub async fn open(
        toml: &str,
        database: &str,
        clock: Clock,
        folder: &Rc<tempfile::TempDir>,
    ) -> Self {
        let config = folder.path().join("frontdesk.toml");
        // Hashing is as slow as it must be elsewhere; here it is only in the way.
        let cheap = if toml.contains("password.memory_kib") {
            ""
        } else {
            "password.memory_kib = 1024\npassword.passes = 1\n"
        };
        let text = format!("{cheap}limits.writes_per_minute = 100000\n{toml}");
        std::fs::write(&config, text).unwrap();
        let config = config.display().to_string();
        let options = options(&["--development", "--database", database, "--config", &config]);
        let config = Config::new(options).unwrap();
        let app = App::open(config, clock.clone(), Chance::System)
            .await
            .unwrap();
        let router = routes::router(&app);
        Self {
            apps: vec![app.clone()],
            app,
            clock,
            routers: vec![router],
            turn: Rc::default(),
            peer: None,
            _folder: Rc::clone(folder),
        }
    }

    /// The same site for whoever asks from this address.
    pub fn from(&self, address: &str) -> Self {
        Self {
            peer: Some(SocketAddr::new(address.parse().unwrap(), 5000)),
            ..self.clone()
        }
    }

    /// A browser that nobody has used.
    pub fn browser(&self) -> Browser {
        let jar = Jar::default();
        let transport = Wire {
            site: self.clone(),
            jar: jar.clone(),
            chance: Rc::default(),
        };
        Browser {
            desk: Frontdesk::new(transport),
            jar,
            site: self.clone(),
        }
    }

    /// A browser in which somebody new has just signed up.
    pub async fn signed_up(&self) -> Browser {
        let browser = self.browser();
        browser.sign_up(&fresh_email()).await;
        browser
    }

    /// Answers one request as the network would bring it, with whatever the body is.
    pub async fn bytes(&self, request: HttpRequest<Body>) -> (u16, HeaderMap, Bytes) {
        let mut request = wire::read_route(request);
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let turn = self.turn.replace(self.turn.get() + 1);
        let router = &self.routers[turn % self.routers.len()];
        let answer = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status.as_u16(), parts.headers, bytes)
    }

    /// Answers one request as the network would bring it.
    pub async fn answer(&self, request: HttpRequest<Body>) -> (u16, HeaderMap, Value) {
        let (status, headers, bytes) = self.bytes(request).await;
        let value = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        (status, headers, value)
    }

    /// Everything that was sent to `email`, the newest first.
    pub async fn mails(&self, email: &str) -> Vec<Value> {
        let path = format!("/dev/mailbox.json?to={}", email.replace('+', "%2B"));
        let request = HttpRequest::get(path).body(Body::empty()).unwrap();
        let (_, _, mails) = self.answer(request).await;
        mails.as_array().unwrap().clone()
    }

    /// Writes down which sessions were used, on every server.
    pub async fn note_activity(&self) {
        for app in &self.apps {
            mail::note_activity(app).await.unwrap();
        }
    }

    /// Writes the letters about what domains offer, from every server at once.
    pub async fn write_domain_letters(&self) {
        let mut tasks = tokio::task::JoinSet::new();
        for app in &self.apps {
            let app = app.clone();
            tasks.spawn(async move { mail::write_domain_letters(&app).await.unwrap() });
        }
        tasks.join_all().await;
    }

    /// Sends the events that are due, from every server at once.
    pub async fn send_events(&self) {
        let mut tasks = tokio::task::JoinSet::new();
        for app in &self.apps {
            let app = app.clone();
            tasks.spawn(async move { webhooks::send_due(&app).await.unwrap() });
        }
        tasks.join_all().await;
    }

    /// Lets a user's password become known to others.
    pub async fn leak(&self, user: &UserId) {
        let cause = Cause::new(self.clock.now(), "127.0.0.1", &self.app.chance);
        self.app.store.mark_compromised(user, cause).await.unwrap();
    }

    /// The newest code that was sent to `email`.
    pub async fn code(&self, email: &str) -> String {
        let mails = self.mails(email).await;
        mails
            .iter()
            .find_map(|mail| mail["code"].as_str())
            .expect("a mail with a code")
            .to_owned()
    }
}

/// A person's browser.
pub struct Browser {
    pub desk: Frontdesk,
    pub jar: Jar,
    pub site: Site,
}

/// Where a browser keeps its cookies.
#[derive(Clone, Default)]
pub struct Jar(Rc<RefCell<Vec<(String, String)>>>);

impl Jar {
    /// The value of a cookie.
    pub fn get(&self, name: &str) -> Option<String> {
        let cookies = self.0.borrow();
        cookies
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    }

    /// Sets a cookie.
    pub fn set(&self, name: &str, value: &str) {
        let mut cookies = self.0.borrow_mut();
        cookies.retain(|(key, _)| key != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    fn header(&self) -> String {
        let cookies = self.0.borrow();
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }
}

/// What a refusal is about: its code, and its field.
pub type Refusal = (ErrorCode, Option<String>);

/// The one reason of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    match result {
        Err(Failure::Refused(errors)) => (errors[0].code, errors[0].meta.param_name.clone()),
        other => panic!("not refused: {other:?}"),
    }
}

/// A refusal about a field.
pub fn at(code: ErrorCode, field: &str) -> Refusal {
    (code, Some(field.to_owned()))
}

/// An address nobody had before.
pub fn fresh_email() -> String {
    let random = Chance::System.bytes().unwrap();
    format!(
        "{}@example.com",
        &UserId::from_random(random).as_str()["user_".len()..]
    )
}

impl Browser {
    /// Sends a form, and answers with the status and the body.
    pub async fn post(&self, path: &str, form: &str) -> (u16, Value) {
        let request = Request {
            method: Method::Post,
            path: path.to_owned(),
            form: Some(form.to_owned()),
        };
        let (status, _, body) = exchange(&self.site, &self.jar, request).await;
        (status, body)
    }

    /// Sends a body of some kind.
    pub async fn upload(&self, path: &str, kind: &str, body: Vec<u8>) -> (u16, Value) {
        let request = HttpRequest::post(path)
            .header(COOKIE, self.jar.header())
            .header(CONTENT_TYPE, kind)
            .header("origin", ORIGIN)
            .body(Body::from(body));
        let (status, _, body) = self.site.answer(request.unwrap()).await;
        (status, body)
    }

    /// Sends a form of these fields.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> (u16, Value) {
        let encode = |text: &str| {
            let bytes = text.bytes().map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                    char::from(byte).to_string()
                }
                _ => format!("%{byte:02X}"),
            });
            bytes.collect::<String>()
        };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        self.post(path, &pairs.join("&")).await
    }

    /// Goes to an address as a person does, and says where that leads.
    pub async fn visit(&self, path: &str) -> (u16, String) {
        let request = Request {
            method: Method::Get,
            path: path.to_owned(),
            form: None,
        };
        let (status, headers, _) = exchange(&self.site, &self.jar, request).await;
        let place = headers.get("location").map(|it| it.to_str().unwrap());
        (status, place.unwrap_or_default().to_owned())
    }

    /// Asks for a resource.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = Request {
            method: Method::Get,
            path: path.to_owned(),
            form: None,
        };
        let (status, _, body) = exchange(&self.site, &self.jar, request).await;
        (status, body)
    }

    /// Fills in the sign-up form.
    pub async fn begin_sign_up(&self, email: &str) -> SignUp {
        let command = CreateSignUp {
            email_address: Some(email.to_owned()),
            password: Some(PASSWORD.into()),
            ..CreateSignUp::default()
        };
        self.desk.create_sign_up(&command).await.unwrap()
    }

    /// Asks for the code of a sign-up.
    pub async fn prepare_sign_up(&self, sign_up: &SignUp) -> Result<SignUp, Failure> {
        let command = PrepareVerification {
            strategy: Some("email_code".to_owned()),
            ..PrepareVerification::default()
        };
        self.desk.prepare_verification(&sign_up.id, &command).await
    }

    /// Types the code of a sign-up.
    pub async fn attempt_sign_up(&self, sign_up: &SignUp, code: &str) -> Result<SignUp, Failure> {
        let command = AttemptVerification {
            strategy: Some("email_code".to_owned()),
            code: Some(code.into()),
            ..AttemptVerification::default()
        };
        self.desk.attempt_verification(&sign_up.id, &command).await
    }

    /// Signs somebody up to the end.
    pub async fn sign_up(&self, email: &str) -> SignUp {
        let sign_up = self.begin_sign_up(email).await;
        self.prepare_sign_up(&sign_up).await.unwrap();
        let code = self.site.code(email).await;
        self.attempt_sign_up(&sign_up, &code).await.unwrap()
    }

    /// Says who signs in.
    pub async fn begin_sign_in(&self, email: &str) -> SignIn {
        let command = CreateSignIn {
            identifier: Some(email.to_owned()),
            ..CreateSignIn::default()
        };
        self.desk.create_sign_in(&command).await.unwrap()
    }

    /// Asks for the code of a sign-in.
    pub async fn prepare_sign_in(&self, sign_in: &SignIn) -> Result<SignIn, Failure> {
        let command = PrepareFactor {
            strategy: Some("email_code".to_owned()),
            ..PrepareFactor::default()
        };
        self.desk.prepare_first_factor(&sign_in.id, &command).await
    }

    /// Proves a sign-in by a code.
    pub async fn attempt_code(&self, sign_in: &SignIn, code: &str) -> Result<SignIn, Failure> {
        let command = AttemptFactor {
            strategy: Some("email_code".to_owned()),
            code: Some(code.into()),
            ..AttemptFactor::default()
        };
        self.desk.attempt_first_factor(&sign_in.id, &command).await
    }

    /// Proves a sign-in by a password.
    pub async fn attempt_password(
        &self,
        sign_in: &SignIn,
        password: &str,
    ) -> Result<SignIn, Failure> {
        let command = AttemptFactor {
            strategy: Some("password".to_owned()),
            password: Some(password.into()),
            ..AttemptFactor::default()
        };
        self.desk.attempt_first_factor(&sign_in.id, &command).await
    }

    /// Signs somebody in with a password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<SignIn, Failure> {
        let sign_in = self.begin_sign_in(email).await;
        self.attempt_password(&sign_in, password).await
    }
}

/// The network between a browser and the router.
struct Wire {
    site: Site,
    jar: Jar,
    chance: Rc<Cell<u32>>,
}

async fn exchange(site: &Site, jar: &Jar, request: Request) -> (u16, HeaderMap, Value) {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
    };
    let mut http = HttpRequest::builder()
        .method(method)
        .uri(&request.path)
        .header(COOKIE, jar.header());
    if request.form.is_some() {
        http = http
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("origin", ORIGIN);
    }
    let body = request.form.map_or_else(Body::empty, Body::from);
    let (status, headers, value) = site.answer(http.body(body).unwrap()).await;
    for cookie in headers.get_all(SET_COOKIE) {
        let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
        jar.set(name, rest.split(';').next().unwrap());
    }
    (status, headers, value)
}

impl Transport for Wire {
    fn send(&self, request: Request) -> Task<Result<Answer, Offline>> {
        let (site, jar) = (self.site.clone(), self.jar.clone());
        Box::pin(async move {
            let (status, headers, body) = exchange(&site, &jar, request).await;
            let retry_after_s = headers
                .get(RETRY_AFTER)
                .and_then(|wait| wait.to_str().ok()?.parse().ok());
            let body = (!body.is_string()).then_some(body);
            Ok(Answer {
                status,
                retry_after_s,
                body,
            })
        })
    }

    fn now(&self) -> Timestamp {
        self.site.clock.now()
    }

    fn sleep(&self, _ms: u32) -> Task<()> {
        Box::pin(tokio::task::yield_now())
    }

    fn random(&self) -> f64 {
        self.chance.set(self.chance.get().wrapping_add(1));
        f64::from(self.chance.get() % 16) / 16.0
    }

    fn spawn(&self, task: Task<()>) {
        drop(tokio::task::spawn_local(task));
    }

    fn tell(&self, _news: News) {}
}
