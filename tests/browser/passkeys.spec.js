// Passkeys with Chromium's virtual authenticator: made in the profile, used at the door.

import { authenticator, passkeyOwner, whose } from "./authenticator.js";
import { expect, openHost, test } from "./site.js";
import { component } from "./ui.js";

test.use({ settings: "[passkeys]\nenabled = true\nautofill = false\n" });

test("a passkey is made in the profile, and signs in without anything typed", async ({ page, site }) => {
  const { credentials } = await authenticator(page);
  const person = await passkeyOwner(page, site);
  expect(await credentials()).toHaveLength(1);
  await openHost(page, site, '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>', { path: "/in" });
  await component(page, "frontdesk-sign-in").host.locator('[data-strategy="passkey"]').click();
  await page.waitForURL("**/home");
  expect(await whose(page)).toBe(person.email);
});
