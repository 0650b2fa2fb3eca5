//! How hard a password is to guess, and in words that the browser has sentences for, why.

use zxcvbn::feedback::{Suggestion as Advice, Warning as Reason};
use zxcvbn::matching::patterns::MatchPattern;

/// What is looked at: the cost of a guess grows faster than its length, and than the number of
/// symbols that stand for letters, whose meanings are tried in every combination.
///
/// A release build takes on one core, with four words about the person: 0.5 ms for 12 characters,
/// 0.9 ms for 28, 8 to 24 ms for 100. Of random mixtures of symbols, the slowest took 35 ms with six
/// at 100 characters, and 59 ms with all at 24, where 100 would take 1.6 s: so who uses many is read
/// less far. `cargo test --release -p frontdesk-server --lib strength_is_told -- --nocapture` measures again.
const MOST_CHARACTERS: usize = 100;
const MOST_SYMBOLS: usize = 6;
const MOST_CHARACTERS_OF_MANY_SYMBOLS: usize = 24;
/// What zxcvbn takes for a letter, as `4` for `a`.
const SYMBOLS: &str = "4@8({[<369!1|07$5+%2";
/// Words about a person that are looked for, and the fewest characters of one that is worth it.
const MOST_WORDS: usize = 20;
const SHORTEST_WORD: usize = 3;

/// How hard a password is to guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strength {
    /// From 0, which the first guesses find, to 4, which none will.
    pub score: u8,
    /// What is wrong with it.
    pub warning: Option<Warning>,
    /// What would make it better; empty where it is good.
    pub suggestions: Vec<Suggestion>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$why:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$why])* $variant),+ }

        impl $name {
            /// All there are, each of which the browser has a sentence for.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// What is wrong with a password.
    Warning {
        /// A straight row of keys.
        StraightRow = "straight_row",
        /// A short pattern on the keyboard.
        KeyPattern = "key_pattern",
        /// One character over and over.
        SimpleRepeat = "simple_repeat",
        /// A few characters over and over.
        ExtendedRepeat = "extended_repeat",
        /// A sequence, as `abc` or `6543`.
        Sequences = "sequences",
        /// A recent year.
        RecentYears = "recent_years",
        /// A date.
        Dates = "dates",
        /// One of the ten most common passwords.
        TopTen = "top_ten",
        /// One of the hundred most common passwords.
        TopHundred = "top_hundred",
        /// A very common password.
        Common = "common",
        /// Much like a common password.
        SimilarToCommon = "similar_to_common",
        /// A word by itself.
        WordByItself = "word_by_itself",
        /// A name by itself.
        NamesByThemselves = "names_by_themselves",
        /// A common name.
        CommonNames = "common_names",
        /// The person's own name or address.
        UserInputs = "user_inputs",
    }
}

words! {
    /// What would make a password better.
    Suggestion {
        /// Several words, and no common phrase.
        UseWords = "use_words",
        /// Symbols, digits and capitals are not needed.
        NoNeed = "no_need",
        /// One more word or two.
        AnotherWord = "another_word",
        /// Capitals at the start do not help.
        Capitalization = "capitalization",
        /// Neither do capitals throughout.
        AllUppercase = "all_uppercase",
        /// Nor words spelt backwards.
        ReverseWords = "reverse_words",
        /// Nor `@` for `a`.
        L33t = "l33t",
        /// A longer pattern on the keyboard, with more turns.
        LongerKeyboardPattern = "longer_keyboard_pattern",
        /// No repeats.
        Repeated = "repeated",
        /// No sequences.
        Sequences = "sequences",
        /// No recent years.
        RecentYears = "recent_years",
        /// No years that mean something to the person.
        AssociatedYears = "associated_years",
        /// No dates that mean something to the person.
        Dates = "dates",
    }
}

