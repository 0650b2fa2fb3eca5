//! Points in time.

/// Milliseconds since 1970-01-01T00:00:00Z, as every time on the wire and in the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(serde::Serialize, serde::Deserialize)
)]
#[cfg_attr(not(target_arch = "wasm32"), serde(transparent))]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The time `seconds` later, or earlier if negative.
    #[must_use]
    pub const fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds since 1970, as in a JWT.
    pub const fn as_s(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

impl crate::json::Read for Timestamp {
    const BLANK: Self = Self(0);

    fn fill<S: crate::json::Source>(&mut self, reader: &crate::json::Reader<'_, S>) {
        self.0.fill(reader);
    }
}
