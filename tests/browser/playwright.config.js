// Every spec runs against the real server; the projects are the engines it stores in.

import { defineConfig } from "@playwright/test";

const launchOptions = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const projects = [{ name: "sqlite", use: { engine: "sqlite" } }];
if (process.env.FRONTDESK_TEST_POSTGRES) {
  // What does not depend on the store is seen once.
  projects.push({
    name: "postgres",
    use: { engine: "postgres" },
    testMatch: /(walk|mishaps|clerk-js|token|webhooks)\.spec\.js/,
  });
}

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.js",
  outputDir: "../../test-results",
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  retries: 0,
  reporter: [["list"], ["./seen.js"]],
  use: {
    browserName: "chromium",
    launchOptions,
    // It takes a third of the time, to be thrown away where nothing fails; `TRACE=on` keeps it.
    trace: process.env.TRACE ?? "off",
    viewport: { width: 1280, height: 900 },
  },
  projects,
});
