// A page with another product's client and prebuilt components on it, and a person who uses them.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";
import { expect, freePort, freshEmail, test } from "./site.js";
import { ask } from "./ui.js";

const packages = join(import.meta.dirname, "node_modules/@clerk");
const folders = ["ui/dist", "clerk-js/dist"].map((folder) => join(packages, folder));
const key = `pk_live_${Buffer.from("frontdesk.example$").toString("base64")}`;

/**
 * Runs in the page: mounts the component of its path, e.g. `/app/sign-in`; at home it says who is signed in.
 * `?combined` is an app whose sign-in signs up as well.
 */
async function start() {
  await window.Clerk.load({
    telemetry: false,
    ui: { ClerkUI: window.__internal_ClerkUICtor },
    signInUrl: "/app/sign-in",
    signUpUrl: new URLSearchParams(location.search).has("combined") ? undefined : "/app/sign-up",
    signInForceRedirectUrl: "/app",
    signUpForceRedirectUrl: "/app",
    afterSignOutUrl: "/app",
  });
  const here = document.getElementById("here");
  const name = location.pathname.split("/")[2]?.replace(/(^|-)[a-z]/g, (first) => first.at(-1).toUpperCase());
  if (name) window.Clerk[`mount${name}`](here);
  else here.textContent = window.Clerk.user?.primaryEmailAddress.emailAddress ?? "nobody";
}

const html = (site) => `<!doctype html>
<html lang="en">
<title>App</title>
<div id="here"></div>
<script src="/clerk/ui.browser.js"></script>
<script src="/clerk/clerk.browser.js" data-clerk-publishable-key="${key}" data-clerk-proxy-url="${site.url}"></script>
<script>(${start})()</script>
</html>`;

const SCRIPT = "text/javascript";
const PAGE = "text/html; charset=utf-8";

/** What is at `path` of the app: its pages, and the scripts as they are published. */
function content(site, path) {
  if (!path.startsWith("/clerk/")) return { contentType: PAGE, body: html(site) };
  const file = folders.map((folder) => join(folder, basename(path))).find((file) => existsSync(file));
  return file ? { contentType: SCRIPT, body: readFileSync(file) } : { status: 404 };
}

/** Opens `path`, `/app` or a page below it, with everything loaded as script tags would, from our server alone. */
export async function open(page, site, path) {
  await keepTo(page, [site.url]);
  for (const paths of ["/clerk/*", "/app**"]) {
    await page.route(`${site.url}${paths}`, (route) => route.fulfill(content(site, new URL(route.request().url()).pathname)));
  }
  await page.goto(`${site.url}${path}`);
}

/** Lets the page load from `origins` alone. */
export const keepTo = (page, origins) =>
  page.route(
    (url) => !origins.includes(url.origin),
    (route) => route.abort(),
  );

/** The same app on an origin of its own: redirects lead to real pages alone. */
export async function serve(site) {
  const port = await freePort();
  const server = createServer((request, response) => {
    const { status, contentType, body } = content(site, new URL(request.url, "http://localhost").pathname);
    response.writeHead(status ?? 200, contentType && { "content-type": contentType });
    response.end(body);
  });
  server.listen(port, "127.0.0.1");
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://localhost:${port}`, stop };
}

/** `base` with such an app, which links lead to. */
export const withApp = (base) =>
  base.extend({
    app: async ({ context, site }, use) => {
      const app = await serve(site);
      await keepTo(context, [app.url, site.url]);
      await use(app);
      app.stop();
    },
  });

/** The row of a list with this text. */
export const row = (page, text) => page.locator(".cl-profileSectionItem, tr").filter({ hasText: text });

/** A picture of one pixel. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Waits until nothing moves but what never ends. */
const STILL = async () => {
  const ends = (it) => it.effect?.getTiming().iterations !== Infinity;
  await Promise.allSettled(document.getAnimations().filter(ends).map((it) => it.finished));
};

