// Our own cards with a button for a provider: real redirects to a real OpenID provider, and back.

import { expect, freshEmail, messages, test as base } from "./site.js";
import { agree, refuse, startAcme } from "./provider.js";
import { component, totp, typeCode } from "./ui.js";

const en = messages("en");

/** The app's pages, by path. */
const PAGES = {
  "/in": (api) => `<frontdesk-sign-in api="${api}" sign-up-url="/up" after-sign-in-url="/home"></frontdesk-sign-in>`,
  "/up": (api) => `<frontdesk-sign-up api="${api}" sign-in-url="/in" after-sign-up-url="/home"></frontdesk-sign-up>`,
  "/home": (api) => `<frontdesk-user-button api="${api}"></frontdesk-user-button>`,
  "/me": () => "",
};

const test = base.extend({
  more: ["", { option: true }],
  trusted: [true, { option: true }],
  acme: async ({ engine, more, trusted }, use) => {
    const acme = await startAcme(engine, more, PAGES, trusted);
    await use(acme);
    await acme.stop();
  },
});

/** A name that nobody had before, here or at the provider. */
const freshName = () => freshEmail().split("@")[0];

const button = (card) => card.host.locator('[data-strategy="oauth_custom_acme"]');

const step = (card, name) => expect(card.part("root")).toHaveAttribute("data-step", name);

/** Opens a card of the app. */
async function open(page, { app }, path) {
  // The provider's own pages want a font from far away.
  await page.route("https://fonts.googleapis.com/**", (route) => route.abort());
  await page.goto(`${app}${path}`);
  return component(page, path === "/in" ? "frontdesk-sign-in" : "frontdesk-sign-up");
}

/** Calls the Frontend API as the app's page would. */
const ask = (page, { site }, path, method = "GET", fields = {}) =>
  page.evaluate(
    async ([url, method, fields]) => {
      const body = method === "GET" ? undefined : new URLSearchParams(fields);
      const answer = await fetch(url, { method: body ? "POST" : "GET", body, credentials: "include" });
      return (await answer.json()).response;
    },
    [`${site.url}/v1/${path}${method === "DELETE" ? "?_method=DELETE" : ""}`, method, fields],
  );

/** Who is signed in, at the page where a finished sign-in leads. */
async function home(page, acme) {
  await page.waitForURL(`${acme.app}/home`);
  await expect(component(page, "frontdesk-user-button").part("trigger")).toBeVisible();
  return ask(page, acme, "me");
}

/** Signs somebody new up by the button. */
async function newcomer(page, acme) {
  const name = freshName();
  const card = await open(page, acme, "/up");
  await button(card).click();
  await agree(page, acme, name);
  return { name, user: await home(page, acme) };
}

test("somebody new signs up by the button, and signs in again by it", async ({ page, acme }) => {
  const { name, user } = await newcomer(page, acme);
  expect(user).toMatchObject({ first_name: "Grace", last_name: "Hopper" });
  expect(user.email_addresses[0]).toMatchObject({ email_address: `${name}@example.com`, verification: { status: "verified" } });

  await ask(page, acme, "client/sessions", "DELETE");
  const card = await open(page, acme, "/in");
  await expect(button(card)).toHaveText(new RegExp(en["sign-in-last-used"]));
  await button(card).click();
  // The provider knows them still, so nobody asks anything.
  expect((await home(page, acme)).id).toBe(user.id);
});

test("who has no account is told so where they sign in, and has one made by a press", async ({ page, acme }) => {
  const name = freshName();
  const card = await open(page, acme, "/in");
  await button(card).click();
  await agree(page, acme, name);
  await expect(card.alert).toHaveText(en["error-external-account-not-found"]);
  await card.host.getByRole("button", { name: en["sign-in-transfer"] }).click();
  expect((await home(page, acme)).email_addresses[0].email_address).toBe(`${name}@example.com`);
});

test("who has no account here may as well follow the link to sign up, and is known there", async ({ page, acme }) => {
  const name = freshName();
  const card = await open(page, acme, "/in");
  await button(card).click();
  await agree(page, acme, name);
  await expect(card.alert).toHaveText(en["error-external-account-not-found"]);
  await card.part("footer-link").click();
  expect((await home(page, acme)).email_addresses[0].email_address).toBe(`${name}@example.com`);
});

