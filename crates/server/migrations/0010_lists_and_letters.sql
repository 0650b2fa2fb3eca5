-- Letters about invitations that domains made, users who are locked out for a while, and lists of users in any order.

-- When the letter about an invitation that a domain made was due; nothing once it is written. Those of before get none.
ALTER TABLE invitations ADD COLUMN letter_due_at BIGINT;
CREATE INDEX invitations_letter_due ON invitations (letter_due_at, id) WHERE letter_due_at IS NOT NULL;

-- Until when a user cannot sign in, because the app's server said so.
ALTER TABLE users ADD COLUMN locked_until BIGINT;

-- Orders of the list of users; what is absent comes before everything else, on both engines.
CREATE INDEX users_created_at ON users (created_at, id);
CREATE INDEX users_updated_at ON users (updated_at, id);
CREATE INDEX users_last_sign_in_at ON users (COALESCE(last_sign_in_at, 0), id);
CREATE INDEX users_username_order ON users (COALESCE(username, ''), id);