/** What a person can do, each a word and what it is done to. */
const deeds = {
  go: (page, site, path) => page.goto(`${site.url}${path}`),
  reload: (page) => page.reload(),
  fill: (page, _, [label, value]) => page.getByLabel(label, { exact: true }).fill(value),
  has: (page, _, [label, value]) => expect(page.getByLabel(label, { exact: true })).toHaveValue(value),
  // Into the field that has the focus.
  type: (page, _, text) => page.keyboard.type(text),
  // The button that opened a form may still be fading away, and be called like the form's own; and what moves between the
  // press and the release is not pressed.
  press: async (page, _, name) => {
    const button = page.getByRole("button", { name, exact: true });
    await expect(button).toHaveCount(1);
    await page.evaluate(STILL);
    await button.click();
  },
  // By a form of the app's own.
  begin: (page, _, fields) => page.evaluate(async (fields) => void (await window.Clerk.client.signUp.create(fields)), fields),
  leave: async (page) => {
    await page.evaluate(() => window.Clerk.signOut({ redirectUrl: "/app" }));
    await expect(page.locator("#here")).toHaveText("nobody");
  },
  // Some links are texts that can be pressed.
  touch: (page, _, text) => page.getByText(text, { exact: true }).click(),
  // Drawn anew just then, a box forgets that it was pressed; who sees that presses again.
  check: (page, _, label) => expect(() => page.getByLabel(label).check({ timeout: 3_000 })).toPass({ timeout: 15_000 }),
  // Until a text is gone: what still moves into its place may miss a press.
  away: (page, _, [name, text]) =>
    expect(async () => {
      const button = page.getByRole("button", { name, exact: true });
      if (await button.count()) await button.click({ timeout: 3_000 });
      await expect(page.getByText(text)).toHaveCount(0, { timeout: 3_000 });
    }).toPass({ timeout: 20_000 }),
  tab: (page, _, name) => page.getByRole("tab", { name }).click(),
  // From the menu of the row with a text.
  choose: async (page, site, [text, name]) => {
    await row(page, text).getByRole("button", { name: "Open menu" }).click();
    await deeds.item(page, site, name);
  },
  item: (page, _, name) => page.getByRole("menuitem", { name, exact: true }).click(),
  // The one before may still be fading away.
  upload: (page) => page.locator("input[type=file]").last().setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: DOT }),
  follow: (page, _, name) => page.getByRole("link", { name, exact: true }).click(),
  code: (page, _, value) => page.getByLabel("Enter verification code").fill(value),
  // Some texts are there a second time, for screen readers.
  // Waited for, not expected: expecting looks once a second, and what is there for two may be missed.
  sees: (page, _, text) => page.getByText(text).last().waitFor({ timeout: 15_000 }),
  lacks: (page, _, text) => expect(page.getByText(text)).toHaveCount(0),
  isIn: (page, _, organization) => expect.poll(() => page.evaluate(() => window.Clerk.organization?.name ?? "none")).toBe(organization),
  isHome: async (page, site, who) => {
    await expect(page.locator("#here")).toHaveText(who);
    expect(page.url()).toBe(`${site.url}/app`);
  },
};

/** Somebody new with a password, who is signed in to the browser of `page`. */
export async function newcomer(page, site, more = {}) {
  const person = { email: freshEmail(), password: "a password nobody has" };
  await page.goto(`${site.url}/readyz`);
  const { id } = await ask(page, "client/sign_ups", { email_address: person.email, password: person.password, ...more });
  await ask(page, `client/sign_ups/${id}/prepare_verification`, { strategy: "email_code" });
  const code = await site.codeFor(person.email);
  await ask(page, `client/sign_ups/${id}/attempt_verification`, { strategy: "email_code", code });
  return person;
}

/** Signs everybody out of the browser of `page`. */
export const signOut = (page) => ask(page, "client/sessions?_method=DELETE");

/** Does `walk`, e.g. `[{ press: "Continue" }]`, one after the other; a function is asked for its value when its turn comes. */
export async function take(page, site, walk) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [word, value] of walk.flatMap(Object.entries)) {
    await test.step(`${word} ${value}`, async () => deeds[word](page, site, typeof value === "function" ? await value(site) : value));
  }
}
