// What the server tells of whoever is signed in, and of itself.

/** Milliseconds since 1970. */
export type Timestamp = number;

export interface EmailAddress {
  object: "email_address";
  id: string;
  email_address: string;
  verification: { status: "unverified" | "verified" | "failed" | "expired"; strategy: string } | null;
}

export interface Organization {
  object: "organization";
  id: string;
  name: string;
  slug: string;
  image_url: string;
  has_image: boolean;
  members_count: number;
  public_metadata: Record<string, unknown>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface OrganizationMembership {
  object: "organization_membership";
  id: string;
  organization: Organization;
  role: string;
  permissions: string[];
}

export interface User {
  object: "user";
  id: string;
  first_name: string | null;
  last_name: string | null;
  image_url: string;
  has_image: boolean;
  primary_email_address_id: string | null;
  email_addresses: EmailAddress[];
  organization_memberships: OrganizationMembership[];
  public_metadata: Record<string, unknown>;
  unsafe_metadata: Record<string, unknown>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface Session {
  object: "session";
  id: string;
  status: "active" | "pending" | "ended" | "removed" | "expired" | "abandoned" | "replaced" | "revoked";
  expire_at: Timestamp;
  last_active_at: Timestamp;
  last_active_organization_id: string | null;
  user: User;
}

/** Everything the server knows of this browser. */
export interface Client {
  object: "client";
  id: string;
  sessions: Session[];
  last_active_session_id: string | null;
  [member: string]: unknown;
}

/** The server's settings that a browser may know. */
export interface Environment {
  [member: string]: unknown;
}
