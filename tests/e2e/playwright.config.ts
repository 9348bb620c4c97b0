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
  // Generous, because a busy machine is no fault; what never comes is still found.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: process.env.CI ? [["list"]] : [["list", { printSteps: false }]],
  use: { ...browser, trace: "off", screenshot: "off" },
});
