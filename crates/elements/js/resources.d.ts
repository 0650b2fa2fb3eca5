// What the server tells of whoever is signed in.

import type { SignIn, SignUp } from "./attempts.js";

/** Milliseconds since 1970. */
export type Timestamp = number;

/** Everything the server knows of this browser. */
export interface Client {
  object: "client";
  id: string;
  /** Who is signed in, the first to sign in first. */
  sessions: Session[];
  /** The sign-in under way. */
  sign_in: SignIn | null;
  /** The sign-up under way. */
  sign_up: SignUp | null;
  /** The session last used. */
  last_active_session_id: string | null;
  /** How somebody last signed in here. */
  last_authentication_strategy: string | null;
  /** When the browser forgets it. */
  cookie_expires_at: Timestamp | null;
  /** The server's clock, for browsers whose own is wrong. */
  server_time: Timestamp;
  /** When it was made. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** One user signed in to one browser. */
export interface Session {
  object: "session";
  id: string;
  /** How it stands. */
  status: SessionStatus;
  /** When it ends at the latest. */
  expire_at: Timestamp;
  /** When it ends if it is left alone. */
  abandon_at: Timestamp;
  /** When it was last used, to the minute. */
  last_active_at: Timestamp;
  /** The organization it is in; null for the personal account. */
  last_active_organization_id: string | null;
  /** A token minted with this answer. */
  last_active_token: SessionToken | null;
  /** Things to do before it is active. */
  tasks: SessionTask[];
  /** Whose it is. */
  user: User;
  /** Whose it is, as others see them. */
  public_user_data: PublicUserData;
  /** When it began. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
  /** Minutes since the first and the second factor were proven; -1 where there is no second factor. */
  factor_verification_age: number[];
}

/** How a session stands. */
export type SessionStatus = "active" | "pending" | "ended" | "removed" | "expired" | "abandoned" | "replaced" | "revoked";

/** A short-lived session token. */
export interface SessionToken {
  object: "token";
  /** The token: a JWT that lives for 60 s. */
  jwt: string;
}

/** Something to do before a session is active. */
export interface SessionTask {
  key: Task;
}

/** What is to be done before a session is active. */
export type Task = "choose-organization" | "setup-mfa" | "reset-password";

/** A user, as they see themselves. */
export interface User {
  object: "user";
  id: string;
  /** The first name. */
  first_name: string | null;
  /** The last name. */
  last_name: string | null;
  /** The user name. */
  username: string | null;
  /** Where the picture is; empty where there is none. */
  image_url: string;
  /** Whether there is a picture. */
  has_image: boolean;
  /** The address that mails go to. */
  primary_email_address_id: string | null;
  /** All addresses, the primary one first. */
  email_addresses: EmailAddress[];
  /** The organizations the user is a member of. */
  organization_memberships: OrganizationMembership[];
  /** Whether there is a password. */
  password_enabled: boolean;
  /** Whether there is a second factor. */
  two_factor_enabled: boolean;
  /** When the user last signed in. */
  last_sign_in_at: Timestamp | null;
  /** Whether the user may create organizations. */
  create_organization_enabled: boolean;
  /** Whether the user may delete the account. */
  delete_self_enabled: boolean;
  /** When the user signed up. */
  created_at: Timestamp;
  /** When the user was last changed. */
  updated_at: Timestamp;
  /** What the app's server calls the user. */
  external_id: string | null;
  /** The number that is shown first. */
  primary_phone_number_id: string | null;
  /** All numbers, the primary one first. */
  phone_numbers: PhoneNumber[];
  /** Accounts with providers. */
  external_accounts: ExternalAccount[];
  /** Passkeys. */
  passkeys: Passkey[];
  /** Always empty. */
  web3_wallets: Record<string, unknown>[];
  /** Always empty yet. */
  enterprise_accounts: Record<string, unknown>[];
  /** Whether there is an authenticator app. */
  totp_enabled: boolean;
  /** Whether there are backup codes. */
  backup_code_enabled: boolean;
  /** When the user agreed to the terms. */
  legal_accepted_at: Timestamp | null;
  /** What the app's server wrote, and browsers may read. */
  public_metadata: Record<string, unknown>;
  /** What browsers wrote. */
  unsafe_metadata: Record<string, unknown>;
}

/** An e-mail address of a user. */
export interface EmailAddress {
  object: "email_address";
  id: string;
  /** The address, canonical. */
  email_address: string;
  /** What is verified of it; null where nobody has begun. */
  verification: Verification | null;
  /** When it was added. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** A verification of an address or of an attempt's factor. */
export interface Verification {
  object: "verification";
  /** How far it has come. */
  status: VerificationStatus;
  /** How it is done. */
  strategy: string;
  /** Tries so far. */
  attempts: number;
  /** When it ends. */
  expire_at: Timestamp | null;
  /** When a new code may be asked for. */
  resend_at: Timestamp | null;
  /** What was wrong with the last try. */
  error: ApiError | null;
  /** Where the provider is that goes on with it. */
  external_verification_redirect_url: string | null;
  /** What a passkey is asked for, as JSON (WebAuthn §5.5). */
  nonce: string | null;
  /** The browser that a link was opened in. */
  verified_at_client: string | null;
}

/** How far a verification has come. */
export type VerificationStatus = "unverified" | "verified" | "failed" | "expired" | "transferable";

/** One reason for a refusal. */
export interface ApiError {
  /** Which reason. */
  code: string;
  /** A short English sentence for developers; people read `locales/`. */
  message: string;
  /** A longer English sentence for developers. */
  long_message: string;
  /** What it is about. */
  meta: ErrorMeta;
}

/** What an error says beside its code. */
export interface ErrorMeta {
  /** The field it is about, e.g. `email_address`. */
  param_name: string | null;
  /** The session it is about, as in `session_exists`. */
  session_id: string | null;
  /** The fewest code points of a password. */
  min_length: number | null;
  /** The most code points of a password. */
  max_length: number | null;
  /** Seconds until it is worth trying again. */
  retry_after_s: number | null;
  /** What a browser must work out, as in `captcha_required`. */
  captcha: string | null;
  /** The addresses it is about, where several were sent. */
  email_addresses: string[] | null;
  /** The names of the organizations it is about, as in `organization_minimum_permissions_needed`. */
  organizations: string[] | null;
  /** What would make a password better, as in `form_password_not_strong_enough`. */
  zxcvbn: Record<string, unknown> | null;
  /** What is to be proven again, as in `session_reverification_required`. */
  reverification: Reverification | null;
}

/** How lately something must be proven, and what: the `meta.reverification` of `session_reverification_required`. */
export interface Reverification {
  level: VerificationLevel;
  /** After how many minutes it is asked for again. */
  after_minutes: number;
}

/** How much is to be proven; whoever has no second factor proves the first in its place. */
export type VerificationLevel = "first_factor" | "second_factor" | "multi_factor";

/** A user's membership of an organization. */
export interface OrganizationMembership {
  object: "organization_membership";
  id: string;
  /** Which organization. */
  organization: Organization;
  /** The key of the member's role, e.g. `org:admin`. */
  role: string;
  /** What the role is called. */
  role_name: string;
  /** What the role allows, e.g. `org:sys_profile:manage`. */
  permissions: string[];
  /** Who the member is. */
  public_user_data: PublicUserData;
  /** What the app's server wrote, and browsers may read. */
  public_metadata: Record<string, unknown>;
  /** When the user became a member. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** An organization. */
export interface Organization {
  object: "organization";
  id: string;
  /** What people call it. */
  name: string;
  /** Its part of an address. */
  slug: string;
  /** Where the logo is; empty where there is none. */
  image_url: string;
  /** Whether there is a logo. */
  has_image: boolean;
  /** How many members there are. */
  members_count: number;
  /** What the app's server wrote, and browsers may read. */
  public_metadata: Record<string, unknown>;
  /** How many invitations are open. */
  pending_invitations_count: number;
  /** The most members; 0 for no limit. */
  max_allowed_memberships: number;
  /** Whether admins may delete it. */
  admin_delete_enabled: boolean;
  /** When it was created. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** A user, as other members of an organization see them. */
export interface PublicUserData {
  /** The user's id. */
  user_id: string;
  /** The first name. */
  first_name: string | null;
  /** The last name. */
  last_name: string | null;
  /** Where the picture is; empty where there is none. */
  image_url: string;
  /** Whether there is a picture. */
  has_image: boolean;
  /** The primary e-mail address. */
  identifier: string;
}

/** A phone number of a user. */
export interface PhoneNumber {
  object: "phone_number";
  id: string;
  /** The number, as E.164 has it. */
  phone_number: string;
  /** What is verified of it; null where nobody has begun. */
  verification: Verification | null;
  /** Whether codes go there as a second factor. */
  reserved_for_second_factor: boolean;
  /** Whether it is the second factor that is asked for first. */
  default_second_factor: boolean;
  /** Codes for the day when it is not at hand; only where they were just made. */
  backup_codes: string[] | null;
  /** When it was added. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** A user's account with a provider. */
export interface ExternalAccount {
  object: "external_account";
  id: string;
  /** The provider, e.g. `oauth_github`. */
  provider: string;
  /** What the provider calls the user. */
  provider_user_id: string;
  /** What the provider allowed us, with spaces between. */
  approved_scopes: string;
  /** The address that the provider tells. */
  email_address: string;
  /** The user name there. */
  username: string | null;
  /** The first name there. */
  first_name: string | null;
  /** The last name there. */
  last_name: string | null;
  /** Where the picture is. */
  image_url: string;
  /** How far connecting has come. */
  verification: Verification | null;
  /** When it was connected. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}

/** A passkey of a user. */
export interface Passkey {
  object: "passkey";
  id: string;
  /** What the user calls it. */
  name: string;
  /** How far its registration has come; its `nonce` is what the browser is asked to make. */
  verification: Verification | null;
  /** When somebody last signed in with it. */
  last_used_at: Timestamp | null;
  /** When it was added. */
  created_at: Timestamp;
  /** When it was last changed. */
  updated_at: Timestamp;
}
