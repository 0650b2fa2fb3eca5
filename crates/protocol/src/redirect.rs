//! Where a person may be sent after a flow.

/// A redirect target that stays on the page's own origin or on an allowed one.
///
/// A relative target starts with exactly one `/`; an absolute one has an allowed origin, compared
/// as text up to its first `/`, `?` or `#`. Backslashes, control characters and spaces are refused,
/// because browsers read them as something else (RFC 9700 §4.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeRedirect(String);

impl SafeRedirect {
    /// Parses a target; `None` where it leads elsewhere. Origins look like `https://app.example`.
    pub fn parse<O: AsRef<str>>(target: &str, allowed_origins: &[O]) -> Option<Self> {
        let is_clean = !target.is_empty()
            && target.len() <= 2048
            && !target
                .chars()
                .any(|letter| letter.is_control() || letter == ' ' || letter == '\\');
        let is_relative = target.starts_with('/') && !target.starts_with("//");
        let is_allowed = || {
            allowed_origins
                .iter()
                .any(|origin| has_origin(target, origin.as_ref()))
        };
        (is_clean && (is_relative || is_allowed())).then(|| Self(target.to_owned()))
    }

    /// The target as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn has_origin(target: &str, origin: &str) -> bool {
    let is_http = origin.starts_with("https://") || origin.starts_with("http://");
    is_http
        && target
            .strip_prefix(origin)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
}
