//! What came of an import, in words.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Whoever is here now.
    pub imported: u64,
    /// Whoever was here before.
    pub there: u64,
    /// Whoever could not be taken.
    pub refused: u64,
    /// Of those imported, whoever has nothing proven to sign in with.
    pub unproven: u64,
    /// Whoever has passkeys or backup codes that only another secret knows again.
    pub losing: u64,
}

impl Tally {
    /// Tells `out`; `report` is where the refused ones are.
    ///
    /// # Errors
    /// Where nothing can be written there.
    pub fn tell(
        self,
        is_dry: bool,
        took_s: f64,
        report: &Path,
        out: &mut impl Write,
    ) -> Result<()> {
        let Self {
            imported,
            there,
            refused,
            unproven,
            losing,
        } = self;
        let what = if is_dry {
            "would be imported"
        } else {
            "imported"
        };
        let most = most_memory().map(|most| format!(", with {most} of memory at the most"));
        writeln!(
            out,
            "{imported} {what}, {there} there already, {refused} refused, in {took_s:.1} s{}",
            most.unwrap_or_default()
        )?;
        if unproven > 0 {
            writeln!(
                out,
                "{unproven} of them have nothing proven to sign in with; --trust-addresses takes their addresses as proven"
            )?;
        }
        if losing > 0 {
            writeln!(
                out,
                "{losing} have passkeys or backup codes made with another FRONTDESK_SECRET, which stay behind"
            )?;
        }
        if refused > 0 {
            writeln!(out, "the refused ones are in {}", report.display())?;
        }
        Ok(())
    }
}

/// The most memory that this process has had, e.g. `38 MiB`, where the system tells it.
fn most_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let most = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = most.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{} MiB", kib.div_ceil(1024)))
}
