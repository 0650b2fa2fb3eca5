// Step-up: what matters is asked for again in a dialog, and done once it is proven who somebody is.

import { decodeJwt } from "jose";
import { age, expect, freshEmail, messages, openHost, test } from "./site.js";
import { ask, component, look, looks, newcomer, totp, typeCode } from "./ui.js";

const hosts = [
  { locale: "en", dir: "ltr", attributes: "", style: looks[0] },
  { locale: "ar", dir: "rtl", attributes: "shadow", style: looks[1] },
];

/** The dialog, in whichever component it is. */
const dialog = (page) => page.locator(".fd-user-verification dialog[open]");

for (const { locale, dir, attributes, style } of hosts) {
  const words = messages(locale);
  const tag = (kind) =>
    `<h1>Host</h1><frontdesk-${kind} ${attributes} theme="${style.theme}" color-scheme="${style.scheme}"></frontdesk-${kind}>`;

  test.describe(`in ${locale}, ${attributes || "light DOM"}`, () => {
    test.use({ colorScheme: style.scheme });

    test("an address is added after a proof, and not without one", async ({ page, site }) => {
      test.slow();
      const person = await newcomer(page, site, tag("user-profile"), { lang: locale, dir });
      const profile = component(page, "frontdesk-user-profile");
      const email = freshEmail("second");
      await profile.host.locator('[data-action="add-email"]').click();
      await profile.field("email_address").fill(email);
      age(site);
      const submit = profile.host.locator('form:has(input[name="email_address"]) [part~="submit"]');
      await submit.click();
      const asked = dialog(page);
      const password = asked.locator('input[name="password"]');
      await expect(password).toBeFocused();
      await expect(asked).toContainText(words["step-up-title"]);
      await look(page, style, `step-up-${locale}`);

      // Whoever leaves it finds everything as it was.
      await page.keyboard.press("Escape");
      await expect(asked).toHaveCount(0);
      await expect(profile.field("email_address")).toHaveValue(email);
      await expect(profile.alert).toHaveCount(0);
      await expect(submit).toBeEnabled();
      expect((await site.mailbox()).filter((mail) => mail.to === email)).toEqual([]);

      await submit.click();
      await expect(password).toBeFocused();
      await page.keyboard.type("not the password");
      await page.keyboard.press("Enter");
      await expect(asked.locator('[part~="error"]')).toHaveText(words["error-form-password-incorrect"]);
      await expect(password).toHaveValue("not the password");
      await asked.locator('[data-action="other-way"]').click();
      await look(page, style, `step-up-choice-${locale}`);
      const mails = (await site.mailbox()).filter((mail) => mail.to === person.email).length;
      await asked.locator('[data-strategy="email_code"]').click();
      await expect(asked.locator('input[name="code"]')).toBeFocused();
      const code = await site.codeFor(person.email, mails);
      await look(page, style, `step-up-code-${locale}`);
      await page.keyboard.type(code);
      await expect(asked).toHaveCount(0);
      await typeCode(page, profile, await site.codeFor(email));
      await expect(profile.host.locator('[data-section="emails"] [data-kind="unverified"]')).toHaveCount(0);
      await expect(profile.host.locator('[data-section="emails"]')).toContainText(email);
    });
  });
}

test("a second factor is asked for where there is one, and from the profile in a dialog, too", async ({ page, site }) => {
  await newcomer(page, site, "<frontdesk-user-button></frontdesk-user-button>");
  const { secret } = await ask(page, "me/totp");
  await ask(page, "me/totp/attempt_verification", { code: totp(secret, 0) });
  age(site);
  const button = component(page, "frontdesk-user-button");
  await button.part("trigger").click();
  await button.host.locator('[data-action="manage-account"]').click();
  const email = freshEmail("second");
  await button.host.locator('[data-action="add-email"]').click();
  await button.field("email_address").fill(email);
  await page.keyboard.press("Enter");
  const asked = dialog(page);
  await expect(asked.locator('[data-strategy="totp"] input[name="code"]')).toBeFocused();
  await page.keyboard.type(totp(secret, 1));
  await expect(asked).toHaveCount(0);
  await typeCode(page, button, await site.codeFor(email));
});

test("nobody is asked where nobody is signed in", async ({ page, site }) => {
  await openHost(page, site, "<p>Nothing of ours</p>");
  const codes = await page.evaluate(async () => {
    const { createFrontdesk } = await import("/elements/index.js");
    const frontdesk = createFrontdesk();
    const error = { code: "session_reverification_required", meta: { reverification: { level: "second_factor", after_minutes: 10 } } };
    const transfer = frontdesk.withReverification(async () => ({ errors: [error] }));
    const code = (call) => call.then(() => undefined, (refusal) => refusal.code);
    return Promise.all([code(frontdesk.reverify()), code(frontdesk.reverify("first_factor")), code(transfer())]);
  });
  expect(codes).toEqual(["authentication_invalid", "authentication_invalid", "authentication_invalid"]);
  await expect(page.locator(".fd-user-verification")).toHaveCount(0);
});

test("an app's own route asks the same way, on a page with no component", async ({ page, site }) => {
  const person = await newcomer(page, site, "<p>Nothing of ours</p>");
  age(site);
  let calls = 0;
  await page.route("**/transfer", (route) => {
    calls += 1;
    const error = { code: "session_reverification_required", meta: { reverification: { level: "second_factor", after_minutes: 10 } } };
    return calls === 1 ? route.fulfill({ status: 403, json: { errors: [error] } }) : route.fulfill({ json: { sent: 3 } });
  });
  const call = () =>
    page.evaluate(async () => {
      const { createFrontdesk } = await import("/elements/index.js");
      const frontdesk = createFrontdesk();
      await frontdesk.getToken();
      const transfer = frontdesk.withReverification(() => fetch("/transfer", { method: "POST" }));
      try {
        const answer = await transfer();
        return { answer: await answer.json(), token: await frontdesk.getToken() };
      } catch (error) {
        return { code: error.code };
      }
    });
  const first = call();
  await expect(dialog(page).locator('input[name="password"]')).toBeFocused();
  await page.keyboard.press("Escape");
  expect(await first).toEqual({ code: "reverification_cancelled" });
  await expect(page.locator(".fd-user-verification")).toHaveCount(0);
  expect(calls).toBe(1);
  calls = 0;
  const second = call();
  await expect(dialog(page).locator('input[name="password"]')).toBeFocused();
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  const { answer, token } = await second;
  expect(answer).toEqual({ sent: 3 });
  expect(decodeJwt(token).fva).toEqual([0, -1]);
  expect(calls).toBe(2);
});
