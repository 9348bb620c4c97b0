// How long somebody on a slow connection waits for the first post: Lighthouse's "slow 4G" and a slow processor.
// Writes docs/measurements/first-feed.md. Meant for a release build on a machine that does nothing else.

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { newContext, signIn, test } from "../lib/test.ts";

const rounds = 5;
const network = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const slowdown = 4;

/** Milliseconds from the navigation until the first article of the feed is in the page. */
async function firstArticle(context: BrowserContext): Promise<number> {
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
  const cold: number[] = [];
  const warm: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await newContext(browser, house.url, breaches);
    await signIn(context, "claudia.jansen");
    cold.push(await firstArticle(context));
    warm.push(await firstArticle(context));
    await context.close();
  }
  const line = (name: string, times: number[]) => `| ${name} | ${median(times)} ms | ${Math.min(...times)} to ${Math.max(...times)} ms |`;
  const text = `# Time to the first post

From the navigation to the first article of the home feed, somebody who is signed in, demo data, Chromium with
Lighthouse's slow 4G (150 ms round trip, 1.6 Mbit/s down, 750 kbit/s up) and a processor ${slowdown} times slower;
${rounds} rounds, ${cpus().length} cores. Measured by \`npm run measure\` in \`tests/e2e\`.

| | Median | Range |
| --- | --- | --- |
${line("Cold, nothing cached", cold)}
${line("Warm, files cached", warm)}
`;
  console.log(text);
  const folder = join(resolve(import.meta.dirname, "../../.."), "docs/measurements");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "first-feed.md"), text);
});
