// Other people's backends: the app in Rust whose page and API are protected, and the same in Node and Python.

import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ADA, expect, freePort, startSite, test as base } from "./site.js";
import { component } from "./ui.js";

const root = resolve(import.meta.dirname, "../..");
const KEY = `sk_test_${"k".repeat(43)}`;

/** Starts a program, and waits until `url` answers at all. */
async function start(program, args, url) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stdout.on("data", (text) => (log += text));
  child.stderr.on("data", (text) => (log += text));
  for (let turn = 0; turn < 200; turn += 1) {
    if (child.exitCode !== null) throw new Error(log);
    if (await fetch(url).then(() => true, () => false)) return { url, stop: () => child.kill() };
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`it does not answer:\n${log}`);
}

/** `test` with a server that lets the app's pages call and come back, and the app. */
const test = base.extend({
  site: [
    async ({ engine }, use) => {
      const url = `http://localhost:${await freePort()}`;
      const site = await startSite(engine, "", ["--secret-key", KEY, "--allowed-origin", url]);
      site.app = url;
      site.admin = async (path, body) => {
        const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
        const method = body ? "POST" : "GET";
        const answer = await fetch(`${site.url}/admin/v1/${path}`, { method, headers, body: body && JSON.stringify(body) });
        expect(answer.ok, path).toBe(true);
        return answer.json();
      };
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ site }, use) => {
      const program = process.env.FRONTDESK_APP ?? join(root, "target/debug/frontdesk-demo-app");
      const port = new URL(site.app).port;
      const args = ["--listen", `127.0.0.1:${port}`, "--public-url", site.app, "--accounts", site.url];
      const app = await start(program, args, site.app);
      await use(app);
      app.stop();
    },
    { scope: "worker" },
  ],
});

/** Signs Ada in over plain HTTP; a minter of tokens, perhaps in an organization. */
async function signIn(site) {
  const post = (path, form, cookie = "") =>
    fetch(`${site.url}${path}`, { method: "POST", headers: { origin: site.url, cookie }, body: new URLSearchParams(form) });
  const answer = await post("/v1/client/sign_ins", { identifier: ADA.email, password: ADA.password, strategy: "password" });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  const body = await answer.json();
  const session = body.response.created_session_id;
  const user = body.client.sessions[0].user.id;
  const mint = async () => (await (await post(`/v1/client/sessions/${session}/tokens`, {}, cookie)).json()).jwt;
  const enter = (id) => post(`/v1/client/sessions/${session}/touch`, { active_organization_id: id }, cookie);
  return { user, mint, enter };
}

let count = 0;

/** A token of an admin, whose role allows to read invoices. */
async function reader(site, browser) {
  await site.admin("permissions", { key: "org:invoices:read", name: "Read invoices" }).catch(() => {});
  const key = `org:reader${(count += 1)}`;
  await site.admin("roles", { key, name: "Reader", permissions: ["org:invoices:read"] });
  const organization = await site.admin("organizations", { name: "Lab", created_by: browser.user });
  const admins = await site.admin("roles");
  expect(admins.map((role) => role.key)).toContain(key);
  const [admin] = admins.filter((role) => role.key === "org:admin");
  await fetch(`${site.url}/admin/v1/roles/${admin.id}`, {
    method: "PATCH",
    headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
    body: JSON.stringify({ permissions: ["org:invoices:read"] }),
  });
  expect((await browser.enter(organization.id)).ok).toBe(true);
  return browser.mint();
}

const ask = (url, token, more = {}) => fetch(url, { redirect: "manual", headers: token ? { authorization: `Bearer ${token}` } : {}, ...more });

