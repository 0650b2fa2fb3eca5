-- Organizations: what each role allows, and invitations that lead into one.

CREATE TABLE roles (
  key TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE permissions (
  key TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE role_permissions (
  role_key TEXT NOT NULL REFERENCES roles (key) ON DELETE CASCADE,
  permission_key TEXT NOT NULL REFERENCES permissions (key) ON DELETE CASCADE,
  PRIMARY KEY (role_key, permission_key)
);
CREATE INDEX role_permissions_permission ON role_permissions (permission_key);

INSERT INTO roles (key, id, name, description, created_at, updated_at) VALUES
  ('org:admin', 'role_00000000000000000000000001', 'Admin', 'May do everything in the organization.', 0, 0),
  ('org:member', 'role_00000000000000000000000002', 'Member', 'Sees the organization and changes nothing of it.', 0, 0);

INSERT INTO permissions (key, id, name, description, created_at, updated_at) VALUES
  ('org:sys_profile:manage', 'perm_00000000000000000000000001', 'Manage the profile', 'Changes the name and the address.', 0, 0),
  ('org:sys_profile:delete', 'perm_00000000000000000000000002', 'Delete', 'Deletes the organization.', 0, 0),
  ('org:sys_memberships:read', 'perm_00000000000000000000000003', 'See members', 'Sees who is in the organization.', 0, 0),
  ('org:sys_memberships:manage', 'perm_00000000000000000000000004', 'Manage members', 'Invites, removes and changes members.', 0, 0),
  ('org:sys_domains:read', 'perm_00000000000000000000000005', 'See domains', 'Sees the domains of the organization.', 0, 0),
  ('org:sys_domains:manage', 'perm_00000000000000000000000006', 'Manage domains', 'Adds and removes domains.', 0, 0);

INSERT INTO role_permissions (role_key, permission_key) SELECT 'org:admin', key FROM permissions;
INSERT INTO role_permissions (role_key, permission_key) VALUES
  ('org:member', 'org:sys_memberships:read'),
  ('org:member', 'org:sys_domains:read');

ALTER TABLE organizations ADD COLUMN public_metadata TEXT;
ALTER TABLE organizations ADD COLUMN private_metadata TEXT;

-- An invitation without an organization lets somebody sign up, and no more.
ALTER TABLE invitations ADD COLUMN organization_id TEXT REFERENCES organizations (id) ON DELETE CASCADE;
ALTER TABLE invitations ADD COLUMN role TEXT;
ALTER TABLE invitations ADD COLUMN inviter_id TEXT;
DROP INDEX invitations_pending;
CREATE UNIQUE INDEX invitations_pending ON invitations (email_address) WHERE status = 'pending' AND organization_id IS NULL;
CREATE UNIQUE INDEX invitations_pending_organization ON invitations (organization_id, email_address) WHERE status = 'pending' AND organization_id IS NOT NULL;
CREATE INDEX invitations_address ON invitations (email_address);
CREATE INDEX tickets_subject ON tickets (subject);
