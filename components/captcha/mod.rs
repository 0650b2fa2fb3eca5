//! Work that a browser does to show that it is not one of many thousands of a robot's.

mod sha256;
#[cfg(test)]
mod tests;

use frontdesk_client::{Failure, Frontdesk};
use frontdesk_protocol::{CreateSignIn, ErrorCode, SignIn};

use sha256::{hash, leading_zeros};

/// So many hashes take a few milliseconds, and some 40 on a slow phone.
const AT_A_TIME: u32 = 4000;

/// What the server wants to be worked out before it does what it was asked, if that is why it refused.
pub fn asked(failure: &Failure) -> Option<String> {
    match failure {
        Failure::Refused(errors) => errors
            .iter()
            .filter(|error| error.code == ErrorCode::CaptchaRequired)
            .find_map(|error| error.meta.captcha.clone()),
        Failure::Unavailable { .. } | Failure::Offline => None,
    }
}

/// The search for an answer to `<salt>.<difficulty>.<mac>`.
struct Search {
    salt: String,
    text: String,
    difficulty: u32,
    counter: u32,
}

impl Search {
    fn new(captcha: &str) -> Option<Self> {
        let mut parts = captcha.split('.');
        let mut salt = parts.next()?.to_owned();
        salt.push('.');
        Some(Self {
            text: salt.clone(),
            salt,
            difficulty: parts.next()?.parse().ok()?,
            counter: 0,
        })
    }

    /// The smallest counter whose hash begins with as many zeros as are asked for, if it is among the next ones.
    fn go_on(&mut self) -> Option<u32> {
        let end = self.counter.saturating_add(AT_A_TIME);
        while self.counter < end {
            self.text.truncate(self.salt.len());
            self.text.push_str(&self.counter.to_string());
            if leading_zeros(&hash(self.text.as_bytes())) >= self.difficulty {
                return Some(self.counter);
            }
            self.counter += 1;
        }
        None
    }
}

/// Works out the token for `captcha`, a little at a time, so that the page goes on living; nothing where
/// that makes no sense.
pub async fn solve(captcha: &str) -> Option<String> {
    let mut search = Search::new(captcha)?;
    loop {
        if let Some(counter) = search.go_on() {
            return Some([captcha, ".", &counter.to_string()].concat());
        }
        if search.counter == u32::MAX {
            return None;
        }
        breathe().await;
    }
}

/// Begins a sign-in, with the work that the server may ask for first.
///
/// # Errors
/// Those of `create_sign_in`.
pub async fn begin_sign_in(desk: &Frontdesk, command: &CreateSignIn) -> Result<SignIn, Failure> {
    let failure = match desk.create_sign_in(command).await {
        Err(failure) => failure,
        answer => return answer,
    };
    let Some(captcha) = asked(&failure) else {
        return Err(failure);
    };
    let Some(token) = solve(&captcha).await else {
        return Err(failure);
    };
    let mut command = command.clone();
    command.captcha_token = Some(token);
    desk.create_sign_in(&command).await
}

/// Lets the page do what waits.
#[cfg(target_arch = "wasm32")]
async fn breathe() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        drop(leptos::prelude::window().set_timeout_with_callback(&resolve));
    });
    drop(wasm_bindgen_futures::JsFuture::from(next).await);
}

#[cfg(not(target_arch = "wasm32"))]
async fn breathe() {
    std::future::ready(()).await;
}
