// The prebuilt components of another product, mounted against our Frontend API and used as people do.

import { open, take } from "./clerk-ui.js";
import { ADA, freshEmail, messages, test } from "./site.js";

// What is optional, its sign-up shows only if the page asks for it.
test.use({ settings: '[sign_up]\nfirst_name = "required"\n' });

const GRACE = { email: freshEmail(), password: "a password nobody has" };

// Where it has no words of its own, it shows the server's.
const english = messages("en");

/** Another code than `code`. */
const another = (code) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

const WALKS = [
  {
    claim: "its sign-in takes a password",
    path: "/app/sign-in",
    walk: [{ fill: ["Email address", ADA.email] }, { fill: ["Password", ADA.password] }, { press: "Continue" }, { isHome: ADA.email }],
  },
  {
    claim: "its sign-in says that a password is wrong, and takes the right one",
    path: "/app/sign-in",
    walk: [
      { fill: ["Email address", ADA.email] },
      { press: "Continue" },
      { sees: "Enter your password" },
      { fill: ["Password", "not the password"] },
      { press: "Continue" },
      { sees: english["error-form-password-incorrect"] },
      { fill: ["Password", ADA.password] },
      { press: "Continue" },
      { isHome: ADA.email },
    ],
  },
  {
    claim: "its sign-in takes a code sent by e-mail",
    path: "/app/sign-in",
    walk: [
      { fill: ["Email address", ADA.email] },
      { press: "Continue" },
      { follow: "Use another method" },
      { press: /^Email code to/ },
      { sees: "Check your email" },
      { code: (site) => site.codeFor(ADA.email) },
      { isHome: ADA.email },
    ],
  },
  {
    claim: "its sign-in leads home who is signed in already",
    path: "/app/sign-in",
    walk: [
      { fill: ["Email address", ADA.email] },
      { fill: ["Password", ADA.password] },
      { press: "Continue" },
      { isHome: ADA.email },
      { go: "/app/sign-in" },
      { isHome: ADA.email },
    ],
  },
  {
    claim: "its sign-up takes a code sent by e-mail, after a wrong one and a reload",
    path: "/app/sign-up",
    walk: [
      { fill: ["First name", "Grace"] },
      { fill: ["Email address", GRACE.email] },
      { fill: ["Password", GRACE.password] },
      { press: "Continue" },
      { sees: "Verify your email" },
      { code: async (site) => another(await site.codeFor(GRACE.email)) },
      { sees: english["error-form-code-incorrect"] },
      { reload: [] },
      { sees: "Verify your email" },
      { code: (site) => site.codeFor(GRACE.email) },
      { isHome: GRACE.email },
    ],
  },
];

for (const { claim, path, walk } of WALKS) {
  test(claim, async ({ page, site }) => {
    await open(page, site, path);
    await take(page, site, walk);
  });
}
