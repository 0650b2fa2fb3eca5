// The screens of every way in, with all of them enabled: axe finds nothing, and pictures are kept to be looked at.

import { expect, freshEmail, messages, openHost, test } from "./site.js";
import { ask, component, look, looks, mouse, signIn, signUp, totp, turnTo, typeCode } from "./ui.js";

const en = messages("en");
const providers = ["github", "google", "discord"].map((id) => `[[providers]]\nid = "${id}"\nclient_id = "x"\nclient_secret = "y"\n`);

test.use({
  settings: `
support_email = "help@example.com"
email_address = { link = true }
phone_number = { enabled = true }
username = { enabled = true }
passkeys = { enabled = true, autofill = false }
second_factor = { phone_code = true }
sign_up = { legal_consent = true, progressive = true }
urls = { terms = "/terms", privacy_policy = "/privacy" }
${providers.join("")}`,
});

// Each theme once, one in the light and one in the dark: the other two differ in nothing but colours seen elsewhere.
for (const style of [looks[0], looks[3]]) {
  const attributes = `theme="${style.theme}" color-scheme="${style.scheme}"`;
  const tag = (kind, more = "") => `<h1>Host</h1><frontdesk-${kind} ${attributes} ${more}></frontdesk-${kind}>`;

  test.describe(`in the ${style.theme} theme, ${style.scheme}`, () => {
    test.use({ colorScheme: style.scheme });

    test("the screens of every way in", async ({ page, site }) => {
      // Many screens, each looked at four times.
      test.slow();
      test.setTimeout(180_000);
      const person = { email: freshEmail(), password: "a password nobody has" };
      await openHost(page, site, tag("user-profile"), { path: "/home" });
      await openHost(page, site, tag("sign-in", 'after-sign-in-url="/home"'), { path: "/in" });
      await openHost(page, site, tag("sign-up", 'after-sign-up-url="/home"'), { path: "/up" });
      const up = component(page, "frontdesk-sign-up");
      await expect(up.field("email_address")).toBeVisible();
      await look(page, style, "ways-sign-up");
      await up.host.locator('input[name="legal_accepted"]').check();
      await signUp(page, mouse, person);
      await typeCode(page, up, await site.codeFor(person.email));
      await page.waitForURL("**/home");
      const profile = component(page, "frontdesk-user-profile");
      await expect(profile.host.locator('[data-section="phones"]')).toBeVisible();
      await look(page, style, "ways-account");
      await turnTo(page, "security");
      await expect(profile.host.locator('[data-section="devices"]')).toBeVisible();
      await look(page, style, "ways-profile");
      const { secret } = await ask(page, "me/totp");
      await ask(page, "me/totp/attempt_verification", { code: totp(secret, 0) });
      await ask(page, "client/sessions?_method=DELETE");

      await page.goto(`${site.url}/in`);
      const card = component(page, "frontdesk-sign-in");
      await expect(card.host.locator('[data-strategy="oauth_github"]')).toBeVisible();
      await look(page, style, "ways-sign-in");
      await signIn(page, mouse, { email: person.email, password: "not the one" });
      await expect(card.part("error")).toBeVisible();
      await card.host.getByRole("button", { name: en["action-other-way"] }).click();
      await look(page, style, "ways-methods");
      await card.host.locator('[data-strategy="reset_password_email_code"]').first().click();
      await expect(card.code).toBeFocused();
      await look(page, style, "ways-reset");
      const mails = (await site.mailbox()).filter((mail) => mail.to === person.email && mail.code);
      await typeCode(page, card, mails[0].code);
      await expect(card.part("root")).toHaveAttribute("data-step", "new-password");
      await look(page, style, "ways-new-password");
      await card.host.locator('input[name="password"]:focus').fill("another one that nobody has");
      await card.submit.click();
      await expect(card.part("root")).toHaveAttribute("data-step", "totp");
      await look(page, style, "ways-totp");
      await card.host.getByRole("button", { name: en["action-other-way"] }).click();
      await card.host.getByRole("button", { name: en["sign-in-use-backup-code"] }).click();
      await look(page, style, "ways-backup-code");
    });
  });
}

test("marks are seen where colours are the reader's own, too", async ({ page, site }) => {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ forcedColors: "active", colorScheme: scheme });
    await openHost(page, site, "<frontdesk-sign-in></frontdesk-sign-in>", { path: "/in" });
    const mark = component(page, "frontdesk-sign-in").host.locator('[data-strategy="oauth_github"] [data-mark]');
    await expect(mark).toHaveCSS("background-color", "rgb(255, 255, 255)");
  }
});
