// Another product's prebuilt account components, mounted against our Frontend API and used as people do.

import { test } from "./admin.js";
import { newcomer, open, row, take } from "./clerk-ui.js";
import { age, expect, freshEmail } from "./site.js";
import { ask, totp } from "./ui.js";

test.use({ settings: "username = { enabled = true }\n" });

const NEXT = "another password nobody has";

test("its profile changes name, picture, user name and addresses", async ({ page, site }) => {
  test.slow();
  const { email } = await newcomer(page, site);
  const [second, name] = [freshEmail("second"), `grace-${Date.now().toString(36)}`];
  await open(page, site, "/app/user-profile");
  const picture = page.locator("img.cl-userPreviewAvatarImage");
  await take(page, site, [
    { press: "Update profile" },
    { fill: ["First name", "Grace"] },
    { fill: ["Last name", "Hopper"] },
    { press: "Save" },
    { sees: "Grace Hopper" },
    { press: "Update profile" },
    { upload: [] },
  ]);
  await expect(picture).toHaveJSProperty("naturalWidth", 1);
  await take(page, site, [{ press: "Update profile" }, { press: "Remove" }]);
  await expect(picture).toHaveCount(0);
  await take(page, site, [
    { press: "Set username" },
    { fill: ["Username", name] },
    { press: "Save" },
    { sees: name },
    { press: "Add email address" },
    { fill: ["Email address", second] },
    { press: "Add" },
    { code: () => site.codeFor(second) },
    { lacks: "Verify email address" },
    { choose: [second, "Set as primary"] },
  ]);
  await expect(row(page, second)).toContainText("Primary");
  await take(page, site, [{ choose: [email, "Remove email"] }, { press: "Remove" }, { lacks: email }, { go: "/app" }, { isHome: second }]);
  const users = await site.admin(`users?email_address=${second}`);
  expect(users.map((user) => [user.first_name, user.username, user.has_image, user.email_addresses.length])).toEqual([["Grace", name, false, 1]]);
});

test("its profile sets another password, adds an app, makes codes anew, and ends a session elsewhere", async ({ page, site, browser }) => {
  test.slow();
  const { email, password } = await newcomer(page, site);
  const context = await browser.newContext();
  const elsewhere = await context.newPage();
  const signIn = async (secret) => {
    await elsewhere.goto(`${site.url}/readyz`);
    return (await ask(elsewhere, "client/sign_ins", { identifier: email, password: secret }))?.status;
  };
  await open(page, site, "/app/user-profile");
  await take(page, site, [
    { press: "Security" },
    { sees: "This device" },
    { press: "Update password" },
    { fill: ["New password", NEXT] },
    { fill: ["Confirm password", NEXT] },
    { press: "Save" },
    { lacks: "New password" },
  ]);
  expect(await signIn(password)).not.toBe("complete");
  expect(await signIn(NEXT)).toBe("complete");
  const devices = page.locator(".cl-activeDeviceListItem");
  await take(page, site, [{ reload: [] }]);
  await expect(devices).toHaveCount(2);
  await devices.getByRole("button", { name: "Open menu" }).click();
  await page.getByRole("menuitem", { name: "Sign out of device" }).click();
  await expect.poll(() => elsewhere.evaluate(async () => (await fetch("/v1/me")).status)).toBe(401);
  await context.close();
  await take(page, site, [{ reload: [] }]);
  await expect(devices).toHaveCount(1);
  await take(page, site, [
    { press: "Add two-step verification" },
    { item: "Authenticator application" },
    { press: "Can’t scan QR code?" },
    { sees: "Make sure Time-based" },
  ]);
  const secret = await page.getByRole("textbox").first().inputValue();
  await take(page, site, [{ press: "Continue" }, { code: totp(secret, 0) }, { sees: "Two-step verification is now enabled" }]);
  await take(page, site, [
    { press: "Finish" },
    { choose: ["Backup codes", "Regenerate"] },
    { press: "Finish" },
    { choose: ["Authenticator application", "Remove"] },
    { away: ["Remove", "Authenticator application"] },
  ]);
});

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
