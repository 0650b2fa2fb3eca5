// A real OpenID provider, a site that has it in its settings as `custom_acme`, and what people do there.

import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort, startSite, test as base } from "./site.js";

const CLIENT = { client_id: "frontdesk", client_secret: "a secret of the provider" };

const GRACE = { given_name: "Grace", family_name: "Hopper" };

/**
 * Starts an OpenID provider that leads back to `redirects`. Whoever signs in there has the address of their login at
 * example.com, and is called what `nameOf` says of it: Grace Hopper.
 */
export async function startProvider(port, redirects, nameOf = () => GRACE) {
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: redirects }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"], address: ["address"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, ...nameOf(id) }),
    }),
  });
  return listen(port, provider.callback());
}

/** Starts a site with the provider as `custom_acme`, which is trusted with addresses or not. */
async function startKnown(engine, settings, nameOf, isTrusted = true) {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const provider = `[[providers]]\nid = "custom_acme"\nname = "Acme"\ntrusted_email = ${isTrusted}\nissuer = "${issuer}"\nclient_id = "${CLIENT.client_id}"\nclient_secret = "${CLIENT.client_secret}"\n`;
  const site = await startSite(engine, `${settings}\n${provider}`);
  const close = await startProvider(port, [`${site.url}/v1/oauth_callback/custom_acme`], nameOf);
  return {
    site,
    issuer,
    async stop() {
      close();
      await site.stop();
    },
  };
}

/**
 * Starts a site with the provider as `custom_acme`, and an app whose `pages` are HTML by path. Redirects lead to
 * real pages alone, so these are, with the policy of a host whose Frontdesk is at another origin.
 */
export async function startAcme(engine, settings, pages, isTrusted) {
  const { site, issuer, stop } = await startKnown(engine, settings, undefined, isTrusted);
  const appPort = await freePort();
  const closeApp = await listen(appPort, (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader(
      "content-security-policy",
      `default-src 'none'; script-src ${site.url} 'wasm-unsafe-eval'; style-src ${site.url}; connect-src ${site.url}; img-src ${site.url} data:; base-uri 'none'; form-action 'self'`,
    );
    response.statusCode = pages[pathname] === undefined ? 404 : 200;
    response.end(
      `<!doctype html><html lang="en"><head><title>App</title><script type="module" src="${site.url}/elements/define.js"></script></head><body><main>${pages[pathname]?.(site.url) ?? ""}</main></body></html>`,
    );
  });
  return {
    site,
    issuer,
    app: `http://localhost:${appPort}`,
    async stop() {
      closeApp();
      await stop();
    },
  };
}

async function listen(port, handler) {
  const server = createServer(handler);
  await new Promise((done) => server.listen(port, "127.0.0.1", done));
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

/** `test` with a provider for each worker, whose site is `site`; only the login grace has told it her names. */
export const test = base.extend({
  acme: [
    async ({ engine, settings }, use) => {
      const known = await startKnown(engine, settings, (login) => (login === "grace" ? GRACE : {}));
      await use(known);
      await known.stop();
    },
    { scope: "worker" },
  ],
  site: [({ acme }, use) => use(acme.site), { scope: "worker" }],
});

/** Logs in at the provider as `login`, and says yes to what is asked there. */
export async function agree(page, { issuer }, login) {
  await page.waitForURL(`${issuer}/**`);
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button").click();
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Says no at the provider. */
export async function refuse(page, { issuer }) {
  await page.waitForURL(`${issuer}/**`);
  await page.getByRole("link", { name: "Cancel" }).click();
}
