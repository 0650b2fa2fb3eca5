// What goes wrong for people, in French so that no English may hide: the right words, and nothing lost.

import { ADA, expect, freshEmail, messages, openHost, startSite, test } from "./site.js";
import { comeBack, component, mouse, signIn, signUp, typeCode } from "./ui.js";

const fr = messages("fr");
const french = { lang: "fr" };
const IN = '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>';
const UP = '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>';
const wrongCode = (code) => (code === "111111" ? "222222" : "111111");

test("a wrong password says so at its field and keeps the address", async ({ page, site }) => {
  await openHost(page, site, IN, french);
  const card = await signIn(page, mouse, { ...ADA, password: "not the password" });
  await expect(card.part("error")).toHaveText(fr["error-form-password-incorrect"]);
  await expect(card.part("identity")).toContainText(ADA.email);
  await expect(card.host.locator('input[name="password"]:focus')).toHaveAttribute("aria-invalid", "true");
});

test("somebody unknown is told the same as somebody known", async ({ page, site }) => {
  await openHost(page, site, IN, french);
  const card = await signIn(page, mouse, { email: freshEmail("nobody"), password: "not the password" });
  await expect(card.part("error")).toHaveText(fr["error-form-password-incorrect"]);
});

test("a code wrong five times is spent, a new one works, and nothing typed is lost", async ({ page, site }) => {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, UP, french);
  const card = await signUp(page, mouse, person);
  const code = await site.codeFor(person.email);
  for (let turn = 1; turn <= 5; turn += 1) {
    await expect(card.code).toBeEnabled();
    await card.code.fill(wrongCode(code));
    const id = turn < 5 ? "error-form-code-incorrect" : "error-verification-failed";
    await expect(card.part("error")).toHaveText(fr[id]);
    await expect(card.code).toHaveValue("");
  }
  await card.code.fill(code);
  await expect(card.part("error")).toHaveText(fr["error-verification-failed"]);
  await card.part("identity-edit").click();
  await expect(card.field("email_address")).toHaveValue(person.email);
});

test("an address that is taken is told to its owner alone", async ({ page, site }) => {
  await openHost(page, site, UP, french);
  const card = await signUp(page, mouse, { email: ADA.email, password: "a password nobody has" });
  await typeCode(page, card, await site.codeFor(ADA.email));
  await expect(card.host.getByText(fr["sign-up-exists-title"])).toBeVisible();
});

test("a network lost in mid-submit says so, and the same press works once it is back", async ({ page, site }) => {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, UP, french);
  const card = component(page, "frontdesk-sign-up");
  await card.field("email_address").fill(person.email);
  await card.field("password").fill(person.password);
  await page.route("**/v1/client/sign_ups*", (route) => route.abort("internetdisconnected"));
  await card.submit.click();
  await expect(card.alert).toContainText(fr["error-offline"]);
  await expect(card.field("email_address")).toHaveValue(person.email);
  await expect(card.field("password")).toHaveValue(person.password);
  await page.unroute("**/v1/client/sign_ups*");
  await card.submit.click();
  await expect(card.code).toBeFocused();
});

test("a fault of the server says so, and signs nobody out", async ({ page, site }) => {
  await openHost(page, site, IN, { ...french, path: "/home" });
  await openHost(page, site, IN, french);
  await signIn(page, mouse, ADA);
  await page.waitForURL("**/home");
  await openHost(page, site, "<frontdesk-user-button></frontdesk-user-button>", french);
  await expect(component(page, "frontdesk-user-button").part("trigger")).toBeVisible();
  await page.route("**/v1/client*", (route) => route.fulfill({ status: 503, body: "" }));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await page.waitForTimeout(500);
  await expect(component(page, "frontdesk-user-button").part("trigger")).toBeVisible();
});

test("a reload resumes the step without another mail", async ({ page, site }) => {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, IN, { ...french, path: "/home" });
  await openHost(page, site, UP, french);
  await signUp(page, mouse, person);
  const code = await site.codeFor(person.email);
  await page.reload();
  const card = component(page, "frontdesk-sign-up");
  await expect(card.code).toBeVisible();
  expect((await site.mailbox()).filter((mail) => mail.to === person.email)).toHaveLength(1);
  await typeCode(page, card, code);
  await page.waitForURL("**/home");
});

test("coming back to a tab leaves what is drawn there as it was", async ({ page, site }) => {
  await openHost(page, site, UP, french);
  const up = component(page, "frontdesk-sign-up");
  const email = freshEmail();
  await up.field("email_address").fill(email);
  await up.field("password").focus();
  await page.keyboard.type("a password ");
  await comeBack(page);
  await page.keyboard.type("nobody has");
  await expect(up.field("password")).toBeFocused();
  await expect(up.field("password")).toHaveValue("a password nobody has");
  await expect(up.field("email_address")).toHaveValue(email);
});

test("signing out in one tab is seen in the other within a second", async ({ page, site, context }) => {
  await openHost(page, site, IN, { ...french, path: "/home" });
  await openHost(page, site, IN, french);
  await signIn(page, mouse, ADA);
  await page.waitForURL("**/home");
  const button = "<frontdesk-user-button></frontdesk-user-button>";
  const other = await context.newPage();
  await openHost(page, site, button, { ...french, path: "/one" });
  await openHost(other, site, button, { ...french, path: "/two" });
  const [here, there] = [page, other].map((tab) => component(tab, "frontdesk-user-button"));
  await expect(there.part("trigger")).toBeVisible();
  await here.part("trigger").click();
  await here.host.locator('[data-action="sign-out"]').click();
  await expect(here.part("trigger")).toBeHidden();
  await expect(there.part("trigger")).toBeHidden({ timeout: 1000 });
});

test("a code that is too old says so, and a new one is sent", async ({ page, engine }) => {
  const site = await startSite(engine, "[verification]\ncode_lifetime_s = 2\nresend_after_s = 1\n");
  try {
    const person = { email: freshEmail(), password: "a password nobody has" };
    await openHost(page, site, '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>', { ...french, path: "/home" });
    await openHost(page, site, UP, french);
    const card = await signUp(page, mouse, person);
    const code = await site.codeFor(person.email);
    await page.waitForTimeout(2500);
    await card.code.fill(code);
    await expect(card.part("error")).toHaveText(fr["error-verification-expired"]);
    await card.part("resend").click();
    await expect(card.code).toBeFocused();
    await card.code.fill(await site.codeFor(person.email, 1));
    await page.waitForURL("**/home");
  } finally {
    await site.stop();
  }
});
