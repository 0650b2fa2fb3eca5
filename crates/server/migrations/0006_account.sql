-- The account: pictures, and a record that says who did something, and in which organization.

-- The picture of a user or of an organization, already made small; it is asked for by the hash of its bytes.
CREATE TABLE pictures (
  hash TEXT NOT NULL,
  user_id TEXT UNIQUE REFERENCES users (id) ON DELETE CASCADE,
  organization_id TEXT UNIQUE REFERENCES organizations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX pictures_hash ON pictures (hash);

-- The key of the app's server that did it; where there is none, the user did.
ALTER TABLE audit ADD COLUMN secret_key_id TEXT;
ALTER TABLE audit ADD COLUMN organization_id TEXT;
DROP INDEX audit_user;
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_user ON audit (user_id, at, id);
CREATE INDEX audit_organization ON audit (organization_id, at, id);
CREATE INDEX audit_action ON audit (action, at, id);
