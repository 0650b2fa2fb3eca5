//! What `Text` says is what Fluent says.

use std::collections::HashSet;
use std::fs;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use fluent_syntax::parser;

use crate::interpret::{Argument, interpret};
use crate::{CATALOGUES, MESSAGES, Text, UnknownMessage};

const NUMBERS: [u32; 8] = [0, 1, 2, 3, 5, 11, 21, 100];
const WORDS: [&str; 5] = [
    "Acme",
    "",
    "مثال",
    "a***@example.com",
    "{ $x } <b> \u{2069}",
];

fn source(language: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
    fs::read_to_string(format!("{folder}/{language}.ftl")).expect("the language has a file")
}

fn bundle(language: &str) -> FluentBundle<FluentResource> {
    let tag = language.parse().expect("a language is named by its tag");
    let mut bundle = FluentBundle::new(vec![tag]);
    let mut add = |language| {
        let resource = FluentResource::try_new(source(language)).expect("the file is FTL");
        bundle.add_resource_overriding(resource);
    };
    add("en");
    if language == "en-XA" {
        bundle.set_transform(Some(|text| fluent_pseudo::transform(text, false, true)));
    } else {
        add(language);
    }
    bundle
}

fn expected(bundle: &FluentBundle<FluentResource>, id: &str, arguments: &FluentArgs) -> String {
    let pattern = bundle.get_message(id).and_then(|it| it.value());
    let mut errors = Vec::new();
    let sentence = bundle.format_pattern(
        pattern.expect("the message exists"),
        Some(arguments),
        &mut errors,
    );
    assert!(errors.is_empty(), "{id}: {errors:?}");
    sentence.into_owned()
}

/// The arguments that the English comments call numbers, as `id $name`.
fn numbers() -> HashSet<String> {
    let english = source("en");
    let resource = parser::parse(english.as_str()).expect("the file is FTL");
    let mut numbers = HashSet::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry
            && let Some(comment) = &message.comment
        {
            let comment = comment.content.join("\n");
            for (before, _) in comment.match_indices(" (number)") {
                let name = comment[..before]
                    .rsplit('$')
                    .next()
                    .expect("a split has a part");
                numbers.insert(format!("{} ${name}", message.id.name));
            }
        }
    }
    numbers
}

#[test]
fn every_sentence_is_the_one_fluent_makes() {
    let numbers = numbers();
    for (language, catalogue) in CATALOGUES {
        let bundle = bundle(language);
        let text = Text::from_catalogue(language, catalogue);
        for (index, (id, names)) in (0..).zip(MESSAGES) {
            for round in 0..NUMBERS.len() * WORDS.len() {
                let mut told = FluentArgs::new();
                let mut arguments = Vec::new();
                for (place, name) in names.iter().enumerate() {
                    if numbers.contains(&format!("{id} ${name}")) {
                        let number = NUMBERS[(round + place) % NUMBERS.len()];
                        told.set(*name, FluentValue::from(number));
                        arguments.push(Argument::Number(number));
                    } else {
                        let word = WORDS[(round + place) % WORDS.len()];
                        told.set(*name, word);
                        arguments.push(Argument::Text(word));
                    }
                }
                let sentence = text.message(index, "", &arguments);
                assert_eq!(sentence, expected(&bundle, id, &told), "{language}: {id}");
            }
        }
    }
}

#[test]
fn a_method_says_its_own_message() {
    let text = Text::english();
    assert_eq!(text.field_password(), "Password");
    assert_eq!(
        text.sign_in_title("Acme"),
        "Sign in to \u{2068}Acme\u{2069}"
    );
    assert_eq!(
        text.mail_code_subject("424242", "Acme"),
        "\u{2068}424242\u{2069} is your \u{2068}Acme\u{2069} code"
    );
    assert_eq!(
        text.action_resend_in(1),
        "Send a new code in \u{2068}1\u{2069} second"
    );
    assert_eq!(
        text.action_resend_in(2),
        "Send a new code in \u{2068}2\u{2069} seconds"
    );
}

#[test]
fn the_nearest_language_is_found() {
    for (asked, found) in [
        ("en", "en"),
        ("en-GB", "en"),
        ("EN_us", "en"),
        ("en-xa", "en-XA"),
        ("tlh", "en"),
        ("", "en"),
    ] {
        assert_eq!(Text::of(asked).locale(), found, "{asked}");
    }
    for (language, _) in CATALOGUES {
        assert_eq!(Text::of(&format!("{language}-Latn-ZZ")).locale(), *language);
    }
}