test("who says no where they sign in is told so once, and can still get in", async ({ page, acme }) => {
  const { user } = await newcomer(page, acme);
  await page.context().clearCookies();
  const card = await open(page, acme, "/in");
  await button(card).click();
  await page.waitForURL(`${acme.issuer}/**`);
  // The card begins anew as soon as it has said so; a reload before that is told again.
  const anew = page.waitForResponse((answer) => answer.url().includes("/v1/client/sign_ins"));
  await refuse(page, acme);
  await expect(card.alert).toHaveText(en["error-oauth-access-denied"]);
  await step(card, "start");
  expect(new URL(page.url()).search).toBe("");
  await anew;
  await page.reload();
  await expect(card.field("identifier")).toBeEditable();
  await expect(card.alert).toHaveCount(0);
  await button(card).click();
  await agree(page, acme, user.external_accounts[0].provider_user_id);
  expect((await home(page, acme)).id).toBe(user.id);
});

test("who says no where they sign up is told so, and signs up without", async ({ page, acme }) => {
  const email = freshEmail();
  const card = await open(page, acme, "/up");
  await button(card).click();
  await refuse(page, acme);
  await expect(card.alert).toHaveText(en["error-oauth-access-denied"]);
  await step(card, "start");
  await card.field("email_address").fill(email);
  await card.field("password").fill("a password nobody has");
  await card.submit.click();
  await typeCode(page, card, await acme.site.codeFor(email));
  expect((await home(page, acme)).email_addresses[0].email_address).toBe(email);
});

test("who turns back at the provider finds the card ready", async ({ page, acme }) => {
  const name = freshName();
  const card = await open(page, acme, "/up");
  await button(card).click();
  await page.waitForURL(`${acme.issuer}/**`);
  await page.goBack();
  await step(card, "start");
  await button(card).click();
  await agree(page, acme, name);
  expect((await home(page, acme)).external_accounts[0].provider_user_id).toBe(name);
});

test.describe("where the provider is not trusted with addresses", () => {
  test.use({ trusted: false });

  test("an account whose address is somebody's here signs in nobody, and says why", async ({ page, acme }) => {
    const name = freshName();
    const card = await open(page, acme, "/up");
    await card.field("email_address").fill(`${name}@example.com`);
    await card.field("password").fill("a password nobody has");
    await card.submit.click();
    await typeCode(page, card, await acme.site.codeFor(`${name}@example.com`));
    await home(page, acme);
    await page.context().clearCookies();
    for (const path of ["/in", "/up"]) {
      const card = await open(page, acme, path);
      await button(card).click();
      // Asked once, the provider knows them.
      if (path === "/in") await agree(page, acme, name);
      await expect(card.alert).toHaveText(en["error-external-account-email-taken"]);
      await step(card, "start");
    }
  });

  test("whoever is new proves the address by a code, and is signed up", async ({ page, acme }) => {
    const name = freshName();
    const card = await open(page, acme, "/up");
    await button(card).click();
    await agree(page, acme, name);
    await step(card, "code");
    await typeCode(page, card, await acme.site.codeFor(`${name}@example.com`));
    expect((await home(page, acme)).external_accounts[0].provider_user_id).toBe(name);
  });
});

test("a second step is asked for after the provider, too", async ({ page, acme }) => {
  const { user } = await newcomer(page, acme);
  const { secret } = await ask(page, acme, "me/totp", "POST");
  await ask(page, acme, "me/totp/attempt_verification", "POST", { code: totp(secret, 0) });
  await ask(page, acme, "client/sessions", "DELETE");
  const card = await open(page, acme, "/in");
  await button(card).click();
  await step(card, "totp");
  await typeCode(page, card, totp(secret, 1));
  expect((await home(page, acme)).id).toBe(user.id);
});

