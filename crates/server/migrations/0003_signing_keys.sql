-- Several signing keys, one after the other: each signs from its own time until the next one's.
-- The public half is two parts: the coordinates (ES256), the point and nothing (EdDSA), or modulus and exponent (RS256).

ALTER TABLE signing_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'ES256';
ALTER TABLE signing_keys ADD COLUMN signs_at BIGINT NOT NULL DEFAULT 0;
-- A key made before this signed from the moment it was made.
UPDATE signing_keys SET signs_at = created_at;
