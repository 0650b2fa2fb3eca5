// Passkeys that the first field offers, and what ends the offer; a virtual authenticator chooses as soon as it is asked.

import { authenticator, passkeyOwner, whose } from "./authenticator.js";
import { expect, messages, openHost, test } from "./site.js";
import { component, turnTo } from "./ui.js";

test.use({ settings: "[passkeys]\nenabled = true\nautofill = true\n" });

const en = messages("en");
const IN = '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>';

/** Keeps account of what the page asks the browser for, and of what becomes of it. */
const watch = (page) =>
  page.addInitScript(() => {
    globalThis.asked = [];
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => {
      const answer = get(options);
      const entry = { mediation: options.mediation ?? "modal", state: "pending" };
      globalThis.asked.push(entry);
      answer.then(() => (entry.state = "answered"), (error) => (entry.state = error.name));
      return answer;
    };
  });

const asked = (page) => expect.poll(() => page.evaluate(() => globalThis.asked.map(({ mediation, state }) => `${mediation} ${state}`)));

/** The card of somebody who has a passkey and has not chosen it, while the field offers it. */
async function offered(page, site) {
  const key = await authenticator(page);
  const person = await passkeyOwner(page, site);
  await key.agree(false);
  await watch(page);
  await openHost(page, site, IN, { path: "/in" });
  await asked(page).toEqual(["conditional pending"]);
  return { key, person, card: component(page, "frontdesk-sign-in") };
}

test("a passkey chosen in the field signs in, and nothing is pressed", async ({ page, site }) => {
  await authenticator(page);
  const person = await passkeyOwner(page, site);
  // Nothing is offered before the field can be used.
  let release;
  const isSeen = new Promise((done) => (release = done));
  await page.route("**/v1/client/sign_ins*", async (route) => {
    await isSeen;
    await route.continue();
  });
  await openHost(page, site, IN, { path: "/in" });
  const field = component(page, "frontdesk-sign-in").field("identifier");
  await expect(field).toHaveAttribute("autocomplete", "username webauthn");
  await field.click();
  await expect(field).toBeFocused();
  release();
  await page.waitForURL("**/home");
  expect(await whose(page)).toBe(person.email);
});

test("whoever has a passkey may press the button as well", async ({ page, site }) => {
  const { key, person, card } = await offered(page, site);
  await key.agree(true);
  await card.host.locator('[data-strategy="passkey"]').click();
  await page.waitForURL("**/home");
  expect(await whose(page)).toBe(person.email);
});

test("the button takes the place of the offer", async ({ page, site }) => {
  const { card } = await offered(page, site);
  await card.host.locator('[data-strategy="passkey"]').click();
  await asked(page).toEqual(["conditional AbortError", "modal pending"]);
  await expect(card.alert).toHaveCount(0);
});

test("whoever has a passkey may type a password as well, and hears nothing of the offer", async ({ page, site }) => {
  const { person, card } = await offered(page, site);
  await card.field("identifier").fill(person.email);
  await card.submit.click();
  await expect(card.part("root")).toHaveAttribute("data-step", "password");
  await asked(page).toEqual(["conditional AbortError"]);
  await expect(card.alert).toHaveCount(0);
  await card.host.locator('input[name="password"]:focus').fill(person.password);
  await card.submit.click();
  await page.waitForURL("**/home");
  expect(await whose(page)).toBe(person.email);
});

test("a card that is taken away takes its offer along", async ({ page, site }) => {
  await offered(page, site);
  await page.locator("frontdesk-sign-in").evaluate((element) => element.remove());
  await asked(page).toEqual(["conditional AbortError"]);
});

test("a passkey that was removed is said to be unknown, and the field is still of use", async ({ page, site }) => {
  await authenticator(page);
  const person = await passkeyOwner(page, site);
  await openHost(page, site, IN, { path: "/in" });
  await page.waitForURL("**/home");
  await turnTo(page, "security");
  const passkeys = component(page, "frontdesk-user-profile").host.locator('[data-section="passkeys"]');
  await passkeys.locator('[data-action="remove"]').click();
  await expect(passkeys.locator('[data-action="remove"]')).toHaveCount(0);
  await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
  await page.goto(`${site.url}/in`);
  const card = component(page, "frontdesk-sign-in");
  await expect(card.alert).toHaveText(en["error-passkey-not-registered"]);
  await card.field("identifier").fill(person.email);
  await card.submit.click();
  await expect(card.part("identity")).toContainText(person.email);
});

test("an offer that is answered late disturbs nobody who was faster", async ({ page, site }) => {
  const key = await authenticator(page);
  const person = await passkeyOwner(page, site);
  await key.agree(false);
  let release;
  const isLate = new Promise((done) => (release = done));
  const isOffer = (request) => request.postData()?.includes("strategy=passkey");
  await page.route("**/v1/client/sign_ins*", async (route) => {
    if (isOffer(route.request())) await isLate;
    await route.continue();
  });
  const asking = page.waitForRequest((request) => isOffer(request));
  await openHost(page, site, IN, { path: "/in" });
  await asking;
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(person.email);
  const offered = page.waitForResponse((answer) => isOffer(answer.request()));
  await card.submit.click();
  // Long enough for whoever does not wait for the offer to be answered before it.
  await page.waitForTimeout(1000);
  release();
  await (await offered).finished();
  await card.host.locator('input[name="password"]:focus').fill(person.password);
  await page.waitForTimeout(500);
  await card.submit.click();
  await page.waitForURL("**/home");
  expect(await whose(page)).toBe(person.email);
});
