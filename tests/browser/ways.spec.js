// The ways to sign in beside a password: forgetting it, a second factor, a user name, several accounts.

import { ADA, expect, freshEmail, messages, openHost, test } from "./site.js";
import { ask, comeBack, component, mouse, signIn, signUp, totp, typeCode } from "./ui.js";

const en = messages("en");
const IN = '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>';
const UP = '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>';
const HOME = "<frontdesk-user-button></frontdesk-user-button>";

test.use({
  settings: `
[username]
enabled = true
[phone_number]
enabled = true
[sessions]
several = true
[[providers]]
id = "github"
client_id = "frontdesk"
client_secret = "kept"
`,
});

/** Somebody new who is signed in at `/home`. */
async function newcomer(page, site) {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, HOME, { path: "/home" });
  await openHost(page, site, UP);
  const card = await signUp(page, mouse, person);
  await typeCode(page, card, await site.codeFor(person.email));
  await page.waitForURL("**/home");
  return person;
}

const signOut = (page) => ask(page, "client/sessions?_method=DELETE");

/** Waits until the browser is back at the entry of the first card. */
const atFirst = (page) => expect.poll(() => page.evaluate(() => history.state?.frontdesk ?? 0)).toBe(0);

const step = (card, name) => expect(card.part("root")).toHaveAttribute("data-step", name);

test("a forgotten password is replaced, and what was typed is kept", async ({ page, site }) => {
  const person = await newcomer(page, site);
  await signOut(page);
  await openHost(page, site, IN, { path: "/in" });
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(person.email);
  await card.submit.click();
  await step(card, "password");
  const mails = (await site.mailbox()).filter((mail) => mail.to === person.email).length;
  await card.host.getByRole("button", { name: en["sign-in-forgot-password"] }).click();
  await step(card, "reset");
  await typeCode(page, card, await site.codeFor(person.email, mails));
  await step(card, "new-password");
  // Whoever comes back sees whose it is, and may begin anew.
  await page.reload();
  await step(card, "new-password");
  await expect(card.part("identity")).toContainText(person.email);
  await card.part("identity-edit").click();
  await step(card, "start");
  await atFirst(page);
  await page.reload();
  await card.field("password").fill("short");
  await card.submit.click();
  await expect(card.part("error")).toBeVisible();
  await expect(card.field("password")).toHaveValue("short");
  await card.field("password").fill("another password nobody has");
  await card.submit.click();
  await page.waitForURL("**/home");
});

test("an authenticator app, a backup code and a trusted browser", async ({ page, site }) => {
  const person = await newcomer(page, site);
  const { secret } = await ask(page, "me/totp");
  const { backup_codes: codes } = await ask(page, "me/totp/attempt_verification", { code: totp(secret, 0) });
  await signOut(page);

  await openHost(page, site, IN, { path: "/in" });
  let card = await signIn(page, mouse, person);
  await step(card, "totp");
  await expect(card.code).toBeFocused();
  await page.keyboard.type("000000");
  await expect(card.part("error")).toHaveText(en["error-form-code-incorrect"]);
  // What is missing is said without asking the server, and a sentence with the code in it may be pasted.
  await page.keyboard.type("12345");
  await page.keyboard.press("Enter");
  await expect(card.part("error")).toHaveText(en["error-form-param-format-invalid-code"]);
  await expect(card.code).toHaveValue("12345");
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(`Your Frontdesk code is ${totp(secret, 1)}.`);
  await page.waitForURL("**/home");
  await signOut(page);

  await openHost(page, site, IN, { path: "/in" });
  card = await signIn(page, mouse, person);
  await step(card, "totp");
  await card.field("trust_device").check();
  await card.host.getByRole("button", { name: en["action-other-way"] }).click();
  await step(card, "methods");
  await card.host.getByRole("button", { name: en["sign-in-use-backup-code"] }).click();
  await step(card, "backup-code");
  await card.field("backup_code").fill("nothing-kept");
  await card.submit.click();
  await expect(card.part("error")).toHaveText(en["error-form-code-incorrect"]);
  await expect(card.field("backup_code")).toHaveValue("nothing-kept");
  await card.field("backup_code").fill(codes[0]);
  await expect(card.field("trust_device")).toBeChecked();
  await card.submit.click();
  await page.waitForURL("**/home");
  await signOut(page);

  await openHost(page, site, IN, { path: "/in" });
  await signIn(page, mouse, person);
  await page.waitForURL("**/home");
});

