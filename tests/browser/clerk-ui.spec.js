// The prebuilt components of another product, mounted against our Frontend API and used as people do.

import { newcomer, open, signOut, take } from "./clerk-ui.js";
import { ADA, freshEmail, messages, test } from "./site.js";
import { ask, totp } from "./ui.js";

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
    claim: "its sign-in begins anew after a wrong password and a reload",
    path: "/app/sign-in",
    walk: [
      { fill: ["Email address", ADA.email] },
      { press: "Continue" },
      { fill: ["Password", "not the password"] },
      { press: "Continue" },
      { sees: english["error-form-password-incorrect"] },
      { reload: [] },
      { press: "Edit identifier" },
      { sees: "Welcome back! Please sign in to continue" },
      { lacks: /Unable to complete action/ },
      { fill: ["Email address", ADA.email] },
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

/** A name, as the settings ask for one. */
const NAME = { first_name: "Grace" };

test("its sign-in sets a new password with a code sent by e-mail", async ({ page, site }) => {
  const { email } = await newcomer(page, site, NAME);
  await signOut(page);
  await open(page, site, "/app/sign-in");
  await take(page, site, [
    { fill: ["Email address", email] },
    { press: "Continue" },
    { sees: "Enter your password" },
    { touch: "Forgot password?" },
    { press: "Reset your password" },
    { sees: "Reset password" },
    { code: () => site.codeFor(email, 1) },
    { sees: "Set new password" },
    { fill: ["New password", "another password nobody has"] },
    { fill: ["Confirm password", "another password nobody has"] },
    { press: "Reset Password" },
    { sees: "Your password was successfully changed" },
    { isHome: email },
  ]);
  await signOut(page);
  await take(page, site, [
    { go: "/app/sign-in" },
    { fill: ["Email address", email] },
    { fill: ["Password", "another password nobody has"] },
    { press: "Continue" },
    { isHome: email },
  ]);
});

test("its sign-in asks for the code of an authenticator app, and takes a backup code instead", async ({ page, site }) => {
  const { email, password } = await newcomer(page, site, NAME);
  const { secret } = await ask(page, "me/totp");
  const { backup_codes: codes } = await ask(page, "me/totp/attempt_verification", { code: totp(secret, 0) });
  await signOut(page);
  await open(page, site, "/app/sign-in");
  const first = [
    { fill: ["Email address", email] },
    { fill: ["Password", password] },
    { press: "Continue" },
    { sees: "Two-step verification" },
  ];
  await take(page, site, [
    ...first,
    { code: "000000" },
    { sees: english["error-form-code-incorrect"] },
    { code: () => totp(secret, 1) },
    { isHome: email },
  ]);
  await signOut(page);
  await take(page, site, [
    { go: "/app/sign-in" },
    ...first,
    { follow: "Use another method" },
    { press: "Use a backup code" },
    { fill: ["Backup code", "nothing-kept"] },
    { press: "Continue" },
    { sees: english["error-form-code-incorrect"] },
    { fill: ["Backup code", codes[0]] },
    { press: "Continue" },
    { isHome: email },
  ]);
});
