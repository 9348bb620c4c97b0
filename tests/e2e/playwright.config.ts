import { defineConfig } from "@playwright/test";
import { browser } from "./lib/browser.ts";

/** The journeys, and what must hold on every page. Each worker has a server and a bank of its own. */
export default defineConfig({
  testDir: "specs",
  outputDir: "test-results",
  globalSetup: "./lib/setup.ts",
  workers: 2,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["list"]] : [["list", { printSteps: false }]],
  use: { ...browser, trace: "off", screenshot: "off" },
});
