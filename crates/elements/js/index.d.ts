import type { Environment } from "./environment.js";
import type { Client, Organization, Session, User, VerificationLevel } from "./resources.js";

export type * from "./attempts.js";
export type * from "./elements.js";
export type * from "./environment.js";
export type * from "./resources.js";

/** How a component looks. */
export interface Appearance {
  /** A theme of the package (`default`, `almanac`) or the name your own rules use; it becomes `data-theme`. */
  theme?: string;
  /** Forces light or dark; without it, the page's own `color-scheme` counts. */
  colorScheme?: "light" | "dark";
  /** Custom properties by name, e.g. `{ "--fd-radius": "0" }`. */
  variables?: Record<`--fd-${string}`, string>;
  /** Extra classes by part, e.g. `{ submit: "btn btn-primary" }`. */
  elements?: Partial<Record<Part, string>>;
}

/** In which words a component speaks. */
export interface Localization {
  /** A language tag; `fr-CA` finds `fr`. Without it, the nearest `lang` around the component counts, then the browser's languages. */
  locale?: string;
  /** Other sentences by the id of the message; `{ $name }` is an argument. */
  messages?: Record<string, string>;
}

/** What every component understands. */
export interface Options {
  /** The address of the Frontdesk server. By default the one these files came from, or else the page's origin. */
  api?: string;
  appearance?: Appearance;
  localization?: Localization;
  /** Draws in an open shadow root with real `::part`s instead of light DOM. Read once, when mounted. */
  shadow?: boolean;
}

export interface SignInOptions extends Options {
  /** Where the link to sign up leads. */
  signUpUrl?: string;
  afterSignInUrl?: string;
  /** Fills the address in. */
  initialEmail?: string;
}

export interface SignUpOptions extends Options {
  /** Where the link to sign in leads. */
  signInUrl?: string;
  afterSignUpUrl?: string;
  /** Fills the address in. */
  initialEmail?: string;
}

export interface UserButtonOptions extends Options {
  afterSignOutUrl?: string;
  /** Where the profile is; without it, the profile opens in a dialog. */
  userProfileUrl?: string;
  /** How the profile opens; by default in a dialog where there is no `userProfileUrl`. */
  userProfileMode?: "modal" | "navigation";
  /** Shows the name beside the picture. */
  showName?: boolean;
  /** Items of the menu, and the order of all. */
  customMenuItems?: readonly MenuItem[];
  /** Pages of the profile in the dialog, and the order of all. */
  customPages?: readonly ProfilePage[];
  /** What providers are asked for in the profile beside what the settings say, e.g. `{ github: ["repo"] }`. */
  additionalOAuthScopes?: Readonly<Record<string, readonly string[]>>;
  signInUrl?: string;
}

/** Draws into an element of ours, and takes that off again. */
export interface Icon {
  mountIcon?: (element: HTMLElement) => void;
  unmountIcon?: (element: HTMLElement) => void;
}

/** An item of the menu: a link, something that the app does, or the place of one of ours. */
export type MenuItem =
  | ({ label: string; href: string } & Icon)
  | ({ label: string; onClick: () => void } & Icon)
  | { label: "manageAccount" | "signOut" };

/** A page of the profile, `url` its path behind the profile's; without `mount` a link; or the place of one of ours. */
export type ProfilePage =
  | ({ label: string; url: string; mount?: (element: HTMLElement) => void; unmount?: (element: HTMLElement) => void } & Icon)
  | { label: "account" | "security" };

export interface UserProfileOptions extends Options {
  afterSignOutUrl?: string;
  signInUrl?: string;
  /** How the page's address says which page of the profile it is: `#/security`, which it is by default, `/user/security`, or not at all. */
  routing?: "hash" | "path" | "memory";
  /** The path of the profile's first page, where the address says it by its path. */
  path?: string;
  /** Pages and links of the app's own, and the order of all. */
  customPages?: readonly ProfilePage[];
  /** What providers are asked for beside what the settings say, e.g. `{ github: ["repo"] }`. */
  additionalOAuthScopes?: Readonly<Record<string, readonly string[]>>;
}

/** Draws nothing until a proof is wanted that no other component on the page asks for, and then a dialog. */
export type UserVerificationOptions = Options;

export interface OrganizationSwitcherOptions extends Options {
  signInUrl?: string;
  /** Draws no personal account. */
  hidePersonal?: boolean;
  /** Where the organization's profile is; without it, the profile opens in a dialog. */
  organizationProfileUrl?: string;
  /** Asks nothing once a new organization is there. */
  skipInvitationScreen?: boolean;
}

export interface OrganizationListOptions extends Options {
  /** Draws no personal account. */
  hidePersonal?: boolean;
  /** Asks nothing once a new organization is there. */
  skipInvitationScreen?: boolean;
  signInUrl?: string;
}

export interface OrganizationProfileOptions extends Options {
  signInUrl?: string;
}

export interface CreateOrganizationOptions extends Options {
  /** Asks nothing once a new organization is there. */
  skipInvitationScreen?: boolean;
  signInUrl?: string;
}

export interface WaitlistOptions extends Options {
  signInUrl?: string;
  initialEmail?: string;
}

/** A mounted component. Usable with `using`. */
export interface Handle<O extends Options = Options> {
  /** Resolves when the component is drawn, be it only to say that the server does not answer; rejects when it cannot be drawn. */
  readonly ready: Promise<void>;
  /** Replaces the options that are named and leaves the others. */
  update(options: O): void;
  /** Takes the component off the page and frees what it held. */
  unmount(): void;
  /** The same as `unmount`. */
  [Symbol.dispose](): void;
}

