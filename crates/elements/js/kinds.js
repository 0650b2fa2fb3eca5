// The components, and the one table of what differs between them before WebAssembly is there.

import { names } from "./assets.js";

const CARD = "var(--fd-card-width, 25rem)";

/** The size of each as it is first drawn, so that nothing on the page moves when it is. */
export const SIZES = {
  "sign-in": { block: "24rem", inline: CARD },
  "sign-up": { block: "36rem", inline: CARD },
  "user-button": { block: "2.5rem", inline: "2.5rem" },
  "user-profile": { block: "44rem", inline: "48rem" },
  "organization-switcher": { block: "2.5rem", inline: "14rem" },
  "organization-profile": { block: "44rem", inline: "48rem" },
  "organization-list": { block: "25rem", inline: CARD },
  "create-organization": { block: "25rem", inline: CARD },
  waitlist: { block: "22rem", inline: CARD },
};

/** The name of each component's element is `frontdesk-` and its kind. */
export const KINDS = Object.keys(SIZES);

/** Those that draw in a line of text rather than as a block. */
export const INLINE = new Set(["user-button", "organization-switcher"]);

/** Themes that the package has a file for; the default one is in the core file, any other name is for a page's own rules. */
const THEMES = new Set(names("themes/"));

/** The stylesheets of a component in the order they apply: a theme says what differs from the default one. */
export function stylesheets(kind, theme) {
  const paths = ["css/core.css"];
  if (!/sign-in|waitlist/.test(kind)) paths.push("css/account.css");
  if (THEMES.has(theme)) paths.push(`themes/${theme}.css`);
  return paths;
}
