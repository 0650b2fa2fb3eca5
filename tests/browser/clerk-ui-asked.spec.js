// Another product's prebuilt components, where settings ask for everything: a user name, a number, consent.

import { newest, test as base } from "./admin.js";
import { open, take, withApp } from "./clerk-ui.js";
import { expect, freshEmail, messages } from "./site.js";

const test = withApp(base);

test.use({
  settings: `
[urls]
terms = "https://example.com/terms"
[username]
enabled = true
required = true
[phone_number]
enabled = true
required = true
[sign_up]
legal_consent = true
`,
});

const PASSWORD = "a password nobody has";

const LIN = { email: freshEmail("lin"), name: `lin-${Date.now().toString(36)}`, number: "+14155560042", password: PASSWORD };

const CONSENT = /^I agree to the/;

// Where it has no words of its own, it shows the server's.
const english = messages("en");

/** What the site knows of who has the address. */
async function userOf(site, email) {
  const [{ email_addresses: addresses, phone_numbers: numbers, username, legal_accepted_at: accepted }] = await site.admin(
    `users?email_address=${encodeURIComponent(email)}`,
  );
  const proven = [...addresses, ...numbers].map(({ email_address, phone_number, verification }) => [email_address ?? phone_number, verification.status]);
  return { username, proven: Object.fromEntries(proven), hasAccepted: accepted !== null };
}

test("its sign-up asks for what is required, and its sign-in takes a code sent to the number", async ({ page, site }) => {
  await open(page, site, "/app/sign-up");
  await take(page, site, [
    { fill: ["Username", LIN.name] },
    { fill: ["Email address", LIN.email] },
    { fill: ["Phone number", "4155560042"] },
    { fill: ["Password", LIN.password] },
    { check: CONSENT },
    { press: "Continue" },
    { sees: "Verify your email" },
    { code: () => site.codeFor(LIN.email) },
    { sees: "Verify your phone" },
    { code: () => site.codeFor(LIN.number) },
    { isHome: LIN.email },
    { leave: [] },
    { go: "/app/sign-in" },
    { fill: ["Email address or username", LIN.name] },
    { fill: ["Password", LIN.password] },
    { press: "Continue" },
    { isHome: LIN.email },
    { leave: [] },
    { go: "/app/sign-in" },
    { touch: "Use phone" },
    { fill: ["Phone number", "4155560042"] },
    { press: "Continue" },
    { follow: "Use another method" },
    { press: /^Send SMS code to/ },
    { sees: "Check your phone" },
    { code: () => site.codeFor(LIN.number, 1) },
    { isHome: LIN.email },
  ]);
});

test("its sign-up by an invitation asks for what is missing alone, keeps what is refused, and goes on after a reload", async ({ page, site, app }) => {
  const [email, taken, name] = [freshEmail("invited"), "taken-already", "kim-invited"];
  await site.admin("users", { email_address: [freshEmail("kim")], username: taken });
  await site.admin("invitations", { email_address: email, redirect_url: `${app.url}/app/sign-up` });
  await page.goto(await newest(site, email));
  const fill = (username) => [
    { sees: "Fill in missing fields" },
    { lacks: "Email address" },
    { fill: ["Username", username] },
    { fill: ["Phone number", "4155560043"] },
    { fill: ["Password", PASSWORD] },
    { check: CONSENT },
    { press: "Continue" },
  ];
  await take(page, app, [
    ...fill(taken),
    { sees: english["error-form-identifier-exists"] },
    { has: ["Username", taken] },
    { has: ["Phone number", "(415) 556-0043"] },
    { has: ["Password", PASSWORD] },
    { reload: [] },
    ...fill(name),
    { sees: "Verify your phone" },
    { code: () => site.codeFor("+14155560043") },
    { isHome: email },
  ]);
  expect(await userOf(site, email)).toEqual({
    username: name,
    proven: { [email]: "verified", "+14155560043": "verified" },
    hasAccepted: true,
  });
});

test("its sign-up that the app began with an address goes on to what is missing once that is proven", async ({ page, site, app }) => {
  const [email, name] = [freshEmail("begun"), "bo-begun"];
  await take(page, app, [
    { go: "/app/sign-up" },
    { sees: "Create your account" },
    { begin: { emailAddress: email } },
    { go: "/app/sign-up#/verify-email-address" },
    { sees: "Verify your email" },
    { code: () => site.codeFor(email) },
    { sees: "Fill in missing fields" },
    { reload: [] },
    { sees: "Fill in missing fields" },
    { lacks: "Email address" },
    { fill: ["Username", name] },
    { fill: ["Phone number", "4155560044"] },
    { fill: ["Password", PASSWORD] },
    { check: CONSENT },
    { press: "Continue" },
    { sees: "Verify your phone" },
    { code: () => site.codeFor("+14155560044") },
    { isHome: email },
  ]);
  expect(await userOf(site, email)).toEqual({
    username: name,
    proven: { [email]: "verified", "+14155560044": "verified" },
    hasAccepted: true,
  });
});

test("its sign-up that lacks nothing but consent asks for that alone", async ({ page, site, app }) => {
  const [email, name] = [freshEmail("consents"), "cy-consents"];
  await take(page, app, [
    { go: "/app/sign-up" },
    { sees: "Create your account" },
    { begin: { emailAddress: email, phoneNumber: "+14155560045", username: name, password: PASSWORD } },
    { go: "/app/sign-up#/verify-email-address" },
    { code: () => site.codeFor(email) },
    { sees: "Verify your phone" },
    { code: () => site.codeFor("+14155560045") },
    { sees: "Legal consent" },
    { lacks: "Username" },
    { check: CONSENT },
    { press: "Continue" },
    { isHome: email },
  ]);
  expect((await userOf(site, email)).hasAccepted).toBe(true);
});
