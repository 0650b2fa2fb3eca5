// A site, the real OpenID provider in its settings, and an app of another origin that mounts our elements.

import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort, startSite } from "./site.js";

const CLIENT = { client_id: "frontdesk", client_secret: "a secret of the provider" };

/**
 * Starts an OpenID provider that leads back to `redirects`; whoever signs in there with any name is Grace Hopper,
 * with the address of that name at example.com.
 */
export async function startProvider(port, redirects) {
  const issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: redirects }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, given_name: "Grace", family_name: "Hopper" }),
    }),
  });
  return listen(port, provider.callback());
}

/**
 * Starts a site with the provider as `custom_acme`, and an app whose `pages` are HTML by path. Redirects lead to
 * real pages alone, so these are, with the policy of a host whose Frontdesk is at another origin.
 */
export async function startAcme(engine, settings, pages) {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  const provider = `[[providers]]\nid = "custom_acme"\nname = "Acme"\nissuer = "${issuer}"\nclient_id = "${CLIENT.client_id}"\nclient_secret = "${CLIENT.client_secret}"\n`;
  const site = await startSite(engine, settings + provider);
  const closeProvider = await startProvider(port, [`${site.url}/v1/oauth_callback/custom_acme`]);
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
      closeProvider();
      await site.stop();
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
