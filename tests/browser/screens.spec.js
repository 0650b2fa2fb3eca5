// Every screen, in both themes, light and dark: axe finds nothing, 320 px are enough, and a picture is kept to be looked at.

import { ADA, expect, freshEmail, messages, openHost, test } from "./site.js";
import { component, look, looks, mouse, signUp, turnTo, typeCode } from "./ui.js";

const en = messages("en");

for (const style of looks) {
  const attributes = `theme="${style.theme}" color-scheme="${style.scheme}"`;
  const tag = (kind, more = "") => `<h1>Host</h1><frontdesk-${kind} ${attributes} ${more}></frontdesk-${kind}>`;

  test.describe(`in the ${style.theme} theme, ${style.scheme}`, () => {
    test.use({ colorScheme: style.scheme });

    test("the screens before somebody is signed in", async ({ page, site }) => {
      // Many screens, each looked at four times.
      test.slow();
      await openHost(page, site, tag("sign-in"));
      const card = component(page, "frontdesk-sign-in");
      await expect(card.field("identifier")).toBeVisible();
      await look(page, style, "sign-in");
      await card.submit.click();
      await expect(card.part("error")).toHaveText(en["error-form-param-nil"]);
      await look(page, style, "sign-in-empty");
      await card.field("identifier").fill(ADA.email);
      await card.submit.click();
      const password = card.host.locator('input[name="password"]:focus');
      await expect(password).toBeVisible();
      await look(page, style, "sign-in-password");
      await password.fill("not the password");
      await card.submit.click();
      await expect(card.part("error")).toHaveText(en["error-form-password-incorrect"]);
      await look(page, style, "sign-in-password-wrong");
      await card.host.getByText(en["action-other-way"]).click();
      await look(page, style, "sign-in-methods");

      const person = { email: freshEmail(), password: "a password nobody has" };
      await openHost(page, site, tag("sign-up"));
      await expect(component(page, "frontdesk-sign-up").field("email_address")).toBeVisible();
      await look(page, style, "sign-up");
      const up = await signUp(page, mouse, person);
      await page.keyboard.type("123");
      await look(page, style, "sign-up-code");
      await page.keyboard.type("456");
      await expect(up.part("error")).toBeVisible();
      await look(page, style, "sign-up-code-wrong");
      await openHost(page, site, tag("create-organization"));
      await expect(page.getByText(en["create-organization-signed-out"])).toBeVisible();
      await look(page, style, "create-organization-signed-out");
      await openHost(page, site, tag("user-profile"));
      await expect(page.getByText(en["user-profile-signed-out"])).toBeVisible();
      await look(page, style, "user-profile-signed-out");
    });

    test("the screens of somebody who is signed in", async ({ page, site }) => {
      test.slow();
      const person = { email: freshEmail(), password: "a password nobody has" };
      await openHost(page, site, tag("sign-in"), { path: "/home" });
      await openHost(page, site, tag("sign-up", 'after-sign-up-url="/home"'));
      await typeCode(page, await signUp(page, mouse, person), await site.codeFor(person.email));
      await page.waitForURL("**/home");
      await expect(component(page, "frontdesk-sign-in").part("card")).toContainText(en["sign-in-done-title"]);
      await look(page, style, "sign-in-done");

      await openHost(page, site, tag("user-profile"));
      const profile = component(page, "frontdesk-user-profile");
      await profile.field("first_name").fill("Grace");
      await profile.field("last_name").fill("Hopper");
      await profile.host.locator('form:has(input[name="first_name"]) [part~="submit"]').click();
      await expect(profile.host.getByText("Grace Hopper").first()).toBeVisible();
      await look(page, style, "user-profile");
      await profile.host.locator('[data-action="add-email"]').click();
      await profile.field("email_address").fill(freshEmail("second"));
      await profile.host.locator('form:has(input[name="email_address"]) [part~="submit"]').click();
      await expect(profile.code).toBeFocused();
      await look(page, style, "user-profile-verify");
      await page.reload();
      await turnTo(page, "security");
      await profile.host.locator('[data-action="change-password"]').click();
      await expect(profile.field("current_password")).toBeFocused();
      await look(page, style, "user-profile-password");

      await openHost(page, site, tag("user-button"));
      const button = component(page, "frontdesk-user-button");
      await button.part("trigger").click();
      await expect(button.host.locator('[data-action="sign-out"]')).toBeVisible();
      await look(page, style, "user-button");
      await button.host.locator('[data-action="manage-account"]').click();
      await expect(button.field("first_name")).toBeVisible();
      await look(page, style, "user-button-profile");

      await openHost(page, site, tag("create-organization"));
      const creation = component(page, "frontdesk-create-organization");
      await creation.field("name").fill(`Navy ${Date.now()}`);
      await look(page, style, "create-organization");
      const created = page.waitForResponse(/\/touch/);
      await creation.submit.click();
      await created;
      await openHost(page, site, tag("organization-switcher"));
      const switcher = component(page, "frontdesk-organization-switcher");
      await expect(switcher.part("trigger")).toContainText("Navy");
      await switcher.part("trigger").click();
      await expect(switcher.host.locator('[data-organization=""]')).toBeVisible();
      await look(page, style, "organization-switcher");
    });
  });
}

for (const scheme of ["light", "dark"]) {
  test.describe(`pages of ours, ${scheme}`, () => {
    test.use({ colorScheme: scheme });
    const style = { theme: "default", scheme };

    test("the hosted pages, the mailbox and the demo", async ({ page, site }) => {
      test.slow();
      const ready = (tag) => expect(component(page, tag).part("card").first()).toBeVisible();
      await page.goto(`${site.url}/sign-in`);
      await ready("frontdesk-sign-in");
      await look(page, style, "hosted-sign-in");
      await page.goto(`${site.url}/sign-up`);
      await ready("frontdesk-sign-up");
      await look(page, style, "hosted-sign-up");
      const email = freshEmail();
      await signUp(page, mouse, { email, password: "a password nobody has" });
      // The mailbox loads itself anew when a letter comes.
      await site.codeFor(email);
      await page.goto(`${site.url}/dev/mailbox`);
      await look(page, style, "mailbox");
      await page.goto(`${site.url}/`);
      await expect(page.locator("frontdesk-sign-in").locator('input[name="identifier"]')).toBeVisible();
      await look(page, style, "demo");
    });
  });
}
