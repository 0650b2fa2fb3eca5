// Passkeys with Chromium's virtual authenticator: made in the profile, used at the door.

import { authenticator } from "./authenticator.js";
import { expect, freshEmail, openHost, test } from "./site.js";
import { component, mouse, signUp, typeCode } from "./ui.js";

test.use({ settings: "[passkeys]\nenabled = true\nautofill = false\n" });

test("a passkey is made in the profile, and signs in without anything typed", async ({ page, site }) => {
  const credentials = await authenticator(page);
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, "<frontdesk-user-profile></frontdesk-user-profile>", { path: "/home" });
  await openHost(page, site, '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>', { path: "/in" });
  await openHost(page, site, '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>', { path: "/up" });
  const card = await signUp(page, mouse, person);
  await typeCode(page, card, await site.codeFor(person.email));
  await page.waitForURL("**/home");

  const profile = component(page, "frontdesk-user-profile");
  await profile.host.locator('[data-action="add-passkey"]').click();
  await expect(profile.host.locator('[data-section="passkeys"] [data-action="remove"], [data-section="passkeys"] [data-action="rename"]').first()).toBeVisible();
  expect(await credentials()).toHaveLength(1);

  await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
  await page.goto(`${site.url}/in`);
  await component(page, "frontdesk-sign-in").host.locator('[data-strategy="passkey"]').click();
  await page.waitForURL("**/home");
  const email = await page.evaluate(async () => (await (await fetch("/v1/me")).json()).response.email_addresses[0].email_address);
  expect(email).toBe(person.email);
});
