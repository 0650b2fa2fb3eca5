-- The foundation: browsers, people, organizations, secrets, and what leaves and what is kept for the record.
-- One text for SQLite and PostgreSQL. Times are milliseconds since 1970; ids and hashes are text.

CREATE TABLE users (
  id TEXT PRIMARY KEY,
  first_name TEXT,
  last_name TEXT,
  primary_email_address_id TEXT,
  locale TEXT,
  last_sign_in_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE email_addresses (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  email_address TEXT NOT NULL,
  verification TEXT,
  verified_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (user_id, email_address)
);
-- An address belongs to whoever proved it; until then anybody may claim it, and nobody has it.
CREATE UNIQUE INDEX email_addresses_verified ON email_addresses (email_address) WHERE verified_at IS NOT NULL;

-- What a person can prove, sealed by the factor it belongs to.
CREATE TABLE credentials (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  factor TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, factor)
);

CREATE TABLE organizations (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE memberships (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (organization_id, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

-- One browser. Its cookie's hash changes whenever what the browser may do changes.
CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  sign_in_id TEXT,
  sign_up_id TEXT,
  last_active_session_id TEXT,
  last_strategy TEXT,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX clients_expires ON clients (expires_at);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  organization_id TEXT,
  first_factor_at BIGINT NOT NULL,
  last_active_at BIGINT NOT NULL,
  abandon_at BIGINT NOT NULL,
  expire_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX sessions_client ON sessions (client_id);
CREATE INDEX sessions_user ON sessions (user_id);

-- Attempts: the step that is shown, and beside it what must not be.
CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  user_id TEXT,
  email_address_id TEXT,
  email_address TEXT NOT NULL,
  locale TEXT,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_expires ON sign_ins (expires_at);

CREATE TABLE sign_ups (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  password TEXT,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ups_expires ON sign_ups (expires_at);

-- Single-use secrets. The purpose is part of the key, so that no secret serves for another.
CREATE TABLE codes (
  purpose TEXT NOT NULL,
  subject TEXT NOT NULL,
  client_id TEXT NOT NULL,
  address TEXT NOT NULL,
  hash TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  resend_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (purpose, subject)
);
CREATE INDEX codes_expires ON codes (expires_at);

-- Counters of what may happen only so often, shared by every replica.
CREATE TABLE limits (
  key TEXT PRIMARY KEY,
  count BIGINT NOT NULL,
  resets_at BIGINT NOT NULL
);
CREATE INDEX limits_resets ON limits (resets_at);

-- Letters on their way, sealed. One without a recipient is written so that both ways cost the same.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  sealed TEXT,
  tries BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  sent_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (not_before) WHERE sent_at IS NULL;

CREATE TABLE audit (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  action TEXT NOT NULL,
  user_id TEXT,
  subject TEXT,
  client_address TEXT
);
CREATE INDEX audit_user ON audit (user_id, at);

CREATE TABLE signing_keys (
  id TEXT PRIMARY KEY,
  sealed TEXT NOT NULL,
  public_x TEXT NOT NULL,
  public_y TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
