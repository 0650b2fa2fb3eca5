//! How lately somebody must have proven who they are.

use frontdesk_protocol::Reverification;
use serde_json::{Value, json};

use crate::Claims;

fn claims(fva: &Value) -> Claims {
    let claims = json!({
        "iss": "https://accounts.example.com",
        "sub": "user_00000000000000000000000000",
        "sid": "sess_00000000000000000000000000",
        "iat": 1, "nbf": 1, "exp": 61, "fva": fva,
    });
    serde_json::from_value(claims).unwrap()
}

#[test]
fn a_proof_counts_for_as_long_as_is_asked_and_no_proof_never() {
    let levels = [
        Reverification::STRICT_MFA,
        Reverification::STRICT,
        Reverification::MODERATE,
        Reverification::LAX,
    ];
    for (fva, is_enough) in [
        (json!([0, 0]), [true, true, true, true]),
        (json!([9, 9]), [true, true, true, true]),
        (json!([10, 9]), [false, true, true, true]),
        (json!([0, 10]), [false, false, true, true]),
        (json!([0, 60]), [false, false, false, true]),
        (json!([0, 1440]), [false, false, false, false]),
        (json!([0, 30_000_000]), [false, false, false, false]),
        // Whoever has no second factor proves the first in its place.
        (json!([9, -1]), [true, true, true, true]),
        (json!([10, -1]), [false, false, true, true]),
        (json!([-1, -1]), [false, false, false, false]),
        (json!([0, -2]), [false, false, false, false]),
        (json!(null), [false, false, false, false]),
    ] {
        let claims = claims(&fva);
        let said = levels.each_ref().map(|asked| claims.is_reverified(asked));
        assert_eq!(said, is_enough, "{fva}");
    }
}
