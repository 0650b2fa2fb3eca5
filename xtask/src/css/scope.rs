//! Confines a style sheet to the widget it belongs to.
//!
//! stylers does the scoping, and misunderstands some of CSS without a word.
//! So what it is given is brought into the form it reads, and what it answers is checked.

use anyhow::{Result, bail, ensure};
use stylers_core::{Class, from_str};

/// What stands for the widget's root in a style sheet.
const ROOT: &str = ".root";

/// Parentheses inside `:deep(…)`, at the first of which stylers would think it ends.
const HIDDEN: [(char, char); 2] = [('(', '\u{1}'), (')', '\u{2}')];

/// The rules of `sheet`, in which `.root` is the element of `class` and `:deep(…)` anything in it.
///
/// # Errors
/// If a selector does not begin with `.root`, or stylers would lose something.
pub fn scope(sheet: &str, class: &str) -> Result<String> {
    let plain = without_comments(sheet)?;
    let mut prepared = String::new();
    for (prelude, end) in pieces(&plain) {
        let is_selector = end == "{" && !prelude.trim_start().starts_with('@');
        prepared += &if is_selector {
            prepare(prelude)
        } else {
            prelude.to_owned()
        };
        prepared += end;
    }
    let mut scoped = from_str(&prepared, &Class::new(class.to_owned()));
    for (shown, hidden) in HIDDEN {
        scoped = scoped.replace(hidden, &shown.to_string());
    }
    let count = |text: &str, brace| text.matches(brace).count();
    for brace in ['{', '}'] {
        ensure!(
            count(&scoped, brace) == count(&plain, brace),
            "a rule nested in a rule, or a brace in a string, is lost"
        );
    }
    check(&scoped, &format!(".{class}"))
}

fn without_comments(sheet: &str) -> Result<String> {
    let mut plain = String::new();
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain += before;
        let Some((_, after)) = comment.split_once("*/") else {
            bail!("a comment without an end")
        };
        rest = after;
    }
    Ok(plain + rest)
}

/// The text up to each `{`, `}` and `;`, with that.
fn pieces(sheet: &str) -> impl Iterator<Item = (&str, &str)> {
    sheet.split_inclusive(['{', '}', ';']).map(|piece| {
        let end = piece.len() - usize::from(piece.ends_with(['{', '}', ';']));
        piece.split_at(end)
    })
}

/// A list of selectors without the spaces and parentheses that stylers would misread.
fn prepare(selectors: &str) -> String {
    let mut out = String::new();
    let mut is_attribute = false;
    let mut depth = 0;
    for c in selectors
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        match c {
            ' ' if !is_attribute && out.ends_with([',', '>']) => continue,
            ',' | '>' if !is_attribute => out.truncate(out.trim_end().len()),
            '[' => is_attribute = true,
            ']' => is_attribute = false,
            ')' => depth -= i32::from(depth > 0),
            _ => {}
        }
        let is_nested = depth > 0 && !is_attribute;
        let hidden = HIDDEN.iter().find(|(shown, _)| *shown == c && is_nested);
        out.push(hidden.map_or(c, |(_, hidden)| *hidden));
        if c == '(' && (depth > 0 || out.ends_with(":deep(")) {
            depth += 1;
        }
    }
    out
}

/// The sheet with `.root` taken out, once every selector is known to begin with the class and to name it no more.
fn check(scoped: &str, class: &str) -> Result<String> {
    let mut out = String::new();
    let mut open: Vec<bool> = Vec::new();
    for (text, end) in pieces(scoped) {
        match end {
            "{" if text.trim_start().starts_with('@') => {
                open.push(text.contains("keyframes"));
                out += text;
            }
            "{" => {
                let is_frame = open.contains(&true);
                open.push(false);
                out += &if is_frame {
                    text.to_owned()
                } else {
                    rooted(text, class)?
                };
            }
            _ => {
                if end == "}" {
                    open.pop();
                }
                out += text;
            }
        }
        out += end;
    }
    Ok(out)
}

fn rooted(selectors: &str, class: &str) -> Result<String> {
    let mut list = Vec::new();
    for selector in apart(selectors.trim(), &[',']) {
        let first = apart(selector, &[' ', '>', '+', '~'])
            .first()
            .map_or(0, |first| first.len());
        let (root, rest) = selector.split_at(first);
        let is_lost = [":deep", ROOT, class]
            .iter()
            .any(|word| rest.contains(word));
        if !root.contains(ROOT) || is_lost {
            bail!(
                "`{selector}`: a selector is `.root`, `.root :deep(…)` or `.root>:deep(…)`, with all that follows inside the parentheses"
            );
        }
        list.push(format!(
            "{class}{}{rest}",
            root.replace(ROOT, "").replace(class, "")
        ));
    }
    Ok(list.join(","))
}

/// The parts of a text between separators that are neither in brackets nor in parentheses.
fn apart<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (place, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            _ if depth == 0 && separators.contains(&c) => {
                parts.push(&text[start..place]);
                start = place + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}
