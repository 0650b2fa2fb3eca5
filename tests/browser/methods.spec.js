// Every way to sign up, and what proves it is you afterwards, where the settings ask for all of it.

import { createHmac } from "node:crypto";
import { expect, freshEmail, messages, openHost, test } from "./site.js";
import { ask, component, mouse, turnTo, typeCode } from "./ui.js";

const SETTINGS = `
[phone_number]
enabled = true
required = true
[username]
enabled = true
required = true
[second_factor]
phone_code = true
[sign_up]
legal_consent = true
[[sign_up.fields]]
name = "plan"
kind = "select"
label = "Plan"
options = ["free", "team"]
required = true
`;

test.use({ settings: SETTINGS });

const en = messages("en");

/** The six digits of an authenticator app for a secret in base 32 (RFC 6238). */
function authenticatorCode(secret) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A number nobody had before; texts to it are in the mailbox. */
let last = 100;
const freshNumber = () => `+1415556${String(last++).padStart(4, "0")}`;

/** Signs somebody up, and leaves them at `/home` with their profile. */
async function signUp(page, site, hands = mouse) {
  const person = { email: freshEmail(), number: freshNumber(), name: `ada-${Date.now().toString(36)}-${last}` };
  await openHost(page, site, `<frontdesk-user-profile></frontdesk-user-profile>`, { path: "/home" });
  await openHost(page, site, `<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>`, { path: "/up" });
  const card = component(page, "frontdesk-sign-up");
  await hands.fill(page, card.field("username"), person.name);
  await hands.fill(page, card.field("email_address"), person.email);
  await hands.fill(page, card.field("phone_number"), person.number);
  await hands.fill(page, card.field("password"), "a password nobody has");
  await card.host.locator('select[name="plan"]').selectOption("team");
  await card.field("legal_accepted").check();
  await hands.press(page, card.submit);
  await expect(card.part("root")).toHaveAttribute("data-step", "code");
  await typeCode(page, card, await site.codeFor(person.email));
  await expect(card.part("root")).toHaveAttribute("data-step", "phone-code");
  await typeCode(page, card, await site.codeFor(person.number));
  await page.waitForURL("**/home");
  return person;
}

test("a sign-up asks for all that the settings want, and proves both the address and the number", async ({ page, site }) => {
  const person = await signUp(page, site);
  const profile = component(page, "frontdesk-user-profile");
  await expect(profile.host.locator('[data-section="username"]')).toContainText(person.name);
  await expect(profile.host.locator('[data-section="phones"]')).toContainText(person.number);
  const user = await page.evaluate(() => fetch("/v1/me").then((answer) => answer.json()));
  expect(user.response.unsafe_metadata).toEqual({ plan: "team" });
  expect(user.response.legal_accepted_at).toBeGreaterThan(0);
});

test("what is left out is asked for at its place, and what was typed stays", async ({ page, site }) => {
  await openHost(page, site, `<frontdesk-sign-up></frontdesk-sign-up>`, { path: "/up" });
  const card = component(page, "frontdesk-sign-up");
  await card.field("username").fill("x");
  await card.submit.click();
  for (const name of ["email_address", "phone_number", "password", "plan", "legal_accepted"]) {
    await expect(card.host.locator(`[data-field="${name}"] [part~="error"]`)).toBeVisible();
  }
  await expect(card.host.locator('[data-field="legal_accepted"] [part~="error"]')).toHaveText(en["error-form-param-nil-legal-accepted"]);
  await expect(card.field("username")).toHaveValue("x");
});

