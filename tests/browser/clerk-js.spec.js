// The published client of another product, pointed at our Frontend API and used as its own docs say.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { decodeJwt } from "jose";
import { expect, freshEmail, test } from "./site.js";

const dist = join(import.meta.dirname, "node_modules/@clerk/clerk-js/dist");

/** Opens a page that loads the client as a script tag would, with our server as its proxy. */
async function openClient(page, site) {
  const key = `pk_live_${Buffer.from("frontdesk.example$").toString("base64")}`;
  await page.route(`${site.url}/clerk/*`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: readFileSync(join(dist, basename(new URL(route.request().url()).pathname))) }),
  );
  await page.route(`${site.url}/app`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>App</title><script src="/clerk/clerk.browser.js" data-clerk-publishable-key="${key}" data-clerk-proxy-url="${site.url}"></script>`,
    }),
  );
  await page.goto(`${site.url}/app`);
  await load(page);
}

const load = (page) => page.evaluate(() => window.Clerk.load({ telemetry: false }));

/** Signs out, which leads to the page again. */
async function signOut(page) {
  const left = page.waitForEvent("load");
  await page.evaluate(() => void window.Clerk.signOut({ redirectUrl: "/app" }));
  await left;
  await load(page);
  expect(await page.evaluate(() => window.Clerk.user)).toBeNull();
}

test("clerk-js signs up, signs in, gets a token and signs out", async ({ page, site }) => {
  const address = freshEmail();
  await openClient(page, site);
  expect(await page.evaluate(() => window.Clerk.user)).toBeNull();

  const missing = await page.evaluate(async (emailAddress) => {
    const signUp = await window.Clerk.client.signUp.create({
      emailAddress,
      password: "a password nobody has",
      firstName: "Grace",
      lastName: "Hopper",
    });
    await signUp.prepareEmailAddressVerification({ strategy: "email_code" });
    return { status: signUp.status, unverified: signUp.unverifiedFields };
  }, address);
  expect(missing).toEqual({ status: "missing_requirements", unverified: ["email_address"] });

  const code = await site.codeFor(address);
  const signedUp = await page.evaluate(async (code) => {
    const signUp = await window.Clerk.client.signUp.attemptEmailAddressVerification({ code });
    await window.Clerk.setActive({ session: signUp.createdSessionId });
    return { status: signUp.status, email: window.Clerk.user.primaryEmailAddress.emailAddress, name: window.Clerk.user.fullName };
  }, code);
  expect(signedUp).toEqual({ status: "complete", email: address, name: "Grace Hopper" });

  await signOut(page);

  const wrong = await page.evaluate(async (identifier) => {
    try {
      await window.Clerk.client.signIn.create({ identifier, password: "not the password" });
      return "accepted";
    } catch (error) {
      return error.errors[0].code;
    }
  }, address);
  expect(wrong).toBe("form_password_incorrect");

  const signedIn = await page.evaluate(async (identifier) => {
    const signIn = await window.Clerk.client.signIn.create({ identifier, password: "a password nobody has" });
    await window.Clerk.setActive({ session: signIn.createdSessionId });
    const token = await window.Clerk.session.getToken();
    return { status: signIn.status, token, user: window.Clerk.user.id };
  }, address);
  expect(signedIn.status).toBe("complete");
  const claims = decodeJwt(signedIn.token);
  expect(claims.sub).toBe(signedIn.user);
  expect(claims.iss).toBe(site.url);

  await page.reload();
  await load(page);
  expect(await page.evaluate(() => window.Clerk.user.id)).toBe(signedIn.user);

  await signOut(page);
});
