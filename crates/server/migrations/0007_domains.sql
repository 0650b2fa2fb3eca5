-- Domains of organizations, requests to join, limits of one organization, and who stands above all of them.

CREATE TABLE organization_domains (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  enrollment_mode TEXT NOT NULL,
  role TEXT NOT NULL,
  affiliation_email_address TEXT,
  txt_value TEXT,
  txt_attempts BIGINT NOT NULL DEFAULT 0,
  strategy TEXT,
  verified_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (organization_id, name)
);
CREATE UNIQUE INDEX organization_domains_verified ON organization_domains (name) WHERE verified_at IS NOT NULL;

CREATE TABLE organization_suggestions (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  domain_id TEXT NOT NULL REFERENCES organization_domains (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  email_address TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE (organization_id, user_id)
);
CREATE INDEX organization_suggestions_user ON organization_suggestions (user_id);
CREATE INDEX organization_suggestions_domain ON organization_suggestions (domain_id, status);

CREATE TABLE membership_requests (
  id TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  status TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_requests_pending ON membership_requests (organization_id, user_id) WHERE status = 'pending';
CREATE INDEX membership_requests_page ON membership_requests (organization_id, created_at, id);
CREATE INDEX membership_requests_user ON membership_requests (user_id);

-- An invitation that a domain made has nobody who invites, and no letter.
ALTER TABLE invitations ADD COLUMN domain_id TEXT;
CREATE INDEX invitations_domain ON invitations (domain_id, status);
CREATE INDEX invitations_page ON invitations (organization_id, created_at, id);
ALTER TABLE invitations ADD COLUMN private_metadata TEXT;

-- Counted with every change, so that nobody counts rows to show a page.
ALTER TABLE organizations ADD COLUMN members_count BIGINT NOT NULL DEFAULT 0;
UPDATE organizations SET members_count = (SELECT COUNT(*) FROM memberships m WHERE m.organization_id = organizations.id);
CREATE INDEX memberships_page ON memberships (organization_id, created_at, id, user_id, role);
-- Who looks for a member reads these alone, and no row.
CREATE INDEX users_search ON users (id, first_name, last_name, username, primary_email_address_id);
CREATE INDEX email_addresses_search ON email_addresses (id, email_address);
CREATE INDEX organizations_creator ON organizations (created_by);
ALTER TABLE organizations ADD COLUMN max_memberships BIGINT;

ALTER TABLE memberships ADD COLUMN public_metadata TEXT;
ALTER TABLE memberships ADD COLUMN private_metadata TEXT;

-- The roles that an organization is limited to; where there are none it is not.
CREATE TABLE organization_roles (
  organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
  role_key TEXT NOT NULL REFERENCES roles (key) ON DELETE CASCADE,
  PRIMARY KEY (organization_id, role_key)
);
CREATE INDEX organization_roles_role ON organization_roles (role_key);

ALTER TABLE users ADD COLUMN is_super_admin BIGINT NOT NULL DEFAULT 0;
