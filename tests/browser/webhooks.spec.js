// Webhooks as the app's server sees them, through the published libraries.

import { createServer } from "node:http";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { test } from "./admin.js";
import { ADA, expect, freePort, freshEmail } from "./site.js";

// The 24 bytes "a secret of 24 bytes ...".
const TEXTS_SECRET = "whsec_YSBzZWNyZXQgb2YgMjQgYnl0ZXMgLi4u";

const port = await freePort();

test.use({
  settings: `
[phone_number]
enabled = true
[texts]
webhook_url = "http://127.0.0.1:${port}/texts"
webhook_secret = "${TEXTS_SECRET}"
`,
});

/** Takes what is posted, and hands it on. */
function listen(port) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    seen.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
  const next = async (find) => {
    for (let turn = 0; turn < 200; turn += 1) {
      const found = seen.find(find);
      if (found) return found;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`nothing came: ${JSON.stringify(seen)}`);
  };
  return new Promise((done) => server.listen(port, "127.0.0.1", () => done({ next, seen, close: () => server.close() })));
}

/** The headers of one family, and no other's. */
const only = (headers, family) => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(`${family}-`)));

test("events are accepted by the published libraries, changed ones and other secrets are not", async ({ site }) => {
  const port = await freePort();
  const server = await listen(port);
  const hook = await site.admin("webhooks", { url: `http://127.0.0.1:${port}/`, events: ["user.*"] });
  const email = freshEmail();
  await site.admin("users", { email_address: [email] });
  const { headers, body } = await server.next(() => true);
  for (const [Library, family] of [
    [StandardWebhook, "webhook"],
    [SvixWebhook, "webhook"],
    [SvixWebhook, "svix"],
  ]) {
    const signed = only(headers, family);
    expect(Object.keys(signed)).toHaveLength(3);
    // One of them answers with the event, the other with nothing where it is right.
    const event = new Library(hook.secret).verify(body, signed) ?? JSON.parse(body);
    expect(event.type).toBe("user.created");
    expect(event.data.email_addresses[0].email_address).toBe(email);
    const refused = (secret, text, given) => expect(() => new Library(secret).verify(text, given)).toThrow();
    refused(hook.secret, body.replace(email, "eve@example.com"), signed);
    refused(TEXTS_SECRET, body, signed);
    refused(hook.secret, body, { ...signed, [`${family}-id`]: "evt_another" });
    refused(hook.secret, body, { ...signed, [`${family}-timestamp`]: String(Number(signed[`${family}-timestamp`]) - 600) });
  }
  const rotated = await site.admin(`webhooks/${hook.id}/rotate_secret`, {});
  const sent = await site.admin(`webhooks/${hook.id}/test`, {});
  const later = await server.next((it) => it.headers["webhook-id"] === sent.event_id);
  for (const secret of [hook.secret, rotated.secret]) {
    for (const Library of [StandardWebhook, SvixWebhook]) new Library(secret).verify(later.body, later.headers);
    expect(JSON.parse(later.body).type).toBe("webhook.test");
  }
  server.close();
});

test("texts are signed in the same way", async ({ site }) => {
  const server = await listen(port);
  const post = (path, form, cookie = "") =>
    fetch(`${site.url}${path}`, { method: "POST", headers: { origin: site.url, cookie }, body: new URLSearchParams(form) });
  const answer = await post("/v1/client/sign_ins", { identifier: ADA.email, password: ADA.password, strategy: "password" });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const added = await (await post("/v1/me/phone_numbers", { phone_number: "+14155557001" }, cookie)).json();
  const id = added.response.id;
  expect((await post(`/v1/me/phone_numbers/${id}/prepare_verification`, { strategy: "phone_code" }, cookie)).ok).toBe(true);
  const { headers, body } = await server.next((it) => it.path === "/texts");
  for (const Library of [StandardWebhook, SvixWebhook]) {
    new Library(TEXTS_SECRET).verify(body, headers);
    expect(JSON.parse(body).to).toBe("+14155557001");
    expect(() => new Library(TEXTS_SECRET).verify(body.replace("7001", "7002"), headers)).toThrow();
  }
  server.close();
});
