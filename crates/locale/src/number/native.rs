//! Numbers without a browser: the plural rules of CLDR, and plain decimal digits as in fluent-bundle.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};

/// The plural category of `number`, by the rules of English where those of `locale` are not known.
pub(crate) fn category(locale: &str, number: u32) -> String {
    let known = PluralRules::get_locales(PluralRuleType::CARDINAL);
    let language = locale.split('-').next().unwrap_or_default();
    let category = [locale, language, "en"]
        .iter()
        .find_map(|tag| known.iter().find(|known| *known == tag))
        .and_then(|tag| PluralRules::create(tag.clone(), PluralRuleType::CARDINAL).ok())
        .and_then(|rules| rules.select(number).ok())
        .unwrap_or(PluralCategory::OTHER);
    let name = match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    };
    name.to_owned()
}

/// `number` in plain digits, whatever the language.
pub(crate) fn written(_locale: &str, number: u32) -> String {
    number.to_string()
}
