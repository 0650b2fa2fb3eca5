//! Makes a sentence of its encoded form and its arguments.
//!
//! Small rather than fast: it reads letter by letter and never slices, so nothing in it can panic, and
//! the browser is spared the words of a panic.

use std::str::Chars;

use crate::number;
use crate::opcode::{
    ARGUMENT, KEY_END, LAST_ARGUMENT, MESSAGE_END, SELECT, SELECT_END, VARIANT_END,
};

const LAST_SELECT: char = '\u{17}';

/// What a sentence is told.
pub(crate) enum Argument<'a> {
    Text(&'a str),
    Number(u32),
}

/// The sentence that the letters of `code` up to the end of the message stand for.
pub(crate) fn interpret(code: Chars, locale: &str, arguments: &[Argument]) -> String {
    let mut reader = Reader {
        code,
        locale,
        arguments,
        sentence: String::new(),
    };
    reader.read(true);
    reader.sentence
}

struct Reader<'a> {
    code: Chars<'a>,
    locale: &'a str,
    arguments: &'a [Argument<'a>],
    sentence: String,
}

impl<'a> Reader<'a> {
    /// Reads to the end of the variant or the sentence, and returns what ended it.
    fn read(&mut self, is_kept: bool) -> Option<char> {
        loop {
            match self.code.next()? {
                end @ (MESSAGE_END | VARIANT_END | SELECT_END) => return Some(end),
                opcode @ SELECT..=LAST_SELECT => self.choose(opcode, is_kept),
                _ if !is_kept => {}
                opcode @ ARGUMENT..=LAST_ARGUMENT => match self.argument(opcode, ARGUMENT) {
                    Some(Argument::Text(text)) => self.sentence.push_str(text),
                    Some(Argument::Number(number)) => {
                        self.sentence += &number::written(self.locale, *number);
                    }
                    None => {}
                },
                letter => self.sentence.push(letter),
            }
        }
    }

    /// Keeps the first variant that fits and reads past the others.
    fn choose(&mut self, opcode: char, is_kept: bool) {
        let number = match self.argument(opcode, SELECT) {
            Some(Argument::Number(number)) if is_kept => Some(*number),
            Some(_) | None => None,
        };
        let category = number.map(|number| number::category(self.locale, number));
        let mut is_open = is_kept;
        loop {
            let key: String = self.code.by_ref().take_while(|it| *it != KEY_END).collect();
            let fits = key.is_empty()
                || category.as_ref() == Some(&key)
                || (number.is_some() && number == key.parse().ok());
            let is_chosen = is_open && fits;
            is_open &= !is_chosen;
            if self.read(is_chosen) != Some(VARIANT_END) {
                return;
            }
        }
    }

    fn argument(&self, opcode: char, first: char) -> Option<&'a Argument<'a>> {
        self.arguments
            .get((opcode as usize).wrapping_sub(first as usize))
    }
}