#[test]
fn direction_follows_the_language() {
    for (locale, direction) in [
        ("en", "ltr"),
        ("en-XA", "ltr"),
        ("fr-CA", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("ckb", "rtl"),
        ("arn", "ltr"),
    ] {
        assert_eq!(
            Text::from_catalogue(locale, "").direction(),
            direction,
            "{locale}"
        );
    }
}

#[test]
fn a_catalogue_that_ends_early_goes_on_in_english() {
    let text = Text::from_catalogue("fr", "Adresse e-mail\u{1c}Mot de passe");
    assert_eq!(text.field_email_address(), "Adresse e-mail");
    assert_eq!(text.field_password(), "Mot de passe");
    assert_eq!(text.field_current_password(), "Current password");
}

#[test]
fn accented_english_differs_in_its_words_only() {
    let text = Text::of("en-XA");
    assert_eq!(text.action_save(), "Şaaṽee");
    assert_eq!(
        text.sign_in_title("Save"),
        "Şiɠƞ iƞ ŧoo \u{2068}Save\u{2069}"
    );
    let english = Text::from_catalogue("en", CATALOGUES[0].1);
    for (index, (id, names)) in (0..).zip(MESSAGES) {
        if names.is_empty() {
            assert_ne!(
                text.message(index, "", &[]),
                english.message(index, "", &[]),
                "{id}"
            );
        }
    }
}

#[test]
fn overrides_are_templates() {
    let english = Text::english();
    let text = english
        .clone()
        .with_overrides(&[
            (
                "sign-in-title",
                "Come in, {$application} {  $application  } { $name } {",
            ),
            ("field-optional", "{ $label }"),
            ("mail-code-subject", "{ $application }: { $code }"),
            ("action-save", "Keep"),
            ("action-save", "Keep it"),
        ])
        .expect("the messages exist");
    assert_eq!(
        text.sign_in_title("Acme"),
        "Come in, \u{2068}Acme\u{2069} \u{2068}Acme\u{2069} { $name } {"
    );
    assert_eq!(text.field_optional("Slug"), "Slug");
    assert_eq!(
        text.mail_code_subject("1", "A"),
        "\u{2068}A\u{2069}: \u{2068}1\u{2069}"
    );
    assert_eq!(text.action_save(), "Keep it");
    assert_eq!(text.action_cancel(), "Cancel");
    assert_eq!(english.action_save(), "Save");
    assert_ne!(text, english);
    assert_eq!(
        english.with_overrides(&[("sing-in-title", "")]),
        Err(UnknownMessage("sing-in-title".to_owned()))
    );
}

#[test]
fn a_message_without_arguments_is_found_by_its_id() {
    let text = Text::of("fr");
    assert_eq!(
        text.plain("error-form-code-incorrect"),
        Some(text.error_form_code_incorrect())
    );
    assert_eq!(text.plain("error-too-many-requests"), None);
    assert_eq!(text.plain("error-of-nobody"), None);
}

#[test]
fn texts_are_compared_by_what_they_say() {
    let text = Text::of("en");
    assert_eq!(text, text.clone());
    assert_eq!(text, Text::english());
    assert_ne!(text, Text::of("en-XA"));
    assert_ne!(text, Text::from_catalogue("fr", CATALOGUES[0].1));
}

#[test]
fn a_text_may_cross_threads() {
    fn crosses<T: Send + Sync>(_: &T) {}
    crosses(&Text::english());
}

#[test]
fn choices_take_the_first_variant_that_fits() {
    let code = "\u{10}0\u{1f}none\u{1e}one\u{1f}one, \u{11}2\u{1f}of two\u{1e}\u{1f}of \u{2}\u{1d}\u{1e}\u{1f}\u{1}\u{1d}!";
    let say = |first, second| {
        interpret(
            code.chars(),
            "en",
            &[Argument::Number(first), Argument::Number(second)],
        )
    };
    assert_eq!(say(0, 2), "none!");
    assert_eq!(say(1, 2), "one, of two!");
    assert_eq!(say(1, 7), "one, of 7!");
    assert_eq!(say(12, 2), "12!");
}

#[test]
fn broken_code_ends_in_some_sentence() {
    let arguments = [Argument::Text("a")];
    for (code, sentence) in [
        ("\u{10}", ""),
        ("x\u{10}one", "x"),
        ("x\u{10}\u{1f}y", "xy"),
        ("\u{1}\u{2}\u{8}", "a"),
        ("x\u{1d}y", "x"),
        ("x\u{1c}y", "x"),
    ] {
        assert_eq!(
            interpret(code.chars(), "en", &arguments),
            sentence,
            "{code:?}"
        );
    }
}
