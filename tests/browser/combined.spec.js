// Signing in and up by one card, where nobody is told who has an account.

import { ADA, expect, freshEmail, openHost, test } from "./site.js";
import { component, typeCode } from "./ui.js";

test.use({
  settings: `
sign_in.combined = true
password.required = false
sign_up.first_name = "required"
urls = { sign_up = "/up", after_sign_up = "/home" }
`,
});

const open = async (page, site) => {
  await openHost(page, site, '<p id="home">home</p>', { path: "/home" });
  await openHost(page, site, '<frontdesk-sign-up after-sign-up-url="/home"></frontdesk-sign-up>', { path: "/up" });
  await openHost(page, site, '<frontdesk-sign-in after-sign-in-url="/home"></frontdesk-sign-in>', { path: "/in" });
};

const identify = async (page, email) => {
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(email);
  await card.submit.click();
  return card;
};

const address = async (page) => (await page.evaluate(async () => (await fetch("/v1/me")).json())).response.email_addresses[0].email_address;

test("whoever is new proves the address, is asked for what is missing, and is signed in", async ({ page, site }) => {
  await open(page, site);
  const email = freshEmail();
  const card = await identify(page, email);
  await expect(card.part("root")).toHaveAttribute("data-step", "code");
  await typeCode(page, card, await site.codeFor(email));
  await page.waitForURL("**/up");
  const more = component(page, "frontdesk-sign-up");
  await expect(more.part("root")).toHaveAttribute("data-step", "continue");
  await more.field("first_name").fill("Grace");
  await more.submit.click();
  await page.waitForURL("**/home");
  expect(await address(page)).toBe(email);
});

test("whoever is known goes in by the same two cards", async ({ page, site }) => {
  await open(page, site);
  const card = await identify(page, ADA.email);
  await expect(card.part("root")).toHaveAttribute("data-step", "code");
  await typeCode(page, card, await site.codeFor(ADA.email));
  await page.waitForURL("**/home");
  expect(await address(page)).toBe(ADA.email);
});
