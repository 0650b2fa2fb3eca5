// The npm package as others take it: by its manifest, its types, and a bundler.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build } from "vite";
import { CSP, expect, test } from "./site.js";

const elements = process.env.FRONTDESK_ELEMENTS ?? join(import.meta.dirname, "../../dist/elements");
const manifest = JSON.parse(readFileSync(join(elements, "package.json"), "utf8"));
const program = (name) => {
  const require = createRequire(import.meta.url);
  const file = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(file, "utf8"));
  return join(file, "..", typeof bin === "string" ? bin : Object.values(bin)[0]);
};

/** What apps ask of the package; it is compiled, and never run. */
const APP = `
import { createFrontdesk, type Environment, type ErrorDetail, type FrontdeskAttributes, type User } from "@frontdesk/elements";
import "@frontdesk/elements/define";

const frontdesk = createFrontdesk();
export const names = ({ username, phone_numbers, external_accounts }: User): (string | null)[] =>
  [username, ...phone_numbers.map((it) => it.phone_number), ...external_accounts.map((it) => it.provider)];
export const title = (environment: Environment): string => environment.display_config.application_name;
export const hasTask = (): boolean => frontdesk.session?.tasks.some((it) => it.key === "setup-mfa") ?? false;
export const template: Promise<string | null> = frontdesk.getToken({ template: "hasura" });
export const attributes: FrontdeskAttributes = { style: { color: "red" }, onerror: (event) => console.log(event.detail.code) };

const element = document.querySelector("frontdesk-sign-in")!;
const failed = (event: CustomEvent<ErrorDetail>) => console.log(event.detail.message);
element.addEventListener("error", (event) => console.log(event.detail.code === "load_failed"));
element.addEventListener("error", failed);
element.removeEventListener("error", failed);
element.addEventListener("signedin", (event) => event.preventDefault());
element.addEventListener("click", (event) => event.clientX);

// @ts-expect-error: what is not sent is not there.
frontdesk.user?.nickname;
`;

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: elements, pack: false });
  expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
});

test("the types are right for everybody who can import an ES module", () => {
  const output = execFileSync("node", [program("@arethetypeswrong/cli"), "--pack", elements, "--profile", "esm-only", "--entrypoints", ".", "define", "messages.js", "--format", "ascii", "--no-emoji"], {
    encoding: "utf8",
  });
  expect(output.match(/node16 \(from ESM\): OK/g)).toHaveLength(3);
  expect(output.match(/bundler: OK/g)).toHaveLength(3);
});

test("an app that reads what the server sends passes the strictest TypeScript", () => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-types-"));
  try {
    mkdirSync(join(folder, "node_modules/@frontdesk"), { recursive: true });
    symlinkSync(elements, join(folder, "node_modules/@frontdesk/elements"));
    writeFileSync(join(folder, "app.ts"), APP);
    const options = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"];
    const run = spawnSync("node", [program("typescript"), ...options, "app.ts"], { cwd: folder, encoding: "utf8" });
    expect(run.stdout).toBe("");
    expect(run.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a page that Vite built shows a component under the policy of its host", async ({ page, site }) => {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-vite-"));
  try {
    mkdirSync(join(folder, "node_modules/@frontdesk"), { recursive: true });
    symlinkSync(elements, join(folder, "node_modules/@frontdesk/elements"));
    writeFileSync(join(folder, "index.html"), '<!doctype html><html lang="fr"><title>Vite</title><script type="module" src="/main.js"></script><frontdesk-sign-in></frontdesk-sign-in>');
    writeFileSync(join(folder, "main.js"), `import "@frontdesk/elements/define";\nimport { configure } from "@frontdesk/elements";\nconfigure({ api: location.origin });\n`);
    await build({ root: folder, logLevel: "error", base: "/built/", build: { target: "es2022", outDir: "dist", assetsInlineLimit: 0 } });
    await page.route(`${site.url}/built/**`, (route) => {
      const path = new URL(route.request().url()).pathname.replace("/built/", "") || "index.html";
      return route.fulfill({ path: join(folder, "dist", path), headers: { "content-security-policy": CSP, "content-type": kind(path) } });
    });
    await page.goto(`${site.url}/built/`);
    await expect(page.locator('frontdesk-sign-in input[name="identifier"]')).toBeVisible();
    await expect(page.locator("frontdesk-sign-in .fd-root")).toHaveAttribute("lang", "fr");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const kind = (path) =>
  ({ html: "text/html", js: "text/javascript", css: "text/css", wasm: "application/wasm", txt: "text/plain" })[path.split(".").at(-1)];
