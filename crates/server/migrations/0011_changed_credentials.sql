-- When a user last changed the password or the name, or lost an address or number: what was proven before leads in no more.
ALTER TABLE users ADD COLUMN credentials_changed_at BIGINT;
