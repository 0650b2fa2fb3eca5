// A site whose Admin API answers, and the links that it sends.

import { expect, startSite, test as base } from "./site.js";

const KEY = `sk_test_${"k".repeat(43)}`;

/** `test` whose `site` has `admin(path, body)`. */
export const test = base.extend({
  site: [
    async ({ engine, settings }, use) => {
      const site = await startSite(engine, settings, ["--secret-key", KEY]);
      site.admin = async (path, body) => {
        const answer = await fetch(`${site.url}/admin/v1/${path}`, {
          method: body ? "POST" : "GET",
          headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
          body: body && JSON.stringify(body),
        });
        const text = await answer.text();
        expect(answer.ok, text).toBe(true);
        return JSON.parse(text);
      };
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
});

/** The newest link that was sent to `address`. */
export async function newest(site, address) {
  for (let turn = 0; turn < 100; turn += 1) {
    const mail = (await site.mailbox()).find((mail) => mail.to === address && mail.link);
    if (mail) return mail.link;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no link for ${address}`);
}
