// The public interface. Importing it has no side effect and touches no DOM.

import { loadCore } from "./loader.js";
import { catalogueFor } from "./locale.js";
import { mount } from "./mount.js";
import { configure } from "./settings.js";
import { style } from "./styling.js";

export { createFrontdesk } from "./client.js";
export { protect } from "./protect.js";
export { configure };

export const mountSignIn = (element, options) => mount("sign-in", element, options);
export const mountSignUp = (element, options) => mount("sign-up", element, options);
export const mountUserButton = (element, options) => mount("user-button", element, options);
export const mountUserProfile = (element, options) => mount("user-profile", element, options);
export const mountUserVerification = (element, options) => mount("user-verification", element, options);
export const mountOrganizationSwitcher = (element, options) => mount("organization-switcher", element, options);
export const mountOrganizationProfile = (element, options) => mount("organization-profile", element, options);
export const mountOrganizationList = (element, options) => mount("organization-list", element, options);
export const mountCreateOrganization = (element, options) => mount("create-organization", element, options);
export const mountWaitlist = (element, options) => mount("waitlist", element, options);

/** Loads the WebAssembly module ahead of time. */
export async function load(options = {}) {
  configure(options);
  await loadCore();
}

/** Loads everything that the components named will need. */
export async function preload(kinds, options = {}) {
  if (!globalThis.document) return;
  const { documentElement } = document;
  const theme = options.appearance?.theme ?? "default";
  await Promise.all([
    loadCore(),
    catalogueFor(documentElement, options),
    ...kinds.map((kind) => style(documentElement, kind, theme)),
  ]);
}