export function mountSignIn(element: Element, options?: SignInOptions): Handle<SignInOptions>;
export function mountSignUp(element: Element, options?: SignUpOptions): Handle<SignUpOptions>;
export function mountUserButton(element: Element, options?: UserButtonOptions): Handle<UserButtonOptions>;
export function mountUserProfile(element: Element, options?: UserProfileOptions): Handle<UserProfileOptions>;
export function mountUserVerification(element: Element, options?: UserVerificationOptions): Handle<UserVerificationOptions>;
export function mountOrganizationSwitcher(element: Element, options?: OrganizationSwitcherOptions): Handle<OrganizationSwitcherOptions>;
export function mountOrganizationProfile(element: Element, options?: OrganizationProfileOptions): Handle<OrganizationProfileOptions>;
export function mountOrganizationList(element: Element, options?: OrganizationListOptions): Handle<OrganizationListOptions>;
export function mountCreateOrganization(element: Element, options?: CreateOrganizationOptions): Handle<CreateOrganizationOptions>;
export function mountWaitlist(element: Element, options?: WaitlistOptions): Handle<WaitlistOptions>;

/** A component's name; its element is `frontdesk-` and this. */
export type Kind = "sign-in" | "sign-up" | "user-button" | "user-profile" | "organization-switcher" | "organization-profile" | "organization-list" | "create-organization" | "waitlist";

/** Where things are, for every component on the page. */
export interface Settings {
  /** The address of the Frontdesk server. */
  api?: string;
  /** The folder of the stylesheets, the languages and the module, if they do not lie beside the script. */
  assetBase?: string | URL;
  /** The module, or where it is. */
  wasm?: string | URL | Response | BufferSource | WebAssembly.Module | Promise<string | URL | Response | BufferSource | WebAssembly.Module>;
}

/** Sets what is given and leaves the rest. Call it before the first component is mounted. */
export function configure(settings: Settings): void;
/** Loads the WebAssembly module ahead of time. */
export function load(settings?: Settings): Promise<void>;
/** Loads everything that the components named will need. */
export function preload(kinds: readonly Kind[], options?: Pick<Options, "appearance" | "localization">): Promise<void>;

/** The signed-in user without a component. The getters are null until something is loaded. */
export interface Frontdesk {
  load(): Promise<void>;
  /**
   * A session token, good for some seconds at least, or null if nobody is signed in. With `template`, a token of the
   * server's template of that name, minted for this call.
   */
  getToken(options?: { template?: string | undefined }): Promise<string | null>;
  /** Signs everybody in this browser out. */
  signOut(): Promise<void>;
  /**
   * Asks somebody to prove who they are, in a dialog. Rejects with the code `reverification_cancelled` if they do not
   * want to, and with `authentication_invalid` if nobody is signed in.
   * Tokens after it say how lately both factors were proven.
   */
  reverify(level?: VerificationLevel): Promise<void>;
  /**
   * `call` with a proof where it is wanted: if it gives or throws a response, or a body, with the error
   * `session_reverification_required`, asks for the proof and calls it again.
   */
  withReverification<A extends unknown[], T>(call: (...given: A) => Promise<T>): (...given: A) => Promise<T>;
  /** Runs `listener` after every change; returns how to stop that. */
  listen(listener: (frontdesk: Frontdesk) => void): () => void;
  /**
   * Whether the user has this role and this permission in the organization the session is in; where nothing is asked,
   * whether somebody is signed in. It hides; what must be kept from somebody is kept by the app's server.
   */
  has(asked?: Asked): boolean;
  readonly user: User | null;
  readonly session: Session | null;
  readonly organization: Organization | null;
  readonly client: Client | null;
  readonly environment: Environment | null;
}

/**
 * A client of one Frontdesk server. It loads the module when it is first asked for something.
 * `appearance` and `localization` are for the dialog that asks for a proof where no other component can.
 */
export function createFrontdesk(options?: Pick<Options, "api" | "appearance" | "localization">): Frontdesk;

/** What somebody must have; with or without `org:` before it. */
export interface Asked {
  role?: string | null;
  permission?: string | null;
}

/**
 * Shows the children of `element` to those who have what is asked, children with `slot="fallback"` to everybody else,
 * and nothing until it is known who is there. Without `options`, the element's `api`, `organization-role` and
 * `permission` count. Returns how to stop that.
 */
export function protect(element: HTMLElement, options?: Asked & { api?: string }): () => void;

/** The parts that pages can style, by `[part~="…"]` in light DOM and by `::part(…)` in shadow DOM. */
export type Part =
  | "root" | "card" | "header" | "title" | "subtitle" | "main" | "footer" | "footer-text" | "footer-link"
  | "form" | "field" | "label" | "input" | "hint" | "error" | "alert" | "submit" | "button" | "link" | "back"
  | "identity" | "identity-edit" | "divider" | "code" | "resend" | "avatar" | "menu" | "menu-item" | "trigger"
  | "dialog" | "section" | "section-title" | "row" | "badge" | "spinner" | "password-toggle" | "skeleton" | "fallback"
  | "notice" | "others" | "social" | "accounts" | "organizations" | "secret" | "backup-codes"
  | "panel" | "cut" | "zoom" | "nav" | "nav-link" | "page" | "tabs" | "tab" | "table" | "person" | "pager";
