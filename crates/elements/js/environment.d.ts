// The server's settings that a browser may know.

/** Everything about the server that a screen depends on. */
export interface Environment {
  object: "environment";
  /** Settings about sessions. */
  auth_config: AuthConfig;
  /** Names and addresses. */
  display_config: DisplayConfig;
  /** Settings about users. */
  user_settings: UserSettings;
  /** Settings about organizations. */
  organization_settings: OrganizationSettings;
  /** Whether the service only answers, and changes nothing. */
  maintenance_mode: boolean;
  /** Origins of pages that may call, and that redirects may lead to. */
  allowed_origins: string[];
}

/** Settings about sessions. */
export interface AuthConfig {
  object: "auth_config";
  /** Whether one browser holds one session at the most. */
  single_session_mode: boolean;
  /** Whether what matters asks for a proof again. */
  reverification: boolean;
}

/** Names and addresses that screens show or lead to. */
export interface DisplayConfig {
  object: "display_config";
  /** The application's name. */
  application_name: string;
  /** `development` or `production`. */
  instance_environment_type: string;
  /** Whom people may write to; shown under "having trouble". */
  support_email: string | null;
  /** `password` or `otp`: what a sign-in asks for first. */
  preferred_sign_in_strategy: string;
  /** Where signing in happens. */
  sign_in_url: string;
  /** Where signing up happens. */
  sign_up_url: string;
  /** Where the profile is. */
  user_profile_url: string;
  /** Where a finished sign-in leads. */
  after_sign_in_url: string;
  /** Where a finished sign-up leads. */
  after_sign_up_url: string;
  /** Where signing out leads. */
  after_sign_out_all_url: string;
  /** Terms of service. */
  terms_url: string | null;
  /** Privacy policy. */
  privacy_policy_url: string | null;
  /** Where people join the waiting list. */
  waitlist_url: string;
}

/** Settings about users. */
export interface UserSettings {
  /** What people tell about themselves. */
  attributes: AttributeSettings;
  /** How signing in works. */
  sign_in: SignInSettings;
  /** How signing up works. */
  sign_up: SignUpSettings;
  /** What a new password must be like. */
  password_settings: PasswordSettings;
  /** How passkeys are offered. */
  passkey_settings: PasskeySettings;
  /** Providers to sign in with, by their strategies. */
  social: Record<string, SocialProvider>;
  /** What a user name must be like. */
  username_settings: UsernameSettings;
  /** What is done against attackers. */
  attack_protection: AttackProtection;
  /** What people may do to their own accounts. */
  actions: Actions;
}

/** Every attribute. */
export interface AttributeSettings {
  /** E-mail addresses. */
  email_address: Attribute;
  /** Phone numbers. */
  phone_number: Attribute;
  /** User names. */
  username: Attribute;
  /** Passwords. */
  password: Attribute;
  /** First names. */
  first_name: Attribute;
  /** Last names. */
  last_name: Attribute;
  /** Passkeys. */
  passkey: Attribute;
  /** Authenticator apps. */
  authenticator_app: Attribute;
  /** Backup codes. */
  backup_code: Attribute;
  /** Wallets; never. */
  web3_wallet: Attribute;
}

/** How one thing people tell about themselves is used. */
export interface Attribute {
  /** Whether it is used at all. */
  enabled: boolean;
  /** Whether a sign-up without it is incomplete. */
  required: boolean;
  /** Whether it identifies at sign-in. */
  used_for_first_factor: boolean;
  /** How it can be verified, e.g. `["email_code"]`. */
  verifications: string[];
  /** What proves it at sign-in. */
  first_factors: string[];
  /** Whether it must be verified before a sign-up is complete. */
  verify_at_sign_up: boolean;
  /** Whether people may not change it. */
  immutable: boolean;
  /** Whether it is a second factor. */
  used_for_second_factor: boolean;
  /** What proves it as a second factor. */
  second_factors: string[];
}

/** How signing in works. */
export interface SignInSettings {
  /** Whether whoever has no account goes on to sign up. */
  combined: boolean;
  /** Whether there are second factors. */
  second_factor: SecondFactorSettings;
}

