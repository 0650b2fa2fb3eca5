//! What a browser calls itself, in words.

/// Looked for in this order, because most browsers also claim to be another.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What a browser says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The browser, e.g. `Firefox`.
    pub browser: Option<&'static str>,
    /// Its version, e.g. `144.0`.
    pub version: Option<String>,
    /// The system, e.g. `Linux`.
    pub system: Option<&'static str>,
    /// Whether it is a telephone or a tablet.
    pub is_mobile: bool,
}

/// What `user_agent` says.
pub fn of(user_agent: &str) -> Device {
    let find = |table: &[(&'static str, &'static str)]| {
        let found = table.iter().find(|(mark, _)| user_agent.contains(mark));
        found.copied()
    };
    let browser = find(&BROWSERS);
    let system = find(&SYSTEMS).map(|(_, name)| name);
    let version = browser.and_then(|(mark, name)| {
        // Safari alone says its version elsewhere.
        let mark = if name == "Safari" { "Version/" } else { mark };
        let rest = user_agent.split_once(mark)?.1;
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let version = &rest[..end.unwrap_or(rest.len())];
        (!version.is_empty()).then(|| version.to_owned())
    });
    Device {
        browser: browser.map(|(_, name)| name),
        version,
        system,
        is_mobile: matches!(system, Some("iPhone" | "iPad" | "Android")),
    }
}

/// The browser and the system, e.g. `Firefox on Linux`; a question mark where it does not say.
pub fn name(user_agent: &str) -> String {
    let device = of(user_agent);
    match (device.browser, device.system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "?".to_owned(),
    }
}