/// The strength of `password`, of somebody whose addresses and names are `about`.
///
/// It costs processor time: a caller that anybody can reach bounds how often it is asked.
pub fn strength(password: &str, about: &[&str]) -> Strength {
    let password = looked_at(password);
    let words = words_of(about);
    let told: Vec<&str> = words.iter().map(String::as_str).collect();
    let found = zxcvbn::zxcvbn(&password, &told);
    let feedback = found.feedback();
    let names_somebody = || {
        found.sequence().iter().any(|part| {
            matches!(&part.pattern, MatchPattern::Dictionary(word) if words.contains(&word.matched_word))
        })
    };
    let warning = match feedback.map(|feedback| feedback.warning().map(warning)) {
        Some(None) if names_somebody() => Some(Warning::UserInputs),
        known => known.flatten(),
    };
    let suggestions = feedback.map_or_else(Vec::new, |feedback| {
        feedback
            .suggestions()
            .iter()
            .map(|advice| suggestion(*advice))
            .collect()
    });
    Strength {
        score: found.score().into(),
        warning,
        suggestions,
    }
}

fn looked_at(password: &str) -> String {
    let start: String = password.chars().take(MOST_CHARACTERS).collect();
    let symbols = SYMBOLS.chars().filter(|symbol| start.contains(*symbol));
    if symbols.count() <= MOST_SYMBOLS {
        return start;
    }
    start
        .chars()
        .take(MOST_CHARACTERS_OF_MANY_SYMBOLS)
        .collect()
}

/// Each text whole, and the parts of it: of an address, who and where.
fn words_of(about: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for text in about {
        let parts = text.split(|character: char| !character.is_alphanumeric());
        for word in std::iter::once(*text).chain(parts) {
            let word: String = word.to_lowercase().chars().take(MOST_CHARACTERS).collect();
            let is_worth_it = word.chars().count() >= SHORTEST_WORD && !words.contains(&word);
            if is_worth_it && words.len() < MOST_WORDS {
                words.push(word);
            }
        }
    }
    words
}

const fn warning(reason: Reason) -> Warning {
    match reason {
        Reason::StraightRowsOfKeysAreEasyToGuess => Warning::StraightRow,
        Reason::ShortKeyboardPatternsAreEasyToGuess => Warning::KeyPattern,
        Reason::RepeatsLikeAaaAreEasyToGuess => Warning::SimpleRepeat,
        Reason::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Warning::ExtendedRepeat,
        Reason::SequencesLikeAbcAreEasyToGuess => Warning::Sequences,
        Reason::RecentYearsAreEasyToGuess => Warning::RecentYears,
        Reason::DatesAreOftenEasyToGuess => Warning::Dates,
        Reason::ThisIsATop10Password => Warning::TopTen,
        Reason::ThisIsATop100Password => Warning::TopHundred,
        Reason::ThisIsACommonPassword => Warning::Common,
        Reason::ThisIsSimilarToACommonlyUsedPassword => Warning::SimilarToCommon,
        Reason::AWordByItselfIsEasyToGuess => Warning::WordByItself,
        Reason::NamesAndSurnamesByThemselvesAreEasyToGuess => Warning::NamesByThemselves,
        Reason::CommonNamesAndSurnamesAreEasyToGuess => Warning::CommonNames,
    }
}

const fn suggestion(advice: Advice) -> Suggestion {
    match advice {
        Advice::UseAFewWordsAvoidCommonPhrases => Suggestion::UseWords,
        Advice::NoNeedForSymbolsDigitsOrUppercaseLetters => Suggestion::NoNeed,
        Advice::AddAnotherWordOrTwo => Suggestion::AnotherWord,
        Advice::CapitalizationDoesntHelpVeryMuch => Suggestion::Capitalization,
        Advice::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => Suggestion::AllUppercase,
        Advice::ReversedWordsArentMuchHarderToGuess => Suggestion::ReverseWords,
        Advice::PredictableSubstitutionsDontHelpVeryMuch => Suggestion::L33t,
        Advice::UseALongerKeyboardPatternWithMoreTurns => Suggestion::LongerKeyboardPattern,
        Advice::AvoidRepeatedWordsAndCharacters => Suggestion::Repeated,
        Advice::AvoidSequences => Suggestion::Sequences,
        Advice::AvoidRecentYears => Suggestion::RecentYears,
        Advice::AvoidYearsThatAreAssociatedWithYou => Suggestion::AssociatedYears,
        Advice::AvoidDatesAndYearsThatAreAssociatedWithYou => Suggestion::Dates,
    }
}
