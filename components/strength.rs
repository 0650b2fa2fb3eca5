//! How hard a new password is to guess, told in words as it is typed.

use std::time::Duration;

use frontdesk_locale::Text;
use frontdesk_protocol::{CheckPassword, PasswordStrength, Secret};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::kit::{El, State, effect, el, words};
use crate::provider::Site;

/// Long enough for a person to be done with a few letters.
const AFTER: Duration = Duration::from_millis(350);
/// From here on a password is good.
const GOOD: u32 = 3;

/// The sentence below the field with `password`, where the settings want one; `address` is whose it is.
pub fn strength(site: Site, password: State<String>, address: State<String>) -> El {
    let found: State<Option<PasswordStrength>> = State::new(None);
    let is_shown =
        untrack(|| site.of_environment(|it| it.user_settings.password_settings.show_zxcvbn));
    let is_shown = is_shown == Some(true) && cfg!(target_arch = "wasm32");
    if is_shown {
        follow(site, password, address, found);
    }
    // Its line is there from the first letter on: what came later would move a button that is just being pressed.
    let has_line = State::derived(move || is_shown && !password.with(String::is_empty));
    el("div")
        .attr("data-strength", "")
        .attr("aria-live", "polite")
        .flag("hidden", move || !has_line.get())
        .child_when(move || {
            let hint = el("p").part("hint");
            let Some(strength) = found.get() else {
                return Some(hint.text(|| "\u{a0}".to_owned()));
            };
            let kind = if strength.score >= GOOD {
                "good"
            } else {
                "weak"
            };
            let said = words(move |text| sentence(&strength, text));
            Some(hint.attr("data-kind", kind).say(said))
        })
}

fn follow(
    site: Site,
    password: State<String>,
    address: State<String>,
    found: State<Option<PasswordStrength>>,
) {
    effect(move || {
        let typed = password.get();
        if typed.is_empty() {
            return found.set(None);
        }
        set_timeout(move || ask(site, typed, password, address, found), AFTER);
    });
}

fn ask(
    site: Site,
    typed: String,
    password: State<String>,
    address: State<String>,
    found: State<Option<PasswordStrength>>,
) {
    let is_current =
        move |typed: &String| password.try_with_untracked(|now| now == typed) == Some(true);
    if !is_current(&typed) {
        return;
    }
    let address = address.with_untracked(|it| it.trim().to_owned());
    let command = CheckPassword {
        password: Some(Secret::new(typed.clone())),
        email_address: (!address.is_empty()).then_some(address),
    };
    let desk = site.desk();
    spawn_local(async move {
        // A server that does not tell is no reason to trouble anybody: the password is judged when it is sent.
        let told = desk.password_strength(&command).await.ok();
        if is_current(&typed) {
            found.set(told);
        }
    });
}

/// What is wrong, and what would help; or that nothing is.
fn sentence(strength: &PasswordStrength, text: &Text) -> String {
    if strength.score >= GOOD {
        return text.strength_good();
    }
    let mut said: Vec<String> = Vec::new();
    match strength
        .warning
        .as_deref()
        .and_then(|word| warning(word, text))
    {
        Some(warning) => said.push(warning),
        None => said.push(text.strength_weak()),
    }
    said.extend(
        strength
            .suggestions
            .iter()
            .filter_map(|word| suggestion(word, text)),
    );
    said.join(" ")
}

fn warning(word: &str, text: &Text) -> Option<String> {
    Some(match word {
        "straight_row" => text.strength_straight_row(),
        "key_pattern" => text.strength_key_pattern(),
        "simple_repeat" => text.strength_simple_repeat(),
        "extended_repeat" => text.strength_extended_repeat(),
        "sequences" => text.strength_sequences(),
        "recent_years" => text.strength_recent_years(),
        "dates" => text.strength_dates(),
        "top_ten" => text.strength_top_ten(),
        "top_hundred" => text.strength_top_hundred(),
        "common" => text.strength_common(),
        "similar_to_common" => text.strength_similar_to_common(),
        "word_by_itself" => text.strength_word_by_itself(),
        "names_by_themselves" => text.strength_names_by_themselves(),
        "common_names" => text.strength_common_names(),
        "user_inputs" => text.strength_user_inputs(),
        _ => return None,
    })
}

fn suggestion(word: &str, text: &Text) -> Option<String> {
    Some(match word {
        "use_words" => text.strength_use_words(),
        "no_need" => text.strength_no_need(),
        "another_word" => text.strength_another_word(),
        "capitalization" => text.strength_capitalization(),
        "all_uppercase" => text.strength_all_uppercase(),
        "reverse_words" => text.strength_reverse_words(),
        "l33t" => text.strength_l33t(),
        "longer_keyboard_pattern" => text.strength_longer_keyboard_pattern(),
        "repeated" => text.strength_avoid_repeated(),
        "sequences" => text.strength_avoid_sequences(),
        "recent_years" => text.strength_avoid_recent_years(),
        "associated_years" => text.strength_associated_years(),
        "dates" => text.strength_avoid_dates(),
        _ => return None,
    })
}
