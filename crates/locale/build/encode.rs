//! Turns messages into the code that `src/interpret.rs` reads.

use std::borrow::Cow;

use fluent_syntax::ast::{
    Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey,
};
use fluent_syntax::unicode::unescape_unicode_to_string;

use crate::opcode::{ARGUMENT, ISOLATE, ISOLATE_END, KEY_END, SELECT, SELECT_END, VARIANT_END};
use crate::signature::Signature;
use crate::source::Message;
use crate::{Problems, Report};

/// What is done to the words of a language, but not to its arguments.
pub type Style = fn(&str) -> Cow<'_, str>;

/// Compiles one language after the other against English.
pub struct Compiler<'a> {
    /// The messages every language is measured by.
    pub english: &'a [Message<'a>],
    /// Their signatures, in the same order.
    pub signatures: &'a [Signature],
    /// Where problems and warnings go.
    pub report: &'a mut Report,
}

impl Compiler<'_> {
    /// The encoded sentences of `<language>.ftl` in the order of English, which stands in for those missing.
    pub fn catalogue(&mut self, language: &str, messages: &[Message], style: Style) -> Vec<String> {
        let file = format!("locales/{language}.ftl");
        for message in messages {
            if !self.english.iter().any(|it| it.id == message.id) {
                let problem = format!("{file}: {}: English has no such message", message.id);
                self.report.problems.insert(problem);
            }
        }
        let mut missing = 0;
        let mut catalogue = Vec::new();
        for (english, signature) in self.english.iter().zip(self.signatures) {
            let translation = messages.iter().find(|it| it.id == english.id);
            missing += usize::from(translation.is_none());
            let file = translation.map_or("locales/en.ftl", |_| &file);
            let mut encoder = Encoder {
                place: format!("{file}: {}", english.id),
                signature,
                style,
                problems: &mut self.report.problems,
                code: String::new(),
            };
            encoder.pattern(&translation.unwrap_or(english).value);
            if language == "en" {
                encoder.refuse_idle_parameters();
            }
            catalogue.push(encoder.code);
        }
        if missing > 0 {
            let all = self.english.len();
            let warning = format!("{file} lacks {missing} of {all} messages; they stay English");
            self.report.warnings.push(warning);
        }
        catalogue
    }
}

struct Encoder<'a> {
    place: String,
    signature: &'a Signature,
    style: Style,
    problems: &'a mut Problems,
    code: String,
}

impl Encoder<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text(&(self.style)(value)),
                PatternElement::Placeable { expression } => {
                    // As Fluent has it, what stands alone or is written in the file needs no isolation.
                    let is_isolated = pattern.elements.len() > 1
                        && !matches!(
                            expression,
                            Expression::Inline(InlineExpression::StringLiteral { .. })
                        );
                    self.code.extend(is_isolated.then_some(ISOLATE));
                    self.expression(expression);
                    self.code.extend(is_isolated.then_some(ISOLATE_END));
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if text.contains(|it: char| it.is_ascii_control() && it != '\n') {
            self.refuse("holds a control character");
        }
        self.code.push_str(text);
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Select { selector, variants } => self.select(selector, variants),
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                self.text(&unescape_unicode_to_string(value));
            }
            Expression::Inline(InlineExpression::VariableReference { id }) => {
                if let Some((opcode, _)) = self.argument(id.name, ARGUMENT) {
                    self.code.push(opcode);
                }
            }
            Expression::Inline(InlineExpression::Placeable { expression }) => {
                self.expression(expression);
            }
            Expression::Inline(InlineExpression::NumberLiteral { value }) => {
                self.refuse(&format!("write {value} without braces"));
            }
            Expression::Inline(InlineExpression::FunctionReference { id, .. }) => {
                self.refuse(&format!("calls {}; there are no functions", id.name));
            }
            Expression::Inline(InlineExpression::TermReference { id, .. }) => {
                self.refuse(&format!("refers to -{}; terms are not supported", id.name));
            }
            Expression::Inline(InlineExpression::MessageReference { id, .. }) => {
                let problem = format!("refers to the message {}; this is not supported", id.name);
                self.refuse(&problem);
            }
        }
    }

    fn select(&mut self, selector: &InlineExpression<&str>, variants: &[Variant<&str>]) {
        let InlineExpression::VariableReference { id } = selector else {
            return self.refuse("chooses by something that is not an argument");
        };
        match self.argument(id.name, SELECT) {
            Some((opcode, true)) => self.code.push(opcode),
            Some((_, false)) => {
                let problem = format!("chooses by ${}, which is not a number", id.name);
                return self.refuse(&problem);
            }
            None => return,
        }
        // The default has its turn where it stands, and again when nothing else has fitted.
        let (last, others) = match variants.split_last() {
            Some((last, others)) if last.default => (Some(last), others),
            Some(_) | None => (variants.iter().find(|it| it.default), variants),
        };
        for variant in others {
            let key = self.key(&variant.key);
            self.code.push_str(&key);
            self.code.push(KEY_END);
            self.pattern(&variant.value);
            self.code.push(VARIANT_END);
        }
        let Some(default) = last else {
            return self.refuse("a choice needs a variant marked * for the rest");
        };
        self.key(&default.key);
        self.code.push(KEY_END);
        self.pattern(&default.value);
        self.code.push(SELECT_END);
    }

    fn key(&mut self, key: &VariantKey<&str>) -> String {
        match key {
            VariantKey::Identifier { name } => {
                if !["zero", "one", "two", "few", "many", "other"].contains(name) {
                    self.refuse(&format!("[{name}] is not a plural category"));
                }
                (*name).to_owned()
            }
            VariantKey::NumberLiteral { value } => {
                let number = value.parse::<u32>();
                if number.is_err() {
                    self.refuse(&format!("[{value}] is not a whole number"));
                }
                number.unwrap_or_default().to_string()
            }
        }
    }

    /// The opcode for an argument, counted from `first`, and whether it is a number.
    fn argument(&mut self, name: &str, first: char) -> Option<(char, bool)> {
        let parameters = &self.signature.parameters;
        let found = (first..).zip(parameters).find(|(_, it)| it.name == name);
        if found.is_none() {
            let problem = format!("the comment above the English message does not name ${name}");
            self.refuse(&problem);
        }
        found.map(|(opcode, parameter)| (opcode, parameter.is_number))
    }

    fn refuse_idle_parameters(&mut self) {
        for (index, parameter) in (0..).zip(&self.signature.parameters) {
            let opcodes = [ARGUMENT as u8 + index, SELECT as u8 + index].map(char::from);
            if !self.code.contains(opcodes) {
                self.refuse(&format!(
                    "the comment names ${}, the message does not",
                    parameter.name
                ));
            }
        }
    }

    fn refuse(&mut self, what: &str) {
        self.problems.insert(format!("{}: {what}", self.place));
    }
}
