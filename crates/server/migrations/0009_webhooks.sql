-- What changes are told to the app's servers, and what became of that.

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  events TEXT NOT NULL,
  sealed_secret TEXT NOT NULL,
  sealed_old_secret TEXT,
  old_secret_until BIGINT,
  failing_since BIGINT,
  disabled_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- `sealed` is what is sent; it is written a moment after the change, when the event is spread.
CREATE TABLE events (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  family TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id TEXT,
  organization_id TEXT,
  sealed TEXT,
  not_before BIGINT NOT NULL,
  spread_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX events_due ON events (not_before) WHERE spread_at IS NULL;
CREATE INDEX events_created_at ON events (created_at);
CREATE INDEX events_user ON events (user_id);

CREATE TABLE deliveries (
  webhook_id TEXT NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  tries BIGINT NOT NULL,
  not_before BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (webhook_id, event_id)
);
CREATE INDEX deliveries_due ON deliveries (webhook_id, not_before) WHERE status = 'pending';
CREATE INDEX deliveries_event ON deliveries (event_id);

CREATE TABLE delivery_attempts (
  id TEXT PRIMARY KEY,
  webhook_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  status_code BIGINT,
  duration_ms BIGINT NOT NULL,
  answer TEXT NOT NULL,
  FOREIGN KEY (webhook_id, event_id) REFERENCES deliveries (webhook_id, event_id) ON DELETE CASCADE
);
CREATE INDEX delivery_attempts_delivery ON delivery_attempts (webhook_id, event_id, at);
