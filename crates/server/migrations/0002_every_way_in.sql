-- Every way in: numbers, user names, passkeys, providers, second factors, tickets, and the settings themselves.
-- Attempts under way are begun anew, because what they keep is another thing now.

ALTER TABLE users ADD COLUMN username TEXT;
ALTER TABLE users ADD COLUMN primary_phone_number_id TEXT;
ALTER TABLE users ADD COLUMN external_id TEXT;
ALTER TABLE users ADD COLUMN public_metadata TEXT;
ALTER TABLE users ADD COLUMN private_metadata TEXT;
ALTER TABLE users ADD COLUMN unsafe_metadata TEXT;
ALTER TABLE users ADD COLUMN legal_accepted_at BIGINT;
ALTER TABLE users ADD COLUMN banned_at BIGINT;
-- When the password in use was found to be known to others.
ALTER TABLE users ADD COLUMN password_compromised_at BIGINT;
CREATE UNIQUE INDEX users_username ON users (username) WHERE username IS NOT NULL;
CREATE UNIQUE INDEX users_external_id ON users (external_id) WHERE external_id IS NOT NULL;

CREATE TABLE phone_numbers (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  phone_number TEXT NOT NULL,
  verification TEXT,
  verified_at BIGINT,
  is_second_factor BIGINT NOT NULL,
  is_default_second_factor BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (user_id, phone_number)
);
CREATE UNIQUE INDEX phone_numbers_verified ON phone_numbers (phone_number) WHERE verified_at IS NOT NULL;

-- The last step of a factor that counts, so that nothing of it is accepted twice.
ALTER TABLE credentials ADD COLUMN counter BIGINT NOT NULL DEFAULT 0;
ALTER TABLE credentials ADD COLUMN verified_at BIGINT;

CREATE TABLE backup_codes (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, hash)
);

CREATE TABLE passkeys (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  credential_id TEXT NOT NULL UNIQUE,
  sealed TEXT NOT NULL,
  name TEXT NOT NULL,
  counter BIGINT NOT NULL,
  last_used_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX passkeys_user ON passkeys (user_id);

-- Accounts with providers. What identifies one is the provider, who issued it, and what it is called there; never its address.
CREATE TABLE external_accounts (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  provider TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  shown TEXT NOT NULL,
  sealed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (provider, issuer, subject)
);
CREATE INDEX external_accounts_user ON external_accounts (user_id);

-- What is kept between a question to a provider or a passkey and the answer, sealed, for one browser and one purpose.
CREATE TABLE ceremonies (
  purpose TEXT NOT NULL,
  hash TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (purpose, hash)
);
CREATE INDEX ceremonies_expires ON ceremonies (expires_at);

-- Browsers in which somebody is asked for no second proof for a while.
CREATE TABLE trusted_clients (
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  skips_second_factor BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (client_id, user_id)
);

ALTER TABLE sessions ADD COLUMN second_factor_at BIGINT;
ALTER TABLE sessions ADD COLUMN client_address TEXT;
ALTER TABLE sessions ADD COLUMN user_agent TEXT;

DROP TABLE sign_ins;
CREATE TABLE sign_ins (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  person TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ins_expires ON sign_ins (expires_at);

DROP TABLE sign_ups;
CREATE TABLE sign_ups (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  kept TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_ups_expires ON sign_ups (expires_at);

-- Invitations to sign up, and tickets to sign in; a ticket is kept as its hash and spent once.
CREATE TABLE invitations (
  id TEXT PRIMARY KEY,
  email_address TEXT NOT NULL,
  status TEXT NOT NULL,
  public_metadata TEXT,
  redirect_url TEXT,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX invitations_pending ON invitations (email_address) WHERE status = 'pending';

CREATE TABLE tickets (
  purpose TEXT NOT NULL,
  hash TEXT NOT NULL,
  id TEXT NOT NULL,
  subject TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (purpose, hash)
);
CREATE INDEX tickets_id ON tickets (id);

CREATE TABLE waitlist_entries (
  id TEXT PRIMARY KEY,
  email_address TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL,
  locale TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Who is let in, and who is not: an address, a number, `*@domain` or `*@*.domain`.
CREATE TABLE restrictions (
  id TEXT PRIMARY KEY,
  list TEXT NOT NULL,
  identifier TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (list, identifier)
);

-- Keys of the app's servers.
CREATE TABLE secret_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  last_used_at BIGINT,
  revoked_at BIGINT,
  created_at BIGINT NOT NULL
);

-- What was changed of the settings of `frontdesk.toml`.
CREATE TABLE settings (
  id BIGINT PRIMARY KEY,
  changes TEXT NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