/** What every backend answers to strangers, to those who may and to those who may not. */
async function guards(site, url) {
  const browser = await signIn(site);
  const token = await browser.mint();
  const [header, claims] = token.split(".");
  const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${claims}.`;
  for (const bad of [null, "no token", unsigned, `${header}.${claims}.${"A".repeat(86)}`]) {
    expect((await ask(`${url}/api/me`, bad)).status, String(bad)).toBe(401);
    expect((await ask(`${url}/api/invoices`, bad)).status).toBe(401);
  }
  const me = await ask(`${url}/api/me`, token);
  expect([me.status, await me.text()]).toEqual([200, browser.user]);
  expect((await ask(`${url}/api/invoices`, token)).status).toBe(403);
  expect((await ask(`${url}/api/invoices`, await reader(site, browser))).status).toBe(200);
  const cookie = await fetch(`${url}/api/me`, { headers: { cookie: `a=b; __session=${token}` } });
  expect(cookie.status).toBe(200);
}

test("a page sends to sign in and back, and lets in whoever is signed in", async ({ page, site, app }) => {
  await page.goto(`${app.url}/reports?year=2026`);
  await expect(page).toHaveURL(`${site.url}/sign-in?redirect_url=${encodeURIComponent(`${app.url}/reports?year=2026`)}`);
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill(ADA.email);
  await card.submit.click();
  await card.field("password").fill(ADA.password);
  await card.submit.click();
  await expect(page).toHaveURL(`${app.url}/reports?year=2026`);
  await expect(page.locator("#user")).toHaveText(/^user_/);
  expect((await page.goto(`${app.url}/reports`)).status()).toBe(200);
  // The token of a minute ago is over: the page where people sign in mints another, and nobody has to do anything.
  await page.context().clearCookies({ name: "__session" });
  await page.goto(`${app.url}/reports`);
  await expect(page).toHaveURL(`${app.url}/reports`);
  await expect(page.locator("#user")).toHaveText(/^user_/);
});

test("an API in Rust tells strangers, those who may and those who may not apart", async ({ site, app }) => {
  await guards(site, app.url);
  const browser = await signIn(site);
  const token = await browser.mint();
  for (const stranger of [null, token]) expect((await ask(`${app.url}/api/audit`, stranger)).status).toBe(404);
  const pay = (token) => ask(`${app.url}/api/payouts`, token, { method: "POST" });
  expect((await pay(null)).status).toBe(401);
  expect((await pay(token)).status).toBe(200);
  expect((await ask(`${app.url}/reports`, null, { method: "POST" })).status).toBe(401);
});

for (const [name, program, args] of [
  ["Node", process.execPath, () => {
    // Its packages are the tests' own.
    const place = join(import.meta.dirname, "node_modules/.frontdesk-demo");
    mkdirSync(place, { recursive: true });
    copyFileSync(join(root, "demo/node/server.mjs"), join(place, "server.mjs"));
    return [join(place, "server.mjs")];
  }],
  ["Python", process.env.PYTHON ?? join(root, "target/pyjwt/bin/python"), () => [join(root, "demo/python/server.py")]],
]) {
  test(`a backend in ${name} does the same with a published library, and takes webhooks`, async ({ site }) => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const hook = await site.admin("webhooks", { url: `${url}/hooks`, events: ["user.created"] });
    const backend = await start(program, [...args(), site.url, String(port), hook.secret], `http://127.0.0.1:${port}/`);
    try {
      await guards(site, `http://127.0.0.1:${port}`);
      const sent = await site.admin(`webhooks/${hook.id}/test`, {});
      const delivery = `webhooks/${hook.id}/deliveries/${sent.event_id}`;
      await expect.poll(async () => (await site.admin(delivery)).status).toBe("delivered");
      expect((await site.admin(delivery)).attempts[0].answer).toBe("webhook.test");
      const forged = await fetch(`http://127.0.0.1:${port}/hooks`, {
        method: "POST",
        headers: { "webhook-id": sent.event_id, "webhook-timestamp": String(Math.floor(Date.now() / 1000)), "webhook-signature": "v1,AAAA" },
        body: "{}",
      });
      expect(forged.status).toBe(400);
    } finally {
      backend.stop();
    }
  });
}
