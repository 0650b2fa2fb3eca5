//! The one claim the browser reads of a session token.

use frontdesk_protocol::Timestamp;

/// When a token ends (`exp`, RFC 7519 §4.1.4); nothing where that cannot be read.
///
/// Nothing is verified: the token is for backends, and only they decide what it is worth.
pub(crate) fn expires_at(jwt: &str) -> Option<Timestamp> {
    const NAME: &[u8] = b"\"exp\":";
    let payload = decode(jwt.split('.').nth(1)?)?;
    let start = payload.windows(NAME.len()).position(|part| part == NAME)?;
    let seconds = payload[start + NAME.len()..]
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .fold(0_i64, |number, digit| {
            number
                .saturating_mul(10)
                .saturating_add(i64::from(digit - b'0'))
        });
    (seconds > 0).then(|| Timestamp::default().plus_s(seconds))
}

/// Decodes base64url without padding (RFC 4648 §5).
fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut bits = 0_u32;
    let mut count = 0;
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
        }
    }
    Some(bytes)
}
