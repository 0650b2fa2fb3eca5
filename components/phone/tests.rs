//! Phone numbers as people type them.

use leptos::prelude::Owner;

use super::chooser::{matching, named};
use super::countries::{all, of_digits};
use super::{Number, State};

fn number(country: &str, typed: &str) -> (String, String) {
    Owner::new().with(|| {
        let number = Number {
            country: State::new(country.to_owned()),
            typed: State::new(String::new()),
        };
        number.take(typed.to_owned());
        (number.country.get_untracked(), number.e164())
    })
}

fn e164(country: &str, typed: &str) -> String {
    number(country, typed).1
}

#[test]
fn a_number_is_written_as_it_is_dialled_at_home() {
    assert_eq!(e164("FR", "06 12 34 56 78"), "+33612345678");
    assert_eq!(e164("US", "(415) 555-0132"), "+14155550132");
    assert_eq!(e164("US", "1 415 555 0132"), "+14155550132");
    assert_eq!(e164("RU", "8 912 345 67 89"), "+79123456789");
    assert_eq!(e164("HU", "06 20 123 4567"), "+36201234567");
    assert_eq!(e164("EG", "٠١٠٠١٢٣٤٥٦٧"), "+201001234567");
    assert_eq!(e164("FR", " "), "");
}

#[test]
fn a_zero_that_belongs_to_the_number_stays() {
    assert_eq!(e164("IT", "06 698 1234"), "+39066981234");
    assert_eq!(e164("CI", "07 01 02 03 04"), "+2250701020304");
}

#[test]
fn a_plus_sets_the_country() {
    let pasted = ("DE".to_owned(), "+4915112345678".to_owned());
    assert_eq!(number("US", "+49 151 1234 5678"), pasted);
    assert_eq!(number("US", "0049 151 1234 5678"), pasted);
    assert_eq!(number("FR", "+1 268 464 1234").0, "AG");
    assert_eq!(number("FR", "+").0, "FR");
}

#[test]
fn of_countries_that_share_a_code_the_chosen_one_stays() {
    assert_eq!(number("CA", "+1 416 555 0132").0, "CA");
    assert_eq!(number("FR", "+1 416 555 0132").0, "US");
    assert_eq!(number("FR", "+7 701 234 5678").0, "RU");
    assert_eq!(number("KZ", "+7 701 234 5678").0, "KZ");
}

#[test]
fn another_country_takes_the_code_of_the_one_before_away() {
    Owner::new().with(|| {
        let number = Number {
            country: State::new("US".to_owned()),
            typed: State::new(String::new()),
        };
        number.take("+33 6 12 34 56 78".to_owned());
        number.choose("BE".to_owned());
        assert_eq!(number.e164(), "+32612345678");
    });
}

#[test]
fn every_country_is_found_by_its_own_code() {
    let countries: Vec<_> = all().collect();
    assert!(countries.len() > 235, "{}", countries.len());
    for country in &countries {
        assert!(
            country.iso.bytes().all(|byte| byte.is_ascii_uppercase()),
            "{country:?}"
        );
        assert_eq!(of_digits(country.code, country.iso), Some(*country));
        let same = countries.iter().filter(|other| other.iso == country.iso);
        assert_eq!(same.count(), 1, "{country:?}");
    }
}

#[test]
fn a_country_is_found_by_its_name_a_word_of_it_or_its_code() {
    let countries: Vec<_> = named("en");
    let found = |typed: &str| -> Vec<&str> {
        matching(&countries, typed)
            .map(|it| it.country.iso)
            .collect()
    };
    assert_eq!(found("").len(), countries.len());
    assert_eq!(found(" fr "), ["FR"]);
    assert_eq!(found("+33"), ["FR"]);
    assert_eq!(found("590"), ["BL", "GP", "MF"]);
    assert!(found("nowhere").is_empty());
}