test("a number that is pasted sets the country, and a country is found by typing", async ({ page, site }) => {
  await openHost(page, site, `<frontdesk-sign-up locale="fr"></frontdesk-sign-up>`, { path: "/up", lang: "fr" });
  const card = component(page, "frontdesk-sign-up");
  const country = card.host.locator("[data-country]");
  const options = card.host.locator("[data-countries]").getByRole("option");
  await card.field("phone_number").fill("+49 151 1234 5678");
  await expect(country).toHaveAccessibleName("Pays : Allemagne, DE +49");
  // By the keyboard alone.
  await country.focus();
  await page.keyboard.press("Enter");
  const search = card.host.locator("[data-countries]").getByRole("combobox");
  await expect(search).toBeFocused();
  expect(await options.count()).toBeGreaterThan(235);
  await expect(options.first()).toContainText("Afghanistan");
  await expect(card.host.locator("[data-countries] [aria-selected=true]")).toContainText("Allemagne");
  await page.keyboard.type("BELGI");
  await expect(options).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(country).toHaveText("BE +32");
  await expect(card.field("phone_number")).toBeFocused();
  await expect(card.field("phone_number")).toHaveValue("15112345678");
  await card.field("phone_number").fill("+33 6");
  await expect(country).toHaveText("FR +33");
  // Accents are left out by whoever looks for something, and some know the code.
  await country.click();
  await search.fill("etats");
  await expect(options.first()).toHaveText("États-Unis+1");
  await search.fill("+590");
  await expect(options).toHaveCount(3);
  await page.keyboard.press("ArrowDown");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(search).toHaveAttribute("aria-activedescendant", await options.nth(1).getAttribute("id"));
  await search.fill("nulle part");
  await expect(card.host.getByRole("status").filter({ hasText: messages("fr")["field-country-none"] })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(search).toHaveCount(0);
  await expect(country).toBeFocused();
  await expect(country).toHaveText("FR +33");
});

test("with the reader's own colours, the country that Enter takes is framed", async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openHost(page, site, `<frontdesk-sign-up></frontdesk-sign-up>`, { path: "/up" });
  const card = component(page, "frontdesk-sign-up");
  await card.host.locator("[data-country]").click();
  const outline = (option) => option.evaluate((it) => getComputedStyle(it).outlineStyle);
  expect(await outline(card.host.locator("[data-countries] [aria-selected=true]"))).toBe("solid");
  expect(await outline(card.host.locator("[data-countries] [aria-selected=false]").first())).toBe("none");
});

test("an authenticator app is added with its picture and key, and its backup codes are shown once", async ({ page, site }) => {
  await signUp(page, site);
  await turnTo(page, "security");
  const steps = page.locator('[data-section="two-step"]');
  await steps.locator('[data-action="add-totp"]').click();
  const picture = steps.locator("[data-qr]");
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
  const secret = (await steps.locator("[data-secret] code").textContent()).replaceAll(" ", "");
  await expect(steps.locator('a[href^="otpauth://totp/"]')).toHaveAttribute("href", new RegExp(`secret=${secret}`));
  await expect(steps.locator('input[name="code"]')).toBeFocused();
  await page.keyboard.type(authenticatorCode(secret));
  const codes = steps.locator("[data-backup-codes]");
  await expect(codes).toBeFocused();
  await expect(codes.locator("li")).toHaveCount(10);
  const [download] = await Promise.all([page.waitForEvent("download"), codes.locator('[data-action="download"]').click()]);
  expect(download.suggestedFilename()).toBe("backup-codes.txt");
  await codes.locator('[data-action="done"]').click();
  await expect(codes).toHaveCount(0);
  await expect(steps.locator('[data-factor="totp"]')).toBeVisible();
  await expect(steps.locator('[data-factor="backup_code"]')).toBeVisible();

  // New codes take the place of those before; without a factor there are none.
  await steps.locator('[data-action="new-backup-codes"]').click();
  await expect(codes.locator("li")).toHaveCount(10);
  await codes.locator('[data-action="done"]').click();
  await steps.locator('[data-factor="totp"] [data-action="remove"]').click();
  await expect(steps.locator('[data-action="add-totp"]')).toBeVisible();
  await expect(steps.locator("[data-factor]")).toHaveCount(0);
});

