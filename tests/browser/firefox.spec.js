// The ways in that are used most, in a Firefox as people have it; the other specs drive Chromium.

import { test as base, expect } from "@playwright/test";
import puppeteer from "puppeteer-core";
import { startAcme } from "./provider.js";
import { freshEmail, startSite } from "./site.js";
import { totp } from "./ui.js";

const test = base.extend({
  // Playwright's own browsers are not of use here.
  site: [
    async ({}, use) => {
      const site = await startSite("sqlite");
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  firefox: [
    async ({}, use) => {
      const browser = await puppeteer.launch({
        browser: "firefox",
        executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
        headless: true,
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
});

const password = "a password nobody has";

/** A page of a browser profile of its own. */
async function fresh(firefox) {
  const context = await firefox.createBrowserContext();
  return context.newPage();
}

const field = (page, name) => page.locator(`input[name="${name}"]:not([data-hidden])`);
const submit = (page) => page.locator('button[part~="submit"]').click();

async function until(page, path) {
  await page.waitForFunction((path) => location.pathname === path, {}, path);
}

/** Signs somebody up on the hosted page, and answers with the address. */
async function signUp(page, site) {
  const email = freshEmail("firefox");
  await page.goto(`${site.url}/sign-up`);
  await field(page, "email_address").fill(email);
  await field(page, "password").fill(password);
  await submit(page);
  await page.waitForSelector('input[name="code"]');
  await page.type('input[name="code"]', await site.codeFor(email));
  await until(page, "/");
  return email;
}

async function signIn(page, site, email) {
  await page.goto(`${site.url}/sign-in`);
  await field(page, "identifier").fill(email);
  await submit(page);
}

/** Whose browser it is, as the server says. */
const whose = (page) =>
  page.evaluate(async () => (await (await fetch("/v1/me")).json()).response?.email_addresses[0].email_address);

test("a person signs up with a code", async ({ firefox, site }) => {
  const page = await fresh(firefox);
  const email = await signUp(page, site);
  expect(await whose(page)).toBe(email);
});

test("a person signs in with a password, after a wrong one", async ({ firefox, site }) => {
  const email = await signUp(await fresh(firefox), site);
  const page = await fresh(firefox);
  await signIn(page, site, email);
  await field(page, "password").fill("not the one");
  await submit(page);
  await page.waitForSelector('[part~="error"]:not(:empty)');
  expect(await page.$eval('input[name="password"]:not([data-hidden])', (input) => input.value)).toBe("not the one");
  await field(page, "password").fill(password);
  await submit(page);
  await until(page, "/");
  expect(await whose(page)).toBe(email);
});

test("a person signs in with a code", async ({ firefox, site }) => {
  const email = await signUp(await fresh(firefox), site);
  const page = await fresh(firefox);
  await signIn(page, site, email);
  await page.locator("::-p-text(Use another method)").click();
  const before = (await site.mailbox()).filter((mail) => mail.to === email).length;
  await page.locator('[data-strategy="email_code"]').click();
  await page.waitForSelector('input[name="code"]');
  await page.type('input[name="code"]', await site.codeFor(email, before));
  await until(page, "/");
  expect(await whose(page)).toBe(email);
});

test("a person chooses another password", async ({ firefox, site }) => {
  const email = await signUp(await fresh(firefox), site);
  const page = await fresh(firefox);
  await signIn(page, site, email);
  const before = (await site.mailbox()).filter((mail) => mail.to === email).length;
  await page.locator("::-p-text(Forgot password?)").click();
  await page.waitForSelector('[data-step="reset"] input[name="code"]');
  await page.type('input[name="code"]', await site.codeFor(email, before));
  await page.waitForSelector('[data-step="new-password"]');
  await field(page, "password").fill("another one that nobody has");
  await submit(page);
  await until(page, "/");
  expect(await whose(page)).toBe(email);
});

test("a person signs in with an authenticator app that was set up in the profile", async ({ firefox, site }) => {
  let page = await fresh(firefox);
  const email = await signUp(page, site);
  await page.goto(`${site.url}/user`);
  await page.locator('[part~="nav-link"][data-page="security"]').click();
  await page.locator('[data-action="add-totp"]').click();
  const secret = await page.waitForSelector("[data-secret] code");
  const key = (await secret.evaluate((node) => node.textContent)).replaceAll(" ", "");
  await page.waitForSelector('[data-section="two-step"] input[name="code"]');
  await page.type('[data-section="two-step"] input[name="code"]', totp(key, 0));
  await page.locator('[data-backup-codes] [data-action="done"]').click();
  await page.waitForSelector('[data-factor="totp"]');

  page = await fresh(firefox);
  await signIn(page, site, email);
  await field(page, "password").fill(password);
  await submit(page);
  await page.waitForSelector('[data-step="totp"] input[name="code"]');
  expect(await page.evaluate(() => document.activeElement.name)).toBe("code");
  await page.keyboard.type("000000");
  await page.waitForSelector('[data-step="totp"] [part~="error"]:not(:empty)');
  await page.waitForFunction(() => document.activeElement.name === "code" && document.activeElement.value === "" && !document.activeElement.disabled);
  await page.keyboard.type(totp(key, 1));
  await until(page, "/");
  expect(await whose(page)).toBe(email);
});

test("a person signs up by a provider's button, and signs in again by it", async ({ firefox }) => {
  const { site, issuer, stop } = await startAcme("sqlite", "", {});
  try {
    const page = await fresh(firefox);
    const name = freshEmail("firefox").split("@")[0];
    await page.goto(`${site.url}/sign-up`);
    await page.locator('[data-strategy="oauth_custom_acme"]').click();
    await page.waitForFunction((issuer) => location.origin === issuer, {}, issuer);
    await page.locator('input[name="login"]').fill(name);
    await page.locator('input[name="password"]').fill("anything");
    await page.locator('button[type="submit"]').click();
    await page.locator("::-p-text(Continue)").click();
    await page.waitForFunction((url) => location.origin === url && location.pathname === "/", {}, site.url);
    expect(await whose(page)).toBe(`${name}@example.com`);

    await page.evaluate(() => fetch("/v1/client/sessions?_method=DELETE", { method: "POST" }));
    await page.goto(`${site.url}/sign-in`);
    await page.locator('[data-strategy="oauth_custom_acme"]').click();
    await page.waitForFunction((url) => location.origin === url && location.pathname === "/", {}, site.url);
    expect(await whose(page)).toBe(`${name}@example.com`);
  } finally {
    await stop();
  }
});
