-- Step-up: what a session proves once more under way, one at a time for each session.

CREATE TABLE step_ups (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  step TEXT NOT NULL,
  person TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX step_ups_expires ON step_ups (expires_at);
