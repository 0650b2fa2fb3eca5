// Another product's prebuilt account components, mounted against our Frontend API and used as people do.

import { test } from "./admin.js";
import { newcomer, open, take } from "./clerk-ui.js";
import { age, expect, freshEmail } from "./site.js";
import { ask } from "./ui.js";

test.use({ settings: "username = { enabled = true }\n" });

const NEXT = "another password nobody has";

test("its button and its profile ask for a proof before an account is deleted", async ({ page, site }) => {
  const { email, password } = await newcomer(page, site);
  await open(page, site, "/app/user-button");
  age(site);
  await take(page, site, [
    { press: "Open user menu" },
    { press: "Manage account" },
    { press: "Security" },
    { press: "Delete account" },
    { fill: ['Type "Delete account" below to continue.', "Delete account"] },
    { press: "Delete account" },
    { sees: "Verification required" },
    { fill: ["Password", password] },
    { press: "Continue" },
    { isHome: "nobody" },
  ]);
  expect(await site.admin(`users?email_address=${email}`)).toEqual([]);
});

test("its profile sets a password where there is none, and its button signs out", async ({ page, site }) => {
  const email = freshEmail();
  const { id } = await site.admin("users", { email_address: [email] });
  const { token } = await site.admin("sign_in_tokens", { user_id: id });
  await page.goto(`${site.url}/readyz`);
  await ask(page, "client/sign_ins", { strategy: "ticket", ticket: token });
  await open(page, site, "/app/user-profile");
  await take(page, site, [
    { press: "Security" },
    { press: "Set password" },
    { fill: ["New password", NEXT] },
    { fill: ["Confirm password", NEXT] },
    { press: "Save" },
    { sees: "Update password" },
    { go: "/app/user-button" },
    { press: "Open user menu" },
    { press: "Sign out" },
    { isHome: "nobody" },
    { go: "/app/sign-in" },
    { fill: ["Email address or username", email] },
    { fill: ["Password", NEXT] },
    { press: "Continue" },
    { isHome: email },
  ]);
});
