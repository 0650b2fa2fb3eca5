// Signing in and up by a real OpenID provider, with real redirects.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { agree, refuse, test as base } from "./provider.js";
import { expect, freePort } from "./site.js";

const dist = join(import.meta.dirname, "node_modules/@clerk/clerk-js/dist");

/** An app on an origin of its own beside the site. */
const test = base.extend({
  app: async ({ site }, use) => {
    const app = await pages(site);
    await use(app.url);
    app.server.closeAllConnections();
    app.server.close();
  },
});

/** The app of the site, with the published client in every page: redirects lead to real pages alone. */
async function pages(site) {
  const key = `pk_live_${Buffer.from("frontdesk.example$").toString("base64")}`;
  const html = `<!doctype html><title>App</title><script src="/clerk/clerk.browser.js" data-clerk-publishable-key="${key}" data-clerk-proxy-url="${site.url}"></script>`;
  const port = await freePort();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const isScript = pathname.startsWith("/clerk/");
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(isScript ? readFileSync(join(dist, basename(pathname))) : html);
  });
  server.listen(port, "127.0.0.1");
  return { server, url: `http://localhost:${port}` };
}

/** Opens the app. */
async function open(page, app) {
  // The provider's own pages want a font from far away.
  await page.route("https://fonts.googleapis.com/**", (route) => route.abort());
  await page.goto(`${app}/start`);
  await load(page);
}

const load = (page) => page.evaluate(() => window.Clerk.load({ telemetry: false }));

/** Leaves for the provider. */
const leave = (page) =>
  page.evaluate(() =>
    void window.Clerk.client.signIn.authenticateWithRedirect({
      strategy: "oauth_custom_acme",
      redirectUrl: "/back",
      redirectUrlComplete: "/done",
    }),
  );

test("somebody new signs up through a provider, and signs in again by it", async ({ page, acme, app }) => {
  await open(page, app);
  await leave(page);
  await agree(page, acme, "grace");
  await page.waitForURL(`${app}/back**`);
  await load(page);
  const done = page.waitForURL(`${app}/done`);
  await page.evaluate(() => void window.Clerk.handleRedirectCallback({ signUpForceRedirectUrl: "/done", signInForceRedirectUrl: "/done" }));
  await done;
  await load(page);
  const user = await page.evaluate(() => ({
    id: window.Clerk.user.id,
    email: window.Clerk.user.primaryEmailAddress.emailAddress,
    name: window.Clerk.user.fullName,
    accounts: window.Clerk.user.verifiedExternalAccounts.map((account) => account.providerUserId),
  }));
  expect(user).toMatchObject({ email: "grace@example.com", name: "Grace Hopper", accounts: ["grace"] });

  const left = page.waitForEvent("load");
  await page.evaluate(() => void window.Clerk.signOut({ redirectUrl: "/start" }));
  await left;
  await load(page);
  expect(await page.evaluate(() => window.Clerk.user)).toBeNull();
  await leave(page);
  // The provider knows them still, so it asks nothing, and nothing is left to do here.
  await page.waitForURL(`${app}/done`);
  await load(page);
  expect(await page.evaluate(() => window.Clerk.user.id)).toBe(user.id);
});

test("whoever says no at the provider comes back signed out", async ({ page, acme, app }) => {
  await open(page, app);
  await leave(page);
  await refuse(page, acme);
  await page.waitForURL(`${app}/back**`);
  await load(page);
  const verification = await page.evaluate(() => {
    const { status, error } = window.Clerk.client.signIn.firstFactorVerification;
    return { status, code: error.code };
  });
  expect(verification).toEqual({ status: "failed", code: "oauth_access_denied" });
});
