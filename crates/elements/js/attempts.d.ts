// What the server tells of a sign-in or a sign-up that is under way.

import type { ApiError, ExternalAccount, Timestamp, Verification, VerificationStatus } from "./resources.js";

/** A sign-in attempt. */
export interface SignIn {
  object: "sign_in_attempt";
  id: string;
  /** What it waits for. */
  status: SignInStatus;
  /** What was typed to say who. */
  identifier: string | null;
  /** The ways to prove it. */
  supported_first_factors: Factor[];
  /** The ways to prove it once more. */
  supported_second_factors: Factor[];
  /** How far the proof has come. */
  first_factor_verification: Verification | null;
  /** How far the second proof has come. */
  second_factor_verification: Verification | null;
  /** The session it ended in. */
  created_session_id: string | null;
  /** When it ends unfinished. */
  abandon_at: Timestamp;
  /** Kinds of identifier that work, e.g. `["email_address"]`. */
  supported_identifiers: string[];
  /** What may be shown of the person. */
  user_data: UserData | null;
  /** Whether a refusal tells the client that whoever proved it has no account. */
  sign_up_if_missing: boolean | null;
}

/** What a sign-in waits for. */
export type SignInStatus = "needs_identifier" | "needs_first_factor" | "needs_second_factor" | "needs_client_trust" | "needs_new_password" | "complete";

/** One way to prove who one is that is offered to somebody. */
export interface Factor {
  /** How it is proven. */
  strategy: string;
  /** The address that a code goes to. */
  email_address_id: string | null;
  /** The number that a code goes to. */
  phone_number_id: string | null;
  /** The address or number, masked. */
  safe_identifier: string | null;
  /** Whether it is the user's primary one. */
  primary: boolean | null;
}

/** What a sign-in shows of the person before they have proven anything: nothing but what they typed. */
export interface UserData {
  /** The first name; only where enumeration protection is off. */
  first_name: string | null;
  /** The last name; only where enumeration protection is off. */
  last_name: string | null;
  /** Where the picture is. */
  image_url: string;
  /** Whether there is a picture. */
  has_image: boolean;
}

/** A sign-up attempt. */
export interface SignUp {
  object: "sign_up_attempt";
  id: string;
  /** How it stands. */
  status: SignUpStatus;
  /** What must be given. */
  required_fields: Field[];
  /** What may be given. */
  optional_fields: Field[];
  /** What must be given still. */
  missing_fields: Field[];
  /** What must be verified still. */
  unverified_fields: Field[];
  /** The user name. */
  username: string | null;
  /** The first name. */
  first_name: string | null;
  /** The last name. */
  last_name: string | null;
  /** The address, canonical. */
  email_address: string | null;
  /** The number, as E.164 has it. */
  phone_number: string | null;
  /** Whether a password was chosen. */
  has_password: boolean;
  /** The language of the person, as a BCP 47 tag. */
  locale: string | null;
  /** How far its verifications have come. */
  verifications: SignUpVerifications;
  /** The user it ended in. */
  created_user_id: string | null;
  /** The session it ended in. */
  created_session_id: string | null;
  /** When it ends unfinished. */
  abandon_at: Timestamp;
  /** The provider whose account is connected, e.g. `oauth_github`. */
  external_account_strategy: string | null;
  /** That account. */
  external_account: ExternalAccount | null;
  /** When the person agreed to the terms. */
  legal_accepted_at: Timestamp | null;
  /** What browsers wrote. */
  unsafe_metadata: Record<string, unknown>;
}

/** How a sign-up stands. */
export type SignUpStatus = "missing_requirements" | "complete" | "abandoned";

/** What a sign-up can ask for. */
export type Field = "email_address" | "phone_number" | "username" | "password" | "first_name" | "last_name" | "legal_accepted" | "unsafe_metadata";

/** The verifications of a sign-up. */
export interface SignUpVerifications {
  /** Of its e-mail address. */
  email_address: SignUpVerification | null;
  /** Of its phone number. */
  phone_number: SignUpVerification | null;
  /** Of its account with a provider. */
  external_account: SignUpVerification | null;
}

/** How far the verification of a sign-up's address has come. */
export interface SignUpVerification {
  object: "verification";
  /** How far it has come. */
  status: VerificationStatus;
  /** How it is done; null until it is begun. */
  strategy: string | null;
  /** Tries so far. */
  attempts: number;
  /** When it ends. */
  expire_at: Timestamp | null;
  /** When a new code may be asked for. */
  resend_at: Timestamp | null;
  /** What was wrong with the last try. */
  error: ApiError | null;
  /** `needs_prepare` or `needs_attempt`, or empty where there is nothing to do. */
  next_action: string;
  /** The ways to do it. */
  supported_strategies: string[];
  /** Where the provider is that goes on with it. */
  external_verification_redirect_url: string | null;
  /** The browser that a link was opened in. */
  verified_at_client: string | null;
}
