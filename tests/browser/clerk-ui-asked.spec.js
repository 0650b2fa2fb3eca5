// Another product's prebuilt components, where settings ask for everything: a user name, a number, consent.

import { open, take } from "./clerk-ui.js";
import { freshEmail, test } from "./site.js";

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

const LIN = { email: freshEmail("lin"), name: `lin-${Date.now().toString(36)}`, number: "+14155560042", password: "a password nobody has" };

test("its sign-up asks for what is required, and its sign-in takes a code sent to the number", async ({ page, site }) => {
  await open(page, site, "/app/sign-up");
  await take(page, site, [
    { fill: ["Username", LIN.name] },
    { fill: ["Email address", LIN.email] },
    { fill: ["Phone number", "4155560042"] },
    { fill: ["Password", LIN.password] },
    { check: /^I agree to the/ },
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