test("a number is added, proven, used as second step, and another one removed", async ({ page, site }) => {
  const person = await signUp(page, site);
  const phones = page.locator('[data-section="phones"]');
  const other = freshNumber();
  await phones.locator('[data-action="add-phone"]').click();
  await page.keyboard.type(other);
  await page.keyboard.press("Enter");
  await expect(phones.locator('input[name="code"]')).toBeFocused();
  await page.keyboard.type(await site.codeFor(other));
  await expect(phones.locator('[data-action="verify"]')).toHaveCount(0);

  await turnTo(page, "security");
  const steps = page.locator('[data-section="two-step"]');
  await steps.locator('[data-action="add-phone-factor"]').first().click();
  await expect(steps.locator("[data-backup-codes] li")).toHaveCount(10);
  await steps.locator('[data-action="done"]').click();
  await expect(steps.locator('[data-factor="phone_code"]')).toHaveCount(1);
  const texts = (await site.mailbox()).filter((text) => text.to === person.number).length;
  await steps.locator('[data-factor="phone_code"] [data-action="remove"]').click();
  // Nobody has shown yet, in this session, that the second step is theirs.
  await expect(page.locator('dialog[open] input[name="code"]')).toBeFocused();
  await page.keyboard.type(await site.codeFor(person.number, texts));
  await expect(steps.locator('[data-factor="phone_code"]')).toHaveCount(0);

  await turnTo(page, "account");
  await phones.locator('[role="listitem"]', { hasText: person.number }).locator('[data-action="remove"]').click();
  await expect(phones.locator('[role="listitem"]')).toHaveCount(1);
});

test("of two numbers that are the second step, either is sent the code", async ({ page, site }) => {
  const person = await signUp(page, site);
  const other = freshNumber();
  const { id } = await ask(page, "me/phone_numbers", { phone_number: other });
  await ask(page, `me/phone_numbers/${id}/prepare_verification`, { strategy: "phone_code" });
  await ask(page, `me/phone_numbers/${id}/attempt_verification`, { strategy: "phone_code", code: await site.codeFor(other) });
  const reserve = (id) => ask(page, `me/phone_numbers/${id}?_method=PATCH`, { reserved_for_second_factor: "true" });
  const [own] = await page.evaluate(async () => (await (await fetch("/v1/me")).json()).response.phone_numbers);
  await reserve(own.id);

  const card = component(page, "frontdesk-sign-in");
  const texts = async (number) => (await site.mailbox()).filter((text) => text.to === number).length;
  const enter = async () => {
    await ask(page, "client/sessions?_method=DELETE");
    await openHost(page, site, `<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>`, { path: "/in" });
    const before = await texts(person.number);
    await card.field("identifier").fill(person.email);
    await card.submit.click();
    await card.field("password").fill("a password nobody has");
    await card.submit.click();
    await expect(card.part("subtitle")).toContainText(person.number.slice(-2));
    return site.codeFor(person.number, before);
  };
  await typeCode(page, card, await enter());
  await page.waitForURL("**/home");
  await reserve(id);

  await enter();
  await card.part("link").filter({ hasText: en["action-other-way"] }).click();
  const before = await texts(other);
  await card.host.locator('[data-strategy="phone_code"]').click();
  await expect(card.part("subtitle")).toContainText(other.slice(-2));
  await page.reload();
  await expect(card.part("subtitle")).toContainText(other.slice(-2));
  await typeCode(page, card, await site.codeFor(other, before));
  await page.waitForURL("**/home");
});

test("a username is changed, and one that is taken is said to be", async ({ page, site }) => {
  const first = await signUp(page, site);
  await page.context().clearCookies();
  await signUp(page, site);
  const section = page.locator('[data-section="username"]');
  await section.locator('[data-action="change-username"]').click();
  await section.locator('input[name="username"]').fill(first.name);
  await page.keyboard.press("Enter");
  await expect(section.locator('[part~="error"]')).toHaveText(en["error-form-identifier-exists"]);
  await section.locator('input[name="username"]').fill(`${first.name}-2`);
  await page.keyboard.press("Enter");
  await expect(section.locator('input[name="username"]')).toHaveCount(0);
  await expect(section).toContainText(`${first.name}-2`);
});
