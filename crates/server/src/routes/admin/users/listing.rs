//! Lists of users, and of the organizations that one is in.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Email, ErrorCode, List, Phone};
use serde::Deserialize;
use serde_json::json;

use super::super::{organizations, page};
use super::{load, parse, shown};
use crate::error::Error;
use crate::store::{Order, Search};
use crate::wire::{Asked, Backend};

/// Whom to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    email_address: Option<String>,
    phone_number: Option<String>,
    username: Option<String>,
    external_id: Option<String>,
    query: Option<String>,
    order_by: Option<String>,
    limit: Option<i64>,
    offset: Option<i64>,
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Part {
    limit: Option<i64>,
    offset: Option<i64>,
}

impl Filter {
    /// An address that is none is nobody's.
    fn search(&self) -> Search {
        let email = self.email_address.as_deref();
        let phone = self.phone_number.as_deref();
        Search {
            email: email.map(|it| Email::parse(it).map(String::from).unwrap_or_default()),
            phone: phone.map(|it| Phone::parse(it).map(String::from).unwrap_or_default()),
            username: self.username.as_ref().map(|it| it.to_ascii_lowercase()),
            external_id: self.external_id.clone(),
            query: self.query.clone(),
        }
    }

    fn order(&self) -> Result<Order, Error> {
        let Some(text) = &self.order_by else {
            return Ok(Order::USUAL);
        };
        Order::parse(text).ok_or_else(|| Error::at(ErrorCode::FormParamValueInvalid, "order_by"))
    }
}

/// `GET /admin/v1/users`: a page of users, the newest first where `order_by` does not say otherwise.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn list(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let page = page(filter.limit, filter.offset)?;
    let order = filter.order()?;
    let store = &backend.app.store;
    let mut users = Vec::new();
    for id in store.find_users(&filter.search(), order, page).await? {
        // Whoever was deleted meanwhile is not there.
        if let Some(known) = store.known(&id).await? {
            users.push(shown(&backend.app, known));
        }
    }
    Ok(Json(users).into_response())
}

/// `GET /admin/v1/users/count`: how many there are.
///
/// # Errors
/// `FormParamValueInvalid`.
pub async fn count(backend: Backend, Asked(filter): Asked<Filter>) -> Result<Response, Error> {
    let total = backend.app.store.count_users(&filter.search()).await?;
    Ok(Json(json!({ "object": "total_count", "total_count": total })).into_response())
}

/// `GET /admin/v1/users/{id}/organization_memberships`: what a user is in which organizations.
///
/// # Errors
/// `ResourceNotFound`, `FormParamValueInvalid`.
pub async fn memberships(
    backend: Backend,
    Path(id): Path<String>,
    Asked(part): Asked<Part>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let (limit, offset) = page(part.limit, part.offset)?;
    let all = load(app, &parse(&id)?).await?.user.organization_memberships;
    let total_count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let mut data = Vec::new();
    let (limit, offset) = (usize::try_from(limit), usize::try_from(offset));
    let whole = all.into_iter().skip(offset.unwrap_or(usize::MAX));
    for membership in whole.take(limit.unwrap_or(0)) {
        data.push(organizations::whole(app, membership).await?);
    }
    Ok(Json(List { data, total_count }).into_response())
}