test("several people are signed in, and one of them goes on", async ({ page, site }) => {
  await newcomer(page, site);
  await openHost(page, site, IN, { path: "/in" });
  let card = component(page, "frontdesk-sign-in");
  await step(card, "accounts");
  await card.host.locator('[data-action="add-account"]').click();
  await step(card, "start");
  await signIn(page, mouse, ADA);
  await page.waitForURL("**/home");
  await openHost(page, site, IN, { path: "/in" });
  const people = card.host.locator("[data-session]");
  await expect(people).toHaveCount(2);
  await people.last().focus();
  await comeBack(page);
  await expect(people.last()).toBeFocused();

  // Whoever types who they are already goes on as that.
  await card.host.locator('[data-action="add-account"]').click();
  await card.field("identifier").fill(ADA.email);
  await card.submit.click();
  await page.waitForURL("**/home");

  await openHost(page, site, IN, { path: "/in" });
  await card.host.locator("[data-session]").first().click();
  await page.waitForURL("**/home");
  await openHost(page, site, IN, { path: "/in" });
  await card.host.locator('[data-action="sign-out"]').click();
  await step(card, "start");
});

test("the field says what it takes, and a plus makes it a number", async ({ page, site }) => {
  await openHost(page, site, IN, { path: "/in" });
  const card = component(page, "frontdesk-sign-in");
  const field = card.host.getByLabel(en["sign-in-field-any"]);
  await expect(field).toHaveAttribute("data-kind", "text");
  await field.fill("+33 6 12");
  await expect(field).toHaveAttribute("inputmode", "tel");
  await card.submit.click();
  await expect(card.alert).toHaveText(en["error-form-param-format-invalid-phone-number"]);
  await expect(field).toHaveValue("+33 6 12");
  await field.fill("ada@example.com");
  await expect(field).toHaveAttribute("inputmode", "email");
});

test("a number is typed as at sign-up, and a short one is a user name", async ({ page, site }) => {
  await openHost(page, site, IN, { path: "/in" });
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill("(415) 555-0132");
  await card.submit.click();
  await expect(card.part("identity")).toContainText("+14155550132");
  await expect(card.part("identity-edit")).toHaveAccessibleName(en["sign-up-edit-phone"]);
  // Nothing is typed after a reload, but whom it is about is known.
  await page.reload();
  await card.part("identity-edit").click();
  await expect(card.field("identifier")).toHaveValue("+14155550132");
  await card.field("identifier").fill("00 12");
  await card.submit.click();
  await expect(card.alert).toHaveText(en["error-form-param-format-invalid-phone-number"]);
  await card.field("identifier").fill("19-84");
  await card.submit.click();
  await expect(card.part("identity")).toContainText("19-84");
  await expect(card.part("identity-edit")).toHaveAccessibleName(en["sign-in-edit-username"]);
});

test("what is written from left to right is so in Arabic, too, on the side where its words begin", async ({ page, site }) => {
  await openHost(page, site, '<frontdesk-sign-in locale="ar"></frontdesk-sign-in>', { path: "/in", lang: "ar", dir: "rtl" });
  const card = component(page, "frontdesk-sign-in");
  const direction = (field) => field.evaluate((input) => [getComputedStyle(input).direction, getComputedStyle(input).textAlign]);
  await card.field("identifier").fill("+33 6 12 34 56 78");
  expect(await direction(card.field("identifier"))).toEqual(["ltr", "end"]);
  await card.field("identifier").fill(ADA.email);
  await card.submit.click();
  const password = card.host.locator('input[name="password"]:focus');
  expect(await direction(password)).toEqual(["ltr", "end"]);
  const padding = await password.evaluate((input) => [getComputedStyle(input).paddingLeft, getComputedStyle(input).paddingRight].map(Number.parseFloat));
  expect(padding[0]).toBeGreaterThan(padding[1]);
  await expect(card.part("identity").locator("bdi")).toHaveText(ADA.email);
});

