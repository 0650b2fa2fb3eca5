// Signing in and up by a real OpenID provider, with real redirects.

import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import Provider from "oidc-provider";
import { expect, freePort, startSite, test as base } from "./site.js";

const dist = join(import.meta.dirname, "node_modules/@clerk/clerk-js/dist");

/** A site, and a provider that it has in its settings as `custom_acme`. */
const test = base.extend({
  acme: async ({ engine }, use) => {
    const port = await freePort();
    const issuer = `http://localhost:${port}`;
    const client = { client_id: "frontdesk", client_secret: "a secret of the provider" };
    const settings = `[[providers]]\nid = "custom_acme"\nname = "Acme"\nissuer = "${issuer}"\nclient_id = "${client.client_id}"\nclient_secret = "${client.client_secret}"\n`;
    const site = await startSite(engine, settings);
    const provider = new Provider(issuer, {
      clients: [{ ...client, redirect_uris: [`${site.url}/v1/oauth_callback/custom_acme`] }],
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
      conformIdTokenClaims: false,
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, given_name: "Grace", family_name: "Hopper" }),
      }),
    });
    const servers = [createServer(provider.callback()).listen(port, "127.0.0.1")];
    const app = await pages(site);
    servers.push(app.server);
    await use({ site, issuer, app: app.url });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await site.stop();
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

test("somebody new signs up through a provider, and signs in again by it", async ({ page, acme }) => {
  const { issuer, app } = acme;
  await open(page, app);
  await leave(page);
  await page.waitForURL(`${issuer}/**`);
  await page.getByPlaceholder("Enter any login").fill("grace");
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button").click();
  await page.getByRole("button", { name: "Continue" }).click();
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

test("whoever says no at the provider comes back signed out", async ({ page, acme }) => {
  const { issuer, app } = acme;
  await open(page, app);
  await leave(page);
  await page.waitForURL(`${issuer}/**`);
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.waitForURL(`${app}/back**`);
  await load(page);
  const verification = await page.evaluate(() => {
    const { status, error } = window.Clerk.client.signIn.firstFactorVerification;
    return { status, code: error.code };
  });
  expect(verification).toEqual({ status: "failed", code: "oauth_access_denied" });
});
