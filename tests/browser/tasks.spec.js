// What is to be done before a session is active, and the ways out of it; and what a sign-up remembers.

import { expect, freshEmail, messages, openHost, startSite, test } from "./site.js";
import { component, look, lookInArabic, looks, mouse, signUp, typeCode, wear } from "./ui.js";

const en = messages("en");
const IN = '<h1>Host</h1><frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>';
const UP = '<h1>Host</h1><frontdesk-sign-up after-sign-up-url="/home" sign-in-url="/in"></frontdesk-sign-up>';

const step = (card, name) => expect(card.part("root")).toHaveAttribute("data-step", name);

/** Runs `walk` on a site of these settings. */
async function on(engine, settings, walk) {
  const site = await startSite(engine, settings);
  try {
    await walk(site);
  } finally {
    await site.stop();
  }
}

/** Somebody new, who has signed up and has something to do first. */
async function newcomer(page, site, of = {}) {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await openHost(page, site, "<frontdesk-user-button></frontdesk-user-button>", { ...of, path: "/home" });
  await openHost(page, site, IN, { ...of, path: "/in" });
  await openHost(page, site, UP, { ...of, path: "/up" });
  await page.evaluate(() => {
    document.addEventListener("signedup", () => sessionStorage.setItem("told", "yes"), true);
  });
  await typeCode(page, await signUp(page, mouse, person), await site.codeFor(person.email));
  await page.waitForURL("**/in?*");
  expect(await page.evaluate(() => sessionStorage.getItem("told"))).toBeNull();
  return person;
}

let last = 100;
const freshNumber = () => `+1415557${String(last++).padStart(4, "0")}`;

test("a number is set up as the second factor, and its codes are shown, before anybody has signed up", async ({ page, engine }) => {
  test.slow();
  const settings = "[phone_number]\nenabled = true\n[second_factor]\nrequired = true\nauthenticator_app = false\nphone_code = true\n";
  await on(engine, settings, async (site) => {
    const person = await newcomer(page, site);
    const card = component(page, "frontdesk-sign-in");
    await step(card, "setup-mfa");
    await expect(card.field("phone_number")).toBeVisible();
    for (const style of looks) {
      await wear(card, style);
      await look(page, style, "set-up-phone");
    }
    await wear(card, looks[0]);
    await lookInArabic(page, card, "set-up-phone");
    // Whoever comes back to the sign-up is led on, too.
    await page.goto(`${site.url}/up`);
    const up = component(page, "frontdesk-sign-up");
    await step(up, "task");
    await look(page, looks[0], "sign-up-task");
    await lookInArabic(page, up, "sign-up-task");
    await up.part("button").click();
    await page.waitForURL("**/in?*");
    const number = freshNumber();
    await card.field("phone_number").fill(number);
    await card.submit.click();
    await typeCode(page, card, await site.codeFor(number));
    await expect(card.part("backup-codes").locator("li").first()).toBeVisible();
    await look(page, looks[0], "set-up-phone-codes");
    await card.host.getByRole("button", { name: en["action-continue"] }).click();
    await page.waitForURL("**/home");
    // From then on it is asked for.
    await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
    await page.goto(`${site.url}/in`);
    await card.field("identifier").fill(person.email);
    await card.submit.click();
    await card.host.locator('input[name="password"]:focus').fill(person.password);
    await card.submit.click();
    await step(card, "code");
  });
});

test("an app and a number are offered where both will do, and half a code is no try", async ({ page, engine }) => {
  const settings = "[phone_number]\nenabled = true\n[second_factor]\nrequired = true\nphone_code = true\n";
  await on(engine, settings, async (site) => {
    await newcomer(page, site, { lang: "fr" });
    const fr = messages("fr");
    const card = component(page, "frontdesk-sign-in");
    await expect(card.part("secret").locator("code")).toBeVisible();
    await look(page, looks[0], "set-up-app-fr");
    await card.code.fill("12345");
    await page.keyboard.press("Enter");
    await expect(card.part("error")).toBeVisible();
    await expect(card.code).toHaveValue("12345");
    await card.host.locator('[data-action="other-way"]').click();
    await expect(card.field("phone_number")).toBeFocused();
    await card.host.getByRole("button", { name: fr["sign-in-set-up-use-app"] }).click();
    await expect(card.code).toBeFocused();
  });
});

test("whoever would rather not signs out", async ({ page, engine }) => {
  await on(engine, "[second_factor]\nrequired = true\n", async (site) => {
    const person = await newcomer(page, site);
    const card = component(page, "frontdesk-sign-in");
    const out = card.host.locator('[data-action="sign-out"]');
    await expect(out).toContainText(person.email);
    await out.click();
    await step(card, "start");
    await page.goto(`${site.url}/up`);
    await step(component(page, "frontdesk-sign-up"), "start");
  });
});

test("whoever can choose no organization is told so, and has a way out", async ({ page, engine }) => {
  await on(engine, "[organizations]\nenabled = true\ncreate = false\nforce_selection = true\n", async (site) => {
    await newcomer(page, site);
    const card = component(page, "frontdesk-sign-in");
    await step(card, "choose-organization");
    await expect(card.part("notice")).toHaveText(en["sign-in-organization-none"]);
    await look(page, looks[0], "choose-organization-none");
    await lookInArabic(page, card, "choose-organization-none");
    await card.host.locator('[data-action="sign-out"]').click();
    await step(card, "start");
  });
});

test("a number takes the place of a mistyped address, and is there again after a reload", async ({ page, engine }) => {
  const settings = "[email_address]\nrequired = false\n[phone_number]\nenabled = true\n[sign_up]\nlegal_consent = true\n";
  await on(engine, settings, async (site) => {
    await openHost(page, site, "<frontdesk-user-button></frontdesk-user-button>", { path: "/home" });
    await openHost(page, site, UP, { path: "/up" });
    const card = component(page, "frontdesk-sign-up");
    await card.field("email_address").fill(freshEmail("mistyped"));
    await card.field("password").fill("a password nobody has");
    await card.field("legal_accepted").check();
    await card.submit.click();
    await step(card, "code");
    await card.part("identity-edit").click();
    await card.host.getByRole("button", { name: en["sign-up-use-phone"] }).click();
    await expect(card.field("phone_number")).toBeFocused();
    const number = freshNumber();
    await card.field("phone_number").fill(number);
    await card.submit.click();
    await step(card, "phone-code");
    await page.reload();
    await step(card, "phone-code");
    await card.part("identity-edit").click();
    await expect(card.field("phone_number")).toHaveValue(number);
    await expect(card.field("legal_accepted")).toBeChecked();
    await card.submit.click();
    await typeCode(page, card, await site.codeFor(number));
    await page.waitForURL("**/home");
  });
});
