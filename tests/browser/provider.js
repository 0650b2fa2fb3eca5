// A real OpenID provider, and a site that has it in its settings as `custom_acme`.

import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort, startSite, test as base } from "./site.js";

const client = { client_id: "frontdesk", client_secret: "a secret of the provider" };

/** Whoever logs in there has an address; only these have told it their names too. */
const NAMES = { grace: { given_name: "Grace", family_name: "Hopper" } };

/** `test` with a provider for each worker, whose site is `site`. */
export const test = base.extend({
  acme: [
    async ({ engine, settings }, use) => {
      const port = await freePort();
      const issuer = `http://localhost:${port}`;
      const known = `[[providers]]\nid = "custom_acme"\nname = "Acme"\nissuer = "${issuer}"\nclient_id = "${client.client_id}"\nclient_secret = "${client.client_secret}"\n`;
      const site = await startSite(engine, `${settings}\n${known}`);
      const provider = new Provider(issuer, {
        clients: [{ ...client, redirect_uris: [`${site.url}/v1/oauth_callback/custom_acme`] }],
        claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
        conformIdTokenClaims: false,
        findAccount: (_, id) => ({
          accountId: id,
          claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, ...NAMES[id] }),
        }),
      });
      const server = createServer(provider.callback()).listen(port, "127.0.0.1");
      await use({ site, issuer });
      server.closeAllConnections();
      server.close();
      await site.stop();
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
