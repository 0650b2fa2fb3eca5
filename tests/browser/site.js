// A running site: the server on a store of its own, a host page to mount on, and the mailbox.

import { test as base, expect } from "@playwright/test";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const binary = process.env.FRONTDESK_SERVER ?? join(root, "target/debug/frontdesk");
const elements = process.env.FRONTDESK_ELEMENTS ?? join(root, "dist/elements");

/** The policy that a host needs, and no more. */
export const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";

export const ADA = { email: "ada@example.com", password: "correct horse battery staple" };

/** A port that nobody listens on. */
export async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts a server; `settings` is the text of its frontdesk.toml, `more` are further arguments. */
export async function startSite(engine, settings = "", more = []) {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let database = `sqlite:${join(folder, "frontdesk.sqlite")}`;
  if (engine === "postgres") {
    const name = `browser_${port}_${Date.now()}`;
    const admin = process.env.FRONTDESK_TEST_POSTGRES;
    execFileSync("psql", [admin, "-qc", `create database ${name}`]);
    const address = new URL(admin);
    address.pathname = `/${name}`;
    database = address.href;
  }
  const config = join(folder, "frontdesk.toml");
  writeFileSync(config, settings);
  const args = ["serve", "--development", "--seed", "--listen", `127.0.0.1:${port}`, "--public-url", url];
  args.push("--database", database, "--config", config, "--elements-dir", elements, "--demo-dir", join(root, "demo"), ...more);
  const server = spawn(binary, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  server.stdout.on("data", (text) => (log += text));
  server.stderr.on("data", (text) => (log += text));
  const ended = new Promise((done) => server.once("exit", done));
  await ready(url, server, () => log);
  return {
    url,
    folder,
    database,
    log: () => log,
    mailbox: () => fetch(`${url}/dev/mailbox.json`).then((answer) => answer.json()),
    /** The newest code that was sent to `address` after `since` mails. */
    async codeFor(address, since = 0) {
      for (let turn = 0; turn < 100; turn += 1) {
        const mails = (await this.mailbox()).filter((mail) => mail.to === address);
        if (mails.length > since && mails[0].code) return mails[0].code;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(`no code for ${address}\n${log}`);
    },
    async stop() {
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url, server, log) {
  for (let turn = 0; turn < 200; turn += 1) {
    if (server.exitCode !== null) throw new Error(`the server did not start:\n${log()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`the server is not ready:\n${log()}`);
}

/** Makes every session an hour old. */
export function age(site) {
  const sql = "UPDATE sessions SET first_factor_at = first_factor_at - 3600000, second_factor_at = second_factor_at - 3600000";
  const program = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1], timeout=10) as database:\n    database.execute(sys.argv[2])";
  execFileSync("python3", ["-c", program, site.database.replace("sqlite:", ""), sql]);
}

/** Messages of one language that are plain text, by id. */
export function messages(locale) {
  const text = readFileSync(join(root, `locales/${locale}.ftl`), "utf8");
  return Object.fromEntries([...text.matchAll(/^([a-z0-9-]+) = (.+)$/gm)].map((match) => [match[1], match[2]]));
}

/**
 * Opens a page of the site's own origin that holds `html`, under the policy a host needs.
 * `define.js` is its only script, as in the README; `lang` and `dir` are the page's.
 */
export async function openHost(page, site, html, { lang = "en", dir = "ltr", path = "/host", title = "Host" } = {}) {
  await page.route(`${site.url}${path}*`, (route) =>
    route.fulfill({
      contentType: "text/html; charset=utf-8",
      headers: { "content-security-policy": CSP },
      body: `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${title}</title><script type="module" blocking="render" src="/elements/define.js"></script></head><body><main>${html}</main></body></html>`,
    }),
  );
  await page.goto(`${site.url}${path}`);
}

/** `test` with a site for each worker, and no policy violation or page error forgiven. */
export const test = base.extend({
  engine: ["sqlite", { option: true, scope: "worker" }],
  settings: ["", { option: true, scope: "worker" }],
  site: [
    async ({ engine, settings }, use) => {
      const site = await startSite(engine, settings);
      await use(site);
      await site.stop();
    },
    { scope: "worker" },
  ],
  faults: [
    async ({ context }, use) => {
      const faults = [];
      await context.exposeBinding("reportViolation", (_, text) => faults.push(text));
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) =>
          globalThis.reportViolation(`${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`),
        );
      });
      context.on("weberror", (error) => faults.push(String(error.error())));
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

let count = 0;

/** An address nobody had before. */
export const freshEmail = (name = "grace") => `${name}.${Date.now().toString(36)}${process.pid}${(count += 1)}@example.com`;
