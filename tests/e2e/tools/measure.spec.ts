// How long somebody on a slow connection waits for the home feed: Lighthouse's "slow 4G" with a processor as it is and a slow one.
// Two moments count: the first post is drawn, to be read, scrolled and left by its links; and the client has taken the page over,
// so that everything answers at once. Writes docs/measurements/first-feed.md, above what was measured before. Meant for a release
// build on a machine that does nothing else.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import type { BrowserContext } from "@playwright/test";
import { newContext, signIn, test } from "../lib/test.ts";

const rounds = 5;
const network = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const slowdowns = [1, 4];

const moments = ["first-post", "client"] as const;
type Times = Record<(typeof moments)[number] | "kilobytes", number>;

/** Milliseconds from the navigation until the frame in which each moment is there; and what had come by the second. */
async function visit(context: BrowserContext, slowdown: number): Promise<Times> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(() => {
    const isThere = {
      "first-post": () => document.querySelector("[role=feed] article"),
      client: () => !document.querySelector("#first") && document.querySelector("#root [role=feed] article"),
    };
    const waiting = new Map(Object.entries(isThere));
    new MutationObserver((_, observer) => {
      for (const [name, arrived] of waiting) {
        if (!arrived()) continue;
        waiting.delete(name);
        requestAnimationFrame(() => performance.mark(name));
      }
      if (waiting.size === 0) observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto("/", { waitUntil: "commit" });
  await page.waitForFunction(() => performance.getEntriesByName("client").length > 0);
  const kilobytes = bytes / 1000;
  const [post = 0, client = 0] = await page.evaluate(
    (names) => names.map((name) => performance.getEntriesByName(name)[0]?.startTime ?? 0),
    [...moments],
  );
  await page.close();
  return { "first-post": Math.round(post), client: Math.round(client), kilobytes: Math.round(kilobytes) };
}

function summary(all: readonly Times[], of: keyof Times): string {
  const sorted = all.map((times) => times[of]).sort((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)]} ms (${sorted[0]} to ${sorted.at(-1)})`;
}

test("time to the first post on slow 4G", async ({ browser, house, breaches }) => {
  test.setTimeout(300_000);
  const lines: string[] = [];
  for (const slowdown of slowdowns) {
    const cold: Times[] = [];
    const warm: Times[] = [];
    for (let round = 0; round < rounds; round++) {
      const context = await newContext(browser, house.url, breaches);
      await signIn(context, "claudia.jansen");
      cold.push(await visit(context, slowdown));
      warm.push(await visit(context, slowdown));
      await context.close();
    }
    for (const [name, all] of [["Cold, nothing cached", cold], ["Warm, files cached", warm]] as const)
      lines.push(`| ${name} | ${slowdown} | ${summary(all, "first-post")} | ${summary(all, "client")} | ${all[0]?.kilobytes} kB |`);
  }
  const folder = join(resolve(import.meta.dirname, "../../.."), "docs/measurements");
  const file = join(folder, "first-feed.md");
  const mark = "## Before";
  const known = existsSync(file) ? readFileSync(file, "utf8") : "";
  const before = known.includes(mark) ? known.slice(known.indexOf(mark)) : "";
  const text = `# Time to the first post

From the navigation to the home feed of somebody who is signed in, demo data, Chromium with Lighthouse's slow 4G
(150 ms round trip, 1.6 Mbit/s down, 750 kbit/s up), as fast as the processor is and slowed down; median (and range) of
${rounds} rounds. **First post**: drawn by the server, before the client has arrived; it can be read and scrolled, and its
links lead where they say. **Client**: it has taken the page over, and every button answers at once; what was pressed
before is done then. Server and browser share ${cpus().length} cores (${cpus()[0]?.model}), and nothing is drawn by a
graphics card. Measured by \`npm run measure\` in \`tests/e2e\` with a release build.

| Cache | Slowdown of the processor | First post | Client | Over the line until then |
| --- | --- | --- | --- | --- |
${lines.join("\n")}

${before}`;
  console.log(text);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
});