/** Whether there are second factors. */
export interface SecondFactorSettings {
  /** Whether everybody must have one. */
  required: boolean;
  /** Whether anybody may have one. */
  enabled: boolean;
}

/** How signing up works. */
export interface SignUpSettings {
  /** Who may. */
  mode: SignUpMode;
  /** Whether fields that are not required are shown too. */
  shows_optional_fields: boolean;
  /** Whether people must agree to the terms. */
  legal_consent_enabled: boolean;
  /** Whether a browser must work before it may sign up; never by a third party. */
  captcha_enabled: boolean;
  /** Whether all that is required is asked for, be it later; always. Otherwise one of address and number is enough. */
  progressive: boolean;
  /** Fields beside the usual ones. */
  custom_fields: CustomField[];
}

/** Who may sign up. */
export type SignUpMode = "public" | "restricted" | "waitlist";

/** A field that a sign-up asks for beside the usual ones. */
export interface CustomField {
  /** Its name in `unsafe_metadata`. */
  name: string;
  /** `text`, `select` or `checkbox`. */
  kind: string;
  /** What people read beside it. */
  label: string;
  /** What can be chosen. */
  options: string[];
  /** Whether a sign-up without it is incomplete. */
  required: boolean;
}

/** What a new password must be like. */
export interface PasswordSettings {
  /** The fewest code points. */
  min_length: number;
  /** The most code points. */
  max_length: number;
  /** Whether a strength is shown. */
  show_zxcvbn: boolean;
  /** The lowest strength, from 0 to 4. */
  min_zxcvbn_strength: number;
  /** Whether passwords that others know are taken. */
  disable_hibp: boolean;
  /** Characters that count as special. */
  allowed_special_characters: string;
  /** Whether one of them must be in it. */
  require_special_char: boolean;
  /** Whether a digit must be in it. */
  require_numbers: boolean;
  /** Whether a capital must be in it. */
  require_uppercase: boolean;
  /** Whether a small letter must be in it. */
  require_lowercase: boolean;
}

/** How passkeys are offered. */
export interface PasskeySettings {
  /** Whether the field for who one is offers them. */
  allow_autofill: boolean;
  /** Whether there is a button. */
  show_sign_in_button: boolean;
}

/** A provider that people have accounts with. */
export interface SocialProvider {
  /** Whether it is offered. */
  enabled: boolean;
  /** Whether a sign-up without it is incomplete; never. */
  required: boolean;
  /** Whether it signs in, and is not only connected. */
  authenticatable: boolean;
  /** How it proves, e.g. `oauth_github`. */
  strategy: string;
  /** Whether it is kept off the screens. */
  not_selectable: boolean;
  /** What people know it by. */
  name: string;
  /** Where its mark is; null for its first letter. */
  logo_url: string | null;
}

/** What a user name must be like. */
export interface UsernameSettings {
  /** The fewest characters. */
  min_length: number;
  /** The most characters. */
  max_length: number;
}

/** What is done against attackers that a screen must know of. */
export interface AttackProtection {
  /** Whether answers hide who has an account. */
  enumeration_protection: EnumerationProtection;
}

/** Whether answers hide who has an account. */
export interface EnumerationProtection {
  /** On by default. */
  enabled: boolean;
}

/** What people may do to their own accounts. */
export interface Actions {
  /** Delete the account. */
  delete_self: boolean;
  /** Create organizations. */
  create_organization: boolean;
}

/** Settings about organizations. */
export interface OrganizationSettings {
  /** Whether there are any. */
  enabled: boolean;
  /** The most members one may have; 0 for no limit. */
  max_allowed_memberships: number;
  /** Whether people must always be in one. */
  force_organization_selection: boolean;
  /** Settings about their domains. */
  domains: OrganizationDomainSettings;
}

/** Settings about the domains of organizations. */
export interface OrganizationDomainSettings {
  /** Whether organizations may have any. */
  enabled: boolean;
  /** What people may get whose address is there. */
  enrollment_modes: string[];
  /** The key of the role they will have. */
  default_role: string;
}
