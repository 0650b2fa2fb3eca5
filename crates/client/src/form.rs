//! Forms as a browser would send them.
//!
//! A form makes a request a simple one for CORS, so that no preflight comes first.

/// Names and values as `application/x-www-form-urlencoded` (WHATWG URL Standard §5.2).
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    let mut form = String::new();
    for (name, value) in fields {
        if !form.is_empty() {
            form.push('&');
        }
        push(&mut form, name);
        form.push('=');
        push(&mut form, value);
    }
    form
}

/// A whole number as a form has it; what formats numbers properly would cost a browser more than this.
pub(crate) fn decimal(number: u32) -> String {
    let mut figures = Vec::new();
    let mut rest = number;
    while rest > 0 || figures.is_empty() {
        figures.push(b'0' + (rest % 10) as u8);
        rest /= 10;
    }
    figures.iter().rev().copied().map(char::from).collect()
}

fn push(form: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'*' | b'-' | b'.' | b'_' => {
                form.push(char::from(byte));
            }
            b' ' => form.push('+'),
            _ => {
                form.push('%');
                form.push(hexadecimal(byte >> 4));
                form.push(hexadecimal(byte & 15));
            }
        }
    }
}

fn hexadecimal(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}
