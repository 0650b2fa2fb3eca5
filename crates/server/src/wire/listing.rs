//! Which part of a list is asked for, in a query in which a name may be there several times.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use frontdesk_protocol::ErrorCode;

use crate::error::Error;

const USUAL: i64 = 10;
const MOST: i64 = 100;

/// Which part of a list; what else is in the query is left alone.
#[derive(Debug)]
pub struct Listing {
    /// How many: 10 by default, 100 at the most.
    pub limit: i64,
    /// After how many.
    pub offset: i64,
    /// A part of what is looked for.
    pub query: Option<String>,
    /// What comes first.
    pub order_by: Option<String>,
    /// Keys of roles.
    pub roles: Vec<String>,
    /// How what is asked for stands.
    pub statuses: Vec<String>,
    /// What people get whose address is at a domain.
    pub modes: Vec<String>,
}

impl Listing {
    /// How many, and after how many.
    pub const fn page(&self) -> (i64, i64) {
        (self.limit, self.offset)
    }
}

impl<S: Sync> FromRequestParts<S> for Listing {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let query = parts.uri.query().unwrap_or("");
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| ErrorCode::RequestBodyInvalid)?;
        // Nobody can say which of two is meant.
        for name in ["limit", "offset", "query", "order_by"] {
            if pairs.iter().filter(|(it, _)| it == name).count() > 1 {
                return Err(Error::at(ErrorCode::FormParamValueInvalid, name));
            }
        }
        let mut listing = Self {
            limit: USUAL,
            offset: 0,
            query: None,
            order_by: None,
            roles: Vec::new(),
            statuses: Vec::new(),
            modes: Vec::new(),
        };
        if let Some((name, _)) = pairs.iter().find(|(_, value)| value.contains('\0')) {
            return Err(Error::at(ErrorCode::FormParamFormatInvalid, name));
        }
        for (name, value) in pairs {
            match name.as_str() {
                "limit" => listing.limit = number(&value, "limit")?.clamp(1, MOST),
                "offset" => listing.offset = number(&value, "offset")?,
                "query" => listing.query = Some(value).filter(|text| !text.is_empty()),
                "order_by" => listing.order_by = Some(value).filter(|text| !text.is_empty()),
                "role" | "role[]" => listing.roles.extend(words(&value)),
                "status" | "status[]" => listing.statuses.extend(words(&value)),
                "enrollment_mode" | "enrollment_mode[]" => listing.modes.extend(words(&value)),
                _ => {}
            }
        }
        Ok(listing)
    }
}

fn number(text: &str, field: &str) -> Result<i64, Error> {
    let number: Option<u32> = text.parse().ok();
    number
        .map(i64::from)
        .ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, field))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(',').map(str::trim);
    words.filter(|word| !word.is_empty()).map(str::to_owned)
}
