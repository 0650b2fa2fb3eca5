// Another product's prebuilt components, where only who is invited may sign up, and links are sent.

import { newest, test as base } from "./admin.js";
import { row, take, withApp } from "./clerk-ui.js";
import { ADA, expect, freshEmail } from "./site.js";
import { ask } from "./ui.js";

const test = withApp(base);

test.use({ settings: '[sign_up]\nmode = "restricted"\nfirst_name = "required"\n[email_address]\nlink = true\ncode = false\n' });

test("its sign-up is closed without an invitation", async ({ page, app }) => {
  await take(page, app, [{ go: "/app/sign-up" }, { sees: "Access restricted" }]);
});

test("its sign-up takes an invitation", async ({ page, site, app }) => {
  const email = freshEmail("invited");
  await site.admin("invitations", { email_address: email, redirect_url: `${app.url}/app/sign-up` });
  await page.goto(await newest(site, email));
  await take(page, app, [
    { fill: ["First name", "Lin"] },
    { fill: ["Password", "a password nobody has"] },
    { press: "Continue" },
    { isHome: email },
  ]);
});

test("its sign-in takes a ticket of the app's server", async ({ page, site, app }) => {
  const [ada] = await site.admin(`users?email_address=${encodeURIComponent(ADA.email)}`);
  const { token } = await site.admin("sign_in_tokens", { user_id: ada.id, expires_in_seconds: 600 });
  await take(page, app, [{ go: `/app/sign-in?__clerk_ticket=${token}&__clerk_status=sign_in` }, { isHome: ADA.email }]);
});

test("its sign-in is done by a link sent by e-mail", async ({ page, context, site, app }) => {
  await take(page, app, [
    { go: "/app/sign-in" },
    { fill: ["Email address", ADA.email] },
    { press: "Continue" },
    { follow: "Use another method" },
    { press: /^Email link to/ },
    { sees: "Use the verification link sent to your email" },
  ]);
  const letter = await context.newPage();
  await letter.goto(await newest(site, ADA.email));
  await letter.getByRole("button").click();
  await take(letter, app, [{ isHome: ADA.email }]);
});

test("its profile proves an address by a link sent there", async ({ page, context, site, app }) => {
  const email = freshEmail("second");
  await page.goto(`${site.url}/readyz`);
  await ask(page, "client/sign_ins", { identifier: ADA.email, password: ADA.password });
  await take(page, app, [
    { go: "/app/user-profile" },
    { press: "Add email address" },
    { fill: ["Email address", email] },
    { press: "Add" },
    { sees: "Verify email address" },
  ]);
  await expect(row(page, email)).toContainText("Unverified");
  const letter = await context.newPage();
  await letter.goto(await newest(site, email));
  await letter.getByRole("button").click();
  await take(letter, app, [{ sees: "Successfully verified" }]);
  await take(page, app, [{ lacks: "Verify email address" }]);
  await expect(row(page, email)).not.toContainText("Unverified");
});
