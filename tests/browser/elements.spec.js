// The elements as a page uses them: overrides, events, moves, many at once, and what is left when they are gone.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ADA, expect, openHost, test } from "./site.js";
import { component, mouse, signIn } from "./ui.js";

const elements = process.env.FRONTDESK_ELEMENTS ?? join(import.meta.dirname, "../../dist/elements");

for (const shadow of ["", "shadow"]) {
  const where = shadow ? "shadow" : "light";

  test(`a page's words, colours, variables and classes win, in ${where} DOM`, async ({ page, site }) => {
    await openHost(page, site, "<div></div>");
    await page.evaluate(async (shadow) => {
      const { mountSignIn } = await import("/elements/index.js");
      const rules = new CSSStyleSheet();
      rules.replaceSync('[part~="title"]{letter-spacing:7px} .mine{text-transform:uppercase} frontdesk-x{} ::part(title){letter-spacing:7px}');
      document.adoptedStyleSheets.push(rules);
      globalThis.handle = mountSignIn(document.querySelector("div"), {
        shadow: Boolean(shadow),
        appearance: { variables: { "--fd-radius": "3px" }, elements: { submit: "mine" }, theme: "almanac", colorScheme: "dark" },
        localization: { locale: "fr", messages: { "sign-in-title": "Bonjour { $application } !" } },
      });
      await globalThis.handle.ready;
    }, shadow);
    const part = (name) => page.locator(`div [part~="${name}"]`);
    await expect(part("title")).toHaveText(/^Bonjour .Frontdesk. !$/);
    await expect(part("title")).toHaveCSS("letter-spacing", "7px");
    await expect(part("root")).toHaveAttribute("lang", "fr");
    await expect(part("root")).toHaveAttribute("data-theme", "almanac");
    await expect(part("submit")).toHaveClass(/\bmine\b/);
    expect(await part("root").evaluate((root) => getComputedStyle(root).getPropertyValue("--fd-radius"))).toBe("3px");
    await part("input").first().fill("ada@");
    await page.evaluate(() => globalThis.handle.update({ localization: { locale: "ar" }, appearance: {} }));
    await expect(part("root")).toHaveAttribute("dir", "rtl");
    await expect(part("input").first()).toHaveValue("ada@");
    await page.evaluate(() => globalThis.handle.unmount());
    await expect(part("root")).toHaveCount(0);
  });
}

test("events tell what happened, and a page that goes elsewhere stops ours from going", async ({ page, site }) => {
  await openHost(page, site, '<frontdesk-sign-in after-sign-in-url="/never"></frontdesk-sign-in>');
  await page.evaluate(() => {
    document.addEventListener("signedin", (event) => {
      event.preventDefault();
      document.title = `${event.type} ${event.target.localName}`;
    });
  });
  await signIn(page, mouse, ADA);
  await expect(page).toHaveTitle("signedin frontdesk-sign-in");
  expect(page.url()).toBe(`${site.url}/host`);
});

test("an element that is moved loses nothing that was typed", async ({ page, site }) => {
  await openHost(page, site, "<frontdesk-sign-in></frontdesk-sign-in><section></section>");
  const card = component(page, "frontdesk-sign-in");
  await card.field("identifier").fill("ada@");
  await page.evaluate(() => document.querySelector("section").append(document.querySelector("frontdesk-sign-in")));
  await expect(page.locator("section frontdesk-sign-in input[name=identifier]")).toHaveValue("ada@");
});

test("nothing on the page moves when a component is drawn", async ({ page, site }) => {
  await page.addInitScript(() => {
    globalThis.shift = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        const where = ({ node, previousRect, currentRect }) => `${node?.outerHTML?.slice(0, 80)} ${JSON.stringify([previousRect, currentRect])}`;
        globalThis.shift.push(`${entry.value} ${entry.sources.map(where).join("; ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const kind of ["sign-in", "sign-up"]) {
    await openHost(page, site, `<frontdesk-${kind}></frontdesk-${kind}><p>After</p>`, { path: `/${kind}-host` });
    await expect(component(page, `frontdesk-${kind}`).submit).toBeVisible();
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => globalThis.shift), kind).toEqual([]);
  }
});

test("several components share one module, and two hundred leave nothing behind", async ({ page, site }) => {
  let modules = 0;
  page.on("request", (request) => (modules += request.url().endsWith("core_bg.wasm") ? 1 : 0));
  await openHost(page, site, "<div></div>");
  const session = await page.context().newCDPSession(page);
  const count = async () => {
    await session.send("HeapProfiler.collectGarbage");
    const { nodes, jsEventListeners } = await session.send("Memory.getDOMCounters");
    return { nodes, jsEventListeners };
  };
  const cycle = (times) =>
    page.evaluate(async (times) => {
      const frontdesk = await import("/elements/index.js");
      for (let turn = 0; turn < times; turn += 1) {
        const hosts = [frontdesk.mountSignIn, frontdesk.mountSignUp].map((mount) => {
          const host = document.createElement("div");
          document.body.append(host);
          return { host, handle: mount(host) };
        });
        await Promise.all(hosts.map(({ handle }) => handle.ready));
        for (const { host, handle } of hosts) {
          handle.unmount();
          host.remove();
        }
      }
    }, times);
  await cycle(10);
  const before = await count();
  await cycle(100);
  const after = await count();
  expect(modules).toBe(1);
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(50);
});

test("the package can be imported where there is no page", () => {
  const program = `const it = await import(${JSON.stringify(join(elements, "index.js"))}); await import(${JSON.stringify(join(elements, "define.js"))}); console.log(typeof it.mountSignIn, typeof globalThis.document)`;
  expect(execFileSync("node", ["--input-type=module", "--eval", program], { encoding: "utf8" }).trim()).toBe("function undefined");
});