test("what is typed in the profile is there again when its dialog is opened again, and Escape closes the menu after any press", async ({ page, site }) => {
  await newcomer(page, site);
  const button = component(page, "frontdesk-user-button");
  await button.part("trigger").click();
  const menu = button.host.locator('div[part~="dialog"]');
  await menu.locator('[part~="identity"]').click();
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(button.part("trigger")).toBeFocused();
  const manage = async () => {
    await button.part("trigger").click();
    await button.host.locator('[data-action="manage-account"]').click();
  };
  await manage();
  await button.host.locator('[data-action="change-username"]').click();
  await button.field("username").fill("half-a-name");
  await button.host.locator('dialog > [part~="button"]').click();
  await expect(button.field("username")).toBeHidden();
  await manage();
  await expect(button.field("username")).toHaveValue("half-a-name");
});

test("a button for a provider is there with the field, which never moves", async ({ page, site }) => {
  await page.addInitScript(() => {
    globalThis.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await openHost(page, site, IN, { path: "/in" });
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").waitFor();
  await expect(card.host.locator('[data-strategy="oauth_github"]')).toBeVisible({ timeout: 1 });
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => globalThis.shifts)).toBe(0);
});

test("the browser's Back leads one card back, and from the first one to the page before", async ({ page, site }) => {
  const email = freshEmail();
  await openHost(page, site, "<h1>Before</h1>", { path: "/before" });
  await openHost(page, site, IN, { path: "/in" });
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(ADA.email);
  await card.submit.click();
  await step(card, "password");
  await card.host.getByRole("button", { name: en["action-other-way"] }).click();
  await step(card, "methods");
  await page.goBack();
  await step(card, "password");
  // A place in the same page that a link leads to is not the card before, and neither is the way back from it.
  await page.evaluate(() => (location.hash = "#terms"));
  await step(card, "password");
  await page.goBack();
  await step(card, "password");
  await page.goBack();
  await step(card, "start");
  await expect(card.field("identifier")).toBeFocused();
  await expect(card.field("identifier")).toHaveValue(ADA.email);
  await card.submit.click();
  await step(card, "password");
  await page.reload();
  await step(card, "password");
  // The card's own way back is the same.
  await card.part("identity-edit").click();
  await step(card, "start");
  await atFirst(page);
  await page.goBack();
  await page.waitForURL("**/before");
  // Whoever comes back goes on, and what is before that is a page.
  await openHost(page, site, IN, { path: "/in" });
  await step(card, "password");
  await page.goBack();
  await page.waitForURL("**/before");

  await openHost(page, site, UP, { path: "/up" });
  const up = component(page, "frontdesk-sign-up");
  await up.field("email_address").fill(email);
  await up.field("password").fill("a password nobody has");
  await up.submit.click();
  await step(up, "code");
  await page.goBack();
  await step(up, "start");
  await expect(up.field("email_address")).toHaveValue(email);
  await expect(up.field("password")).toHaveValue("a password nobody has");
  await up.submit.click();
  await step(up, "code");
  await up.part("identity-edit").click();
  await step(up, "start");
  await atFirst(page);
  await page.goBack();
  await page.waitForURL("**/before");
});

test("a link that is too old says so, and leaves no trace in the address", async ({ page, site }) => {
  await openHost(page, site, IN, { path: "/in" });
  await page.goto(`${site.url}/in?__clerk_status=expired&keep=1`);
  const card = component(page, "frontdesk-sign-in");
  await step(card, "landing");
  await expect(card.host.getByText(en["sign-in-link-expired"])).toBeVisible();
  expect(new URL(page.url()).search).toBe("?keep=1");
  await card.host.getByRole("button", { name: en["sign-in-again"] }).click();
  await step(card, "start");
});
