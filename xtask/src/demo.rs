//! Serves the whole product on this machine.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::package;
use crate::run::{cargo, command, print, root, run, step, target};

/// What the demo is asked for.
pub struct Options {
    port: u16,
    data: PathBuf,
    is_release: bool,
}

impl Options {
    /// Reads the arguments after `demo`.
    ///
    /// # Errors
    /// If there is one that it does not know.
    pub fn parse(arguments: &[&str]) -> Result<Self> {
        let mut options = Self {
            port: 4000,
            data: root().join(".frontdesk"),
            is_release: false,
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || {
                rest.next()
                    .with_context(|| format!("{argument} needs a value"))
            };
            match *argument {
                "--port" => options.port = value()?.parse().context("--port needs a number")?,
                "--data-dir" => options.data = std::path::absolute(value()?)?,
                "--release" => options.is_release = true,
                unknown => bail!("demo has no option `{unknown}`"),
            }
        }
        Ok(options)
    }
}

/// Builds everything and serves it until it is interrupted.
///
/// # Errors
/// If something does not build, or the server ends by itself.
pub fn serve(options: &Options) -> Result<()> {
    let port = options.port;
    // Better to hear it now than after the build.
    drop(
        TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .with_context(|| format!("port {port} is taken; try --port"))?,
    );
    package::build()?;
    let mut server = command(server(options.is_release)?);
    std::fs::create_dir_all(&options.data)?;
    let url = format!("http://localhost:{port}");
    server.args(["serve", "--development", "--seed", "--public-url", &url]);
    server.args(["--listen", &format!("127.0.0.1:{port}")]);
    server.arg("--database").arg(format!(
        "sqlite:{}",
        options.data.join("frontdesk.sqlite").display()
    ));
    server
        .arg("--elements-dir")
        .arg(package::folder())
        .arg("--demo-dir")
        .arg(root().join("demo"));
    let mut server = server.spawn().context("cannot start the server")?;
    wait(&mut server, port)?;
    print(&format!("\n  Every component:  {url}/"));
    print(&format!("  Every mail sent:  {url}/dev/mailbox"));
    print("  Sign in as        ada@example.com   correct horse battery staple");
    print("  Stop with         Ctrl-C\n");
    let status = server.wait()?;
    bail!("the server ended with {status}");
}

/// Builds the server and answers where it is.
///
/// # Errors
/// If it does not build.
pub fn server(is_release: bool) -> Result<PathBuf> {
    build("frontdesk-server", "frontdesk", is_release)
}

/// Builds the app that shows how others are protected, and answers where it is.
///
/// # Errors
/// If it does not build.
pub fn app() -> Result<PathBuf> {
    build("frontdesk-demo-app", "frontdesk-demo-app", false)
}

fn build(package: &str, program: &str, is_release: bool) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", package, "--bin", program]);
    if is_release {
        build.arg("--release");
    }
    step(&format!("building {program}"), || run(&mut build))?;
    Ok(target()
        .join(if is_release { "release" } else { "debug" })
        .join(program))
}

/// Waits until a server answers.
///
/// # Errors
/// If it ends, or takes more than a minute.
pub fn wait(server: &mut Child, port: u16) -> Result<()> {
    let start = Instant::now();
    while !is_ready(port) {
        if let Some(status) = server.try_wait()? {
            bail!("the server ended with {status}");
        }
        if start.elapsed() > Duration::from_mins(1) {
            server.kill()?;
            bail!("the server was not ready within a minute");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /readyz HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split(' ').nth(1) == Some("200"))
}
