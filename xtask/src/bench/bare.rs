//! What the machine can do without us: hash a password, and write a row so that it stays.

use std::fs::File;
use std::io::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};

const TIME: Duration = Duration::from_secs(4);

/// Argon2id of 19456 KiB and 2 passes, on every core.
pub fn hashes_per_second() -> f64 {
    let cores = thread::available_parallelism().map_or(2, usize::from);
    let begun = Instant::now();
    let workers: Vec<_> = (0..cores)
        .map(|_| thread::spawn(hash_for_a_while))
        .collect();
    let done: u32 = workers.into_iter().filter_map(|it| it.join().ok()).sum();
    f64::from(done) / begun.elapsed().as_secs_f64()
}

fn hash_for_a_while() -> u32 {
    let params = Params::new(19_456, 2, 1, None).unwrap_or_default();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let begun = Instant::now();
    let mut done = 0;
    while begun.elapsed() < TIME {
        let hashed = argon2.hash_password_with_salt(b"correct horse battery staple", &[7; 16]);
        done += u32::from(hashed.is_ok());
    }
    done
}

/// A hundred bytes, written and brought to the disk one after the other.
///
/// # Errors
/// If the disk cannot be written.
pub fn writes_per_second() -> Result<f64> {
    let path = std::env::temp_dir().join(format!("frontdesk-bench-{}", std::process::id()));
    let mut file = File::create(&path).context("cannot write a file")?;
    let begun = Instant::now();
    let mut done = 0_u32;
    while begun.elapsed() < TIME {
        file.write_all(&[0; 100])?;
        file.sync_data()?;
        done += 1;
    }
    std::fs::remove_file(path)?;
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}
