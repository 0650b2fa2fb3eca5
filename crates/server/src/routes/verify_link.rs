//! Where the link of a letter leads: a page with one button, because mail scanners open links but press nothing.

use axum::extract::State;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use frontdesk_locale::Text;
use frontdesk_protocol::{
    ClientId, ErrorCode, SessionId, SignInId, SignUpId, Strategy, VerifyLink,
};

use super::pages::language;
use super::{arrival, email_addresses, sign_up_link};
use crate::app::App;
use crate::device;
use crate::error::Error;
use crate::factor::{Attempt, email_link};
use crate::link::{self, Opened, Proves};
use crate::mail::escape;
use crate::wire::{Asked, Body, Caller, origin_of};

/// `GET /v1/verify_link?token=…`: asks whether it was meant; nothing is spent.
///
/// # Errors
/// Only ours.
pub async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    asked: Result<Asked<VerifyLink>, Error>,
) -> Result<Response, Error> {
    // A query that cannot be read is a link that does not work.
    let token = asked.ok().and_then(|Asked(command)| command.token);
    let token = token.unwrap_or_default();
    let Some(opened) = link::open(&app, &token).await? else {
        return Ok(gone(&app, &language(&headers)));
    };
    let link = &opened.link;
    let text = match &link.locale {
        Some(locale) => Text::of(locale),
        None => language(&headers),
    };
    let agent = link.device.user_agent.as_deref();
    let device = device::name(agent.unwrap_or_default());
    let form = format!(
        "<p>{question}</p><form method=\"post\" action=\"/v1/verify_link\">\
         <input type=\"hidden\" name=\"token\" value=\"{token}\"><button>{action}</button></form>",
        question = escape(&text.page_link_body(&device)),
        token = escape(token.expose()),
        action = escape(&text.mail_link_action()),
    );
    // The form leads to where the link leads back to, and browsers ask for that to be allowed as well.
    let next = origin_of(&link.redirect_url).unwrap_or_default();
    Ok(page(&app, &text, StatusCode::OK, next, &form))
}

/// `POST /v1/verify_link`: goes on with what the link stands for, and leads back.
///
/// To where it leads back, `__clerk_status` (`verified`, `expired`, `failed` or `client_mismatch`) and
/// `__clerk_created_session` are added.
///
/// # Errors
/// Only ours.
pub async fn follow(
    caller: Caller,
    headers: HeaderMap,
    Body(command): Body<VerifyLink>,
) -> Result<Response, Error> {
    let app = caller.app.clone();
    let token = command.token.unwrap_or_default();
    let Some(opened) = link::open(&app, &token).await? else {
        return Ok(gone(&app, &language(&headers)));
    };
    let back = opened.link.redirect_url.clone();
    if opened.expires_at <= caller.now {
        return lead(&back, "expired", None);
    }
    let here = caller.browser.as_ref().map(|browser| browser.id.clone());
    let is_here = here
        .as_ref()
        .is_some_and(|here| here.as_str() == opened.client);
    if !is_here && app.settings().email_address.link_same_browser {
        return lead(&back, "client_mismatch", None);
    }
    let asking = ClientId::parse(&opened.client).ok_or(ErrorCode::AttemptNotFound)?;
    let Some(browser) = app.store.browser_by_id(&asking, caller.now).await? else {
        return lead(&back, "expired", None);
    };
    let acting = if is_here {
        caller
    } else {
        caller.elsewhere(browser, opened.link.device.clone())
    };
    let done = match &opened.link.proves {
        Proves::SignIn(id) => sign_in(acting, id, &opened, here).await,
        Proves::SignUp(id) => sign_up(acting, id, &opened, here).await,
        Proves::EmailAddress(user, id) => {
            let proven = email_addresses::follow(&acting, (user, id), &opened).await;
            proven.map(|()| (Response::default(), None))
        }
    };
    match done {
        Ok((answer, session)) => {
            let mut response = lead(&back, "verified", session.as_ref())?;
            // Another browser's cookies are none of this one's.
            for cookie in answer
                .headers()
                .get_all(SET_COOKIE)
                .iter()
                .filter(|_| is_here)
            {
                response.headers_mut().append(SET_COOKIE, cookie.clone());
            }
            Ok(response)
        }
        Err(Error::Refused(ErrorCode::AttemptNotFound, _)) => lead(&back, "expired", None),
        Err(Error::Refused(..) | Error::Several(_)) => lead(&back, "failed", None),
        Err(error @ (Error::Told(..) | Error::Busy(_) | Error::Broken(_))) => Err(error),
    }
}

async fn sign_in(
    acting: Caller,
    id: &SignInId,
    opened: &Opened,
    by: Option<ClientId>,
) -> Result<(Response, Option<SessionId>), Error> {
    let (app, now) = (acting.app.clone(), acting.now);
    let client = acting.known()?.id.clone();
    let loaded = app.store.sign_in(id, &client, now).await?;
    let mut attempt = Attempt {
        loaded: loaded.ok_or(ErrorCode::AttemptNotFound)?,
        client: client.to_string(),
    };
    if attempt.person().user.is_none() {
        let after = email_link::prove_newcomer(&acting, attempt, opened, by).await?;
        return Ok((acting.answer(after).await?, None));
    }
    let proved = email_link::prove(&mut attempt, opened, by)?;
    let answer = arrival::first(acting, attempt, Strategy::EmailLink, proved).await?;
    let after = app.store.sign_in(id, &client, now).await?;
    let session = after.and_then(|after| after.step.created_session_id);
    Ok((answer, session))
}

async fn sign_up(
    acting: Caller,
    id: &SignUpId,
    opened: &Opened,
    by: Option<ClientId>,
) -> Result<(Response, Option<SessionId>), Error> {
    let (app, now) = (acting.app.clone(), acting.now);
    let client = acting.known()?.id.clone();
    let answer = sign_up_link::follow(acting, id, opened, by).await?;
    let after = app.store.sign_up(id, &client, now).await?;
    let session = after.and_then(|after| after.step.created_session_id);
    Ok((answer, session))
}

/// Leads back, with what became of it in the search part.
fn lead(back: &str, status: &str, session: Option<&SessionId>) -> Result<Response, Error> {
    let (page, fragment) = match back.split_once('#') {
        Some((page, fragment)) => (page, Some(fragment)),
        None => (back, None),
    };
    let mut location = page.to_owned();
    location.push(if page.contains('?') { '&' } else { '?' });
    location.push_str("__clerk_status=");
    location.push_str(status);
    if let Some(session) = session {
        location.push_str("&__clerk_created_session=");
        location.push_str(session.as_str());
    }
    if let Some(fragment) = fragment {
        location.push('#');
        location.push_str(fragment);
    }
    let location = HeaderValue::try_from(location).map_err(anyhow::Error::from)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// What is left of a link that was spent.
fn gone(app: &App, text: &Text) -> Response {
    let sentence = format!("<p>{}</p>", escape(&text.error_ticket_invalid()));
    page(app, text, StatusCode::GONE, "", &sentence)
}

fn page(app: &App, text: &Text, status: StatusCode, next: &str, body: &str) -> Response {
    let application = app.settings().application_name.clone();
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"/hosted.css\"></head>\
         <body><main data-page=\"link\"><h1>{title}</h1>{body}</main></body></html>",
        lang = escape(text.locale()),
        dir = text.direction(),
        title = escape(&text.mail_link_subject(&application)),
    );
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {next}; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
        // Its own address is a secret, but a form that told nobody where it is would not be let in here.
        (REFERRER_POLICY, "same-origin".to_owned()),
    ];
    (status, headers, html).into_response()
}
