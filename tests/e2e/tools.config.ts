import { defineConfig } from "@playwright/test";
import { browser } from "./lib/browser.ts";

/** What is looked at or written down rather than asserted: screenshots and measurements. */
export default defineConfig({
  testDir: "tools",
  outputDir: "test-results",
  globalSetup: "./lib/setup.ts",
  workers: 1,
  retries: 0,
  timeout: 600_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: browser,
});
