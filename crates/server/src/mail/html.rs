//! How a letter looks.
//!
//! Mail programs drop style sheets, so the few styles are attributes. No colour is named: the
//! program's own colours serve light and dark.

use std::fmt::Write as _;

use frontdesk_locale::Text;

const PAGE: &str =
    "margin:0;padding:32px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const CARD: &str = "max-width:480px;margin:0 auto";
const NAME: &str = "margin:0 0 24px;font-weight:600";
const TITLE: &str = "margin:0 0 16px;font-size:22px;line-height:1.3";
const PARAGRAPH: &str = "margin:0 0 16px";
const CODE: &str = "margin:24px 0;padding:16px;border:1px solid;border-radius:12px;text-align:center;\
    font:600 32px/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:8px";
const LINK: &str = "display:inline-block;padding:12px 24px;border:1px solid;border-radius:12px;\
    font-weight:600;text-decoration:none";
const NOTE: &str = "margin:24px 0 0;font-size:14px;opacity:.7";

/// A whole HTML document that says `title`, `paragraphs`, the `code` or `link` and, smaller, `note`.
pub fn document(
    text: &Text,
    application: &str,
    title: &str,
    paragraphs: &[String],
    (code, link): (Option<&str>, Option<&str>),
    note: &str,
) -> String {
    let mut body = String::new();
    for paragraph in paragraphs {
        push(&mut body, "p", PARAGRAPH, "", paragraph);
    }
    if let Some(code) = code {
        push(&mut body, "p", CODE, " dir=\"ltr\"", code);
    }
    if let Some(link) = link {
        let _ = write!(
            body,
            "<p style=\"{PARAGRAPH}\"><a style=\"{LINK}\" href=\"{href}\">{action}</a></p>",
            href = escape(link),
            action = escape(&text.mail_link_action()),
        );
    }
    push(&mut body, "p", NOTE, "", note);
    let mut head = String::new();
    push(&mut head, "p", NAME, "", application);
    push(&mut head, "h1", TITLE, "", title);
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\
         <title>{title}</title></head><body style=\"{PAGE}\"><div style=\"{CARD}\">{head}{body}</div></body></html>",
        lang = escape(text.locale()),
        dir = text.direction(),
        title = escape(title),
    )
}

fn push(html: &mut String, tag: &str, style: &str, attributes: &str, content: &str) {
    let content = escape(content);
    let _ = write!(
        html,
        "<{tag} style=\"{style}\"{attributes}>{content}</{tag}>"
    );
}

/// The text with the five characters escaped that mean something in HTML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
