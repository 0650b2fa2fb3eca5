// The npm package as others take it: by its manifest, its types, and a bundler.

import { execFileSync } from "node:child_process";
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
