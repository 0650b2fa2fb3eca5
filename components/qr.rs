//! A text as a QR code (ISO/IEC 18004), drawn in the browser so that nobody else learns it.

use frontdesk_locale::Text;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::kit::{El, el};

/// The light edge around it, which a camera needs.
const EDGE: i32 = 4;

/// The image of a key that an authenticator app scans; nothing where the text is too long.
pub fn image(uri: &str) -> Option<El> {
    let image = el("img").attr("data-qr", "").attr("src", picture(uri)?);
    Some(image.attr_words("alt", Text::totp_picture))
}

/// The picture as the address of an image; nothing where the text is too long.
///
/// It has no colours but the dark of its squares; the light behind it is the style sheet's.
pub fn picture(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let whole = (code.size() + 2 * EDGE).to_string();
    let mut svg = String::from("data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20");
    svg.extend([
        "viewBox='0%200%20",
        &whole,
        "%20",
        &whole,
        "'%3E%3Cpath%20d='",
    ]);
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let (left, top) = ((start + EDGE).to_string(), (y + EDGE).to_string());
                let width = (x - start).to_string();
                svg.extend(["M", &left, ",", &top, "h", &width, "v1h-", &width, "z"]);
            }
            x += 1;
        }
    }
    svg.push_str("'/%3E%3C/svg%3E");
    Some(svg)
}
