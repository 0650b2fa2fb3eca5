//! Builds a filter of breached passwords out of lists, for `password.breached_filter`.
//!
//! `cargo run --release --example breach_filter -- OUT LIST…`, where each line of a list is a password,
//! or the SHA-1 of one as `HASH` or `HASH:COUNT`. Passwords of fewer than 8 characters are left out:
//! production does not take them anyway. The file has some 2.25 bytes for each password.

use std::io::BufRead as _;

use anyhow::{Context as _, Result};
use frontdesk_server::password::Breached;
use frontdesk_server::password::breach::{hash_of_line, key, key_of_hash};

const SHORTEST: usize = 8;

fn main() -> Result<()> {
    let mut paths = std::env::args_os().skip(1);
    let out = paths.next().context("usage: breach_filter OUT LIST…")?;
    let mut keys = Vec::new();
    for path in paths {
        let name = path.to_string_lossy().into_owned();
        let file = std::fs::File::open(&path).with_context(|| format!("cannot open {name}"))?;
        for line in std::io::BufReader::new(file).split(b'\n') {
            // Old lists are not always UTF-8, and no page sends us what is not.
            let Ok(line) = String::from_utf8(line.with_context(|| format!("cannot read {name}"))?)
            else {
                continue;
            };
            let line = line.trim_end_matches('\r');
            match hash_of_line(line) {
                Some(hash) => keys.push(key_of_hash(&hash)),
                None if line.chars().count() >= SHORTEST => keys.push(key(line)),
                None => {}
            }
        }
    }
    let bytes = Breached::build(keys)?.to_bytes();
    std::fs::write(&out, &bytes).context("cannot write the filter")?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}