test.describe("where more is required", () => {
  test.use({ more: "[username]\nenabled = true\nrequired = true\n[sign_up]\nlegal_consent = true\n[urls]\nterms = \"/terms\"\nprivacy_policy = \"/privacy\"\n" });

  test("a sign-up by the button goes on with what is missing", async ({ page, acme }) => {
    const name = freshName();
    const card = await open(page, acme, "/up");
    await button(card).click();
    await agree(page, acme, name);
    await finish(page, acme, card, name);
  });

  test("so does one that began where people sign in", async ({ page, acme }) => {
    const name = freshName();
    const card = await open(page, acme, "/in");
    await button(card).click();
    await agree(page, acme, name);
    await card.host.getByRole("button", { name: en["sign-in-transfer"] }).click();
    await page.waitForURL(`${acme.app}/up`);
    await finish(page, acme, component(page, "frontdesk-sign-up"), name);
  });

  test("what was accepted before the button is not asked for again", async ({ page, acme }) => {
    const card = await open(page, acme, "/up");
    await card.field("legal_accepted").check();
    await button(card).click();
    await agree(page, acme, freshName());
    await step(card, "continue");
    await expect(card.field("username")).toBeVisible();
    await expect(card.field("legal_accepted")).toHaveCount(0);
  });

  /** Fills in what is missing, and nothing else is asked for. */
  async function finish(page, acme, card, name) {
    await step(card, "continue");
    await expect(card.field("username")).toBeVisible();
    await expect(card.field("email_address")).toHaveCount(0);
    await expect(card.field("password")).toHaveCount(0);
    await card.submit.click();
    await expect(card.host.locator('[data-field="legal_accepted"] [part~="error"]')).toHaveText(en["error-form-param-nil-legal-accepted"]);
    await card.field("username").fill(name.replaceAll(".", "-"));
    await card.field("legal_accepted").check();
    await card.submit.click();
    const user = await home(page, acme);
    expect(user).toMatchObject({ username: name.replaceAll(".", "-"), first_name: "Grace" });
    expect(user.legal_accepted_at).toBeGreaterThan(0);
    expect(user.email_addresses[0].email_address).toBe(`${name}@example.com`);
  }
});

test.describe("where signing in and up are one", () => {
  test.use({ more: "[sign_in]\ncombined = true\n" });

  test("somebody new is signed in without a word", async ({ page, acme }) => {
    const name = freshName();
    const card = await open(page, acme, "/in");
    await button(card).click();
    await agree(page, acme, name);
    expect((await home(page, acme)).email_addresses[0].email_address).toBe(`${name}@example.com`);
  });
});

test.describe("where the field offers passkeys", () => {
  test.use({ more: "[passkeys]\nenabled = true\n" });

  for (const [way, press] of [
    ["by a press", (card) => card.host.getByRole("button", { name: en["sign-in-transfer"] }).click()],
    ["where people sign up", (card) => card.part("footer-link").click()],
  ]) {
    test(`who has no account still has one made ${way}`, async ({ page, acme }) => {
      const name = freshName();
      const card = await open(page, acme, "/in");
      await button(card).click();
      await agree(page, acme, name);
      await expect(card.alert).toHaveText(en["error-external-account-not-found"]);
      // An offer that is asked for now would take the place of what the provider told.
      await page.waitForLoadState("networkidle");
      await press(card);
      expect((await home(page, acme)).email_addresses[0].email_address).toBe(`${name}@example.com`);
    });
  }
});

test("what was typed is there again after a no", async ({ page, acme }) => {
  const email = freshEmail();
  let card = await open(page, acme, "/in");
  await card.field("identifier").fill(email);
  await button(card).click();
  await refuse(page, acme);
  await expect(card.alert).toBeVisible();
  await expect.soft(card.field("identifier")).toHaveValue(email);

  card = await open(page, acme, "/up");
  await card.field("email_address").fill(email);
  await button(card).click();
  await refuse(page, acme);
  await expect(card.alert).toBeVisible();
  await expect.soft(card.field("email_address")).toHaveValue(email);
});


test("an account is connected again where the app asks for more", async ({ page, acme }) => {
  await newcomer(page, acme);
  await page.goto(`${acme.app}/me`);
  const draw = () =>
    page.evaluate((api) => {
      const profile = document.createElement("frontdesk-user-profile");
      document.querySelector("main").append(Object.assign(profile, { api, additionalOAuthScopes: { custom_acme: ["address"] } }));
    }, acme.site.url);
  await draw();
  const row = page.locator('[data-section="connected"] [data-provider="oauth_custom_acme"]');
  await expect(row).toContainText(en["user-profile-connected-more"]);
  await row.locator('[data-action="reconnect"]').click();
  // The provider knows them still, and asks for what is new alone.
  await page.waitForURL(`${acme.issuer}/**`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${acme.app}/me`);
  await draw();
  await expect(row.locator('[data-action="remove"]')).toBeVisible();
  await expect(row.locator('[data-action="reconnect"]')).toHaveCount(0);
  expect((await ask(page, acme, "me")).external_accounts[0].approved_scopes.split(" ")).toContain("address");
});
