// How long somebody on a slow connection waits for the first post: Lighthouse's "slow 4G" with a processor as it is and a slow one.
// Writes docs/measurements/first-feed.md. Meant for a release build on a machine that does nothing else.

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { newContext, signIn, test } from "../lib/test.ts";

const rounds = 5;
const network = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const slowdowns = [1, 4];

/** Milliseconds from the navigation until the first article of the feed is in the page. */
async function firstArticle(context: BrowserContext, slowdown: number): Promise<number> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("[role=feed] article")) return;
      observer.disconnect();
      requestAnimationFrame(() => performance.mark("first-article"));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto("/", { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("first-article").length > 0);
  const time = await page.evaluate(() => performance.getEntriesByName("first-article")[0]?.startTime ?? 0);
  await page.close();
  return Math.round(time);
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

test("time to the first post on slow 4G", async ({ browser, house, breaches }) => {
  test.setTimeout(300_000);
  const lines: string[] = [];
  for (const slowdown of slowdowns) {
    const cold: number[] = [];
    const warm: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await newContext(browser, house.url, breaches);
      await signIn(context, "claudia.jansen");
      cold.push(await firstArticle(context, slowdown));
      warm.push(await firstArticle(context, slowdown));
      await context.close();
    }
    for (const [name, times] of [["Cold, nothing cached", cold], ["Warm, files cached", warm]] as const)
      lines.push(`| ${name} | ${slowdown} | ${median(times)} ms | ${Math.min(...times)} to ${Math.max(...times)} ms |`);
  }
  const text = `# Time to the first post

From the navigation to the first article of the home feed, somebody who is signed in, demo data, Chromium with
Lighthouse's slow 4G (150 ms round trip, 1.6 Mbit/s down, 750 kbit/s up), as fast as the processor is and slowed down;
${rounds} rounds. Server and browser share ${cpus().length} cores (${cpus()[0]?.model}), and nothing is drawn by a graphics
card. Measured by \`npm run measure\` in \`tests/e2e\` with a release build.

| Cache | Slowdown of the processor | Median | Range |
| --- | --- | --- | --- |
${lines.join("\n")}
`;
  console.log(text);
  const folder = join(resolve(import.meta.dirname, "../../.."), "docs/measurements");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "first-feed.md"), text);
});
