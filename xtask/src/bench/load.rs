//! Load: several connections that ask one request after the other for a few seconds.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::served::Served;

const TIME: Duration = Duration::from_secs(5);

/// What came of a load.
pub struct Report {
    /// Answers per second.
    pub per_second: f64,
    /// Half of them came within this.
    pub p50_ms: f64,
    /// All but one of a hundred came within this.
    pub p99_ms: f64,
}

/// A GET, perhaps of somebody.
pub fn get(path: &str, cookie: Option<&str>) -> String {
    request("GET", path, "", cookie)
}

/// A POST of a form, perhaps of somebody.
pub fn post(path: &str, form: &str, cookie: Option<&str>) -> String {
    request("POST", path, form, cookie)
}

fn request(method: &str, path: &str, form: &str, cookie: Option<&str>) -> String {
    let cookie = cookie.map_or(String::new(), |it| format!("cookie: {it}\r\n"));
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n{cookie}\r\n{form}",
        form.len()
    )
}

/// One connection.
pub struct Connection(BufReader<TcpStream>);

/// An answer's status, cookies and body.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Each `name=value` that it sets.
    pub cookies: Vec<String>,
    /// The body.
    pub body: String,
}

impl Connection {
    /// Connects to a server of this machine.
    ///
    /// # Errors
    /// If it does not listen.
    pub fn open(port: u16) -> Result<Self> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    /// If there is none.
    pub fn ask(&mut self, request: &str) -> Result<Answer> {
        self.0.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|it| it.parse().ok());
        let mut answer = Answer {
            status: status.context("no answer")?,
            cookies: Vec::new(),
            body: String::new(),
        };
        let mut length = 0;
        loop {
            line.clear();
            self.0.read_line(&mut line)?;
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            match name {
                "content-length" => length = value.parse()?,
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or_default();
                    answer.cookies.push(pair.to_owned());
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }
}

/// Asks over `connections` at once what `request` gives for each turn.
///
/// # Errors
/// If an answer is no success.
pub fn run(
    server: &Served,
    connections: usize,
    request: &(dyn Fn(usize) -> String + Sync),
) -> Result<Report> {
    let turn = AtomicUsize::new(0);
    let begun = Instant::now();
    let times: Result<Vec<Vec<Duration>>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..connections)
            .map(|_| scope.spawn(|| ask_for_a_while(server.port, &turn, request)))
            .collect();
        let join = |worker: std::thread::ScopedJoinHandle<'_, Result<Vec<Duration>>>| {
            worker
                .join()
                .unwrap_or_else(|_| bail!("a connection was lost"))
        };
        workers.into_iter().map(join).collect()
    });
    let took = begun.elapsed().as_secs_f64();
    let mut times: Vec<Duration> = times?.into_iter().flatten().collect();
    times.sort();
    let at = |part: usize| {
        let place = (times.len() * part / 100).min(times.len().saturating_sub(1));
        times.get(place).map_or(0.0, Duration::as_secs_f64) * 1000.0
    };
    let count = u32::try_from(times.len())?;
    Ok(Report {
        per_second: f64::from(count) / took,
        p50_ms: at(50),
        p99_ms: at(99),
    })
}

fn ask_for_a_while(
    port: u16,
    turn: &AtomicUsize,
    request: &(dyn Fn(usize) -> String + Sync),
) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(port)?;
    let mut times = Vec::new();
    let begun = Instant::now();
    while begun.elapsed() < TIME {
        let request = request(turn.fetch_add(1, Ordering::Relaxed));
        let asked = Instant::now();
        let answer = connection.ask(&request)?;
        times.push(asked.elapsed());
        if answer.status != 200 {
            bail!("{}: {}", answer.status, answer.body);
        }
    }
    Ok(times)
}
