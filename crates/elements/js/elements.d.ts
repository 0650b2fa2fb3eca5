// The custom elements: what they have in common, their events, and how JSX sees them.

import type { Appearance, Localization, MenuItem, ProfilePage } from "./index.js";

/** Why a component cannot be drawn: its parts could not be loaded, or the module has crashed. */
export interface ErrorDetail {
  readonly code: "load_failed" | "crashed";
  readonly message?: string;
}

/** Events of the components. All bubble and are composed; those that lead to another page can be cancelled, and then do not. */
export interface FrontdeskEventMap {
  signedin: CustomEvent;
  signedup: CustomEvent;
  waitlistjoined: CustomEvent;
  signedout: CustomEvent;
  organizationchanged: CustomEvent;
  /** The component cannot be drawn. What the server refuses, the component itself says. */
  error: CustomEvent<ErrorDetail>;
}

type ElementEvents = Omit<HTMLElementEventMap, keyof FrontdeskEventMap> & FrontdeskEventMap;

/** What the custom elements have in common. Properties named like attributes reflect them. */
export interface FrontdeskElement extends HTMLElement {
  api: string | null;
  theme: string | null;
  colorScheme: string | null;
  locale: string | null;
  signInUrl: string | null;
  signUpUrl: string | null;
  afterSignInUrl: string | null;
  afterSignUpUrl: string | null;
  afterSignOutUrl: string | null;
  userProfileUrl: string | null;
  userProfileMode: string | null;
  showName: string | null;
  routing: string | null;
  path: string | null;
  organizationProfileUrl: string | null;
  hidePersonal: string | null;
  skipInvitationScreen: string | null;
  initialEmail: string | null;
  shadow: boolean;
  appearance: Appearance | undefined;
  localization: Localization | undefined;
  customPages: readonly ProfilePage[] | undefined;
  customMenuItems: readonly MenuItem[] | undefined;
  additionalOAuthScopes: Readonly<Record<string, readonly string[]>> | undefined;
  /** As `ready` of a {@link Handle}. */
  readonly ready: Promise<void>;
  addEventListener<K extends keyof ElementEvents>(
    type: K,
    listener: (this: this, event: ElementEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof ElementEvents>(
    type: K,
    listener: (this: this, event: ElementEvents[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

/** What every element takes. */
interface AnyAttributes {
  id?: string;
  class?: string;
  className?: string;
  /** As the framework writes it. */
  style?: string | object;
  lang?: string;
  dir?: string;
  hidden?: boolean;
  slot?: string;
  key?: string | number | null;
  ref?: unknown;
}

/** The attributes of the custom elements, for JSX; see the README for React. */
export interface FrontdeskAttributes extends AnyAttributes {
  api?: string;
  theme?: string;
  "color-scheme"?: "light" | "dark";
  locale?: string;
  "sign-in-url"?: string;
  "sign-up-url"?: string;
  "after-sign-in-url"?: string;
  "after-sign-up-url"?: string;
  "after-sign-out-url"?: string;
  "user-profile-url"?: string;
  "organization-profile-url"?: string;
  "hide-personal"?: boolean | string;
  "skip-invitation-screen"?: boolean | string;
  "initial-email"?: string;
  "user-profile-mode"?: "modal" | "navigation";
  "show-name"?: boolean | "";
  routing?: "hash" | "path" | "memory";
  path?: string;
  customPages?: readonly ProfilePage[];
  customMenuItems?: readonly MenuItem[];
  additionalOAuthScopes?: Readonly<Record<string, readonly string[]>>;
  shadow?: boolean;
  appearance?: Appearance;
  localization?: Localization;
  onsignedin?: (event: CustomEvent) => void;
  onsignedup?: (event: CustomEvent) => void;
  onwaitlistjoined?: (event: CustomEvent) => void;
  onsignedout?: (event: CustomEvent) => void;
  onorganizationchanged?: (event: CustomEvent) => void;
  onerror?: (event: CustomEvent<ErrorDetail>) => void;
}

/** The attributes of `frontdesk-protect`, which shows its children to those who have what is asked. */
export interface FrontdeskProtectAttributes extends AnyAttributes {
  api?: string;
  "organization-role"?: string;
  permission?: string;
  children?: unknown;
}

/** The custom elements as JSX sees them. */
export interface FrontdeskIntrinsicElements {
  "frontdesk-protect": FrontdeskProtectAttributes;
  "frontdesk-sign-in": FrontdeskAttributes;
  "frontdesk-sign-up": FrontdeskAttributes;
  "frontdesk-user-button": FrontdeskAttributes;
  "frontdesk-user-profile": FrontdeskAttributes;
  "frontdesk-organization-switcher": FrontdeskAttributes;
  "frontdesk-organization-profile": FrontdeskAttributes;
  "frontdesk-organization-list": FrontdeskAttributes;
  "frontdesk-create-organization": FrontdeskAttributes;
  "frontdesk-waitlist": FrontdeskAttributes;
}

declare global {
  // As in `lib.esnext.disposable.d.ts`, for projects that do not ask for it.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }

  interface HTMLElementTagNameMap {
    "frontdesk-protect": HTMLElement;
    "frontdesk-sign-in": FrontdeskElement;
    "frontdesk-sign-up": FrontdeskElement;
    "frontdesk-user-button": FrontdeskElement;
    "frontdesk-user-profile": FrontdeskElement;
    "frontdesk-organization-switcher": FrontdeskElement;
    "frontdesk-organization-profile": FrontdeskElement;
    "frontdesk-organization-list": FrontdeskElement;
    "frontdesk-create-organization": FrontdeskElement;
    "frontdesk-waitlist": FrontdeskElement;
  }

  namespace JSX {
    interface IntrinsicElements extends FrontdeskIntrinsicElements {}
  }
}
