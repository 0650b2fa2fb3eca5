// Another product's prebuilt components, and passkeys.

import { newcomer, open, signOut, take } from "./clerk-ui.js";
import { authenticator } from "./authenticator.js";
import { expect, test } from "./site.js";

test.use({
  settings: "[passkeys]\nenabled = true\nautofill = false\n",
  // Its button is there only in browsers that do not say they are driven.
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
});

test.beforeEach(({ page }) => page.addInitScript(() => Object.defineProperty(Navigator.prototype, "webdriver", { get: () => false })));

test("its client makes a passkey, and its sign-in takes it", async ({ page, site }) => {
  await authenticator(page);
  const { email } = await newcomer(page, site);
  await open(page, site, "/app");
  await take(page, site, [{ isHome: email }]);
  await page.evaluate(() => window.Clerk.user.createPasskey());
  await signOut(page);
  await take(page, site, [{ go: "/app/sign-in" }, { touch: "Use passkey instead" }, { isHome: email }]);
});

test("its profile adds a passkey, calls it something else, and removes it", async ({ page, site }) => {
  const { credentials } = await authenticator(page);
  await newcomer(page, site);
  await open(page, site, "/app/user-profile");
  await take(page, site, [
    { press: "Security" },
    { press: "Add a passkey" },
    { choose: ["Created:", "Rename"] },
    { fill: ["Name of passkey", "Blue key"] },
    { press: "Save" },
    { lacks: "Rename Passkey" },
    { choose: ["Blue key", "Remove"] },
    { press: "Remove" },
    { lacks: "Blue key" },
  ]);
  expect(await credentials()).toHaveLength(1);
});
