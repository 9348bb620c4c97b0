// What holds on every page: axe finds nothing serious, nothing scrolls sideways on a phone.
// That no page breaks the content security policy or leaves the origin is watched in every test.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { goTo, type Place, places, settled } from "../lib/pages.ts";
import { startServer } from "../lib/server.ts";
import { expect, newContext, test } from "../lib/test.ts";
import { type Words, words } from "../lib/words.ts";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function faults(page: Page): Promise<string[]> {
  // No page has frames; the way for pages without is several times faster.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target, any }) => `${id} at ${target.join(" ")}: ${any[0]?.message ?? ""}`));
}

/** Looks at one page; that it does not come is a fault as well, and the others are looked at all the same. */
async function onPlace(page: Page, place: Place, t: Words, look: () => Promise<string[]>): Promise<string[]> {
  try {
    await goTo(page, place, t);
    return (await look()).map((fault) => `${place.name}: ${fault}`);
  } catch (error) {
    return [`${place.name}: ${(error as Error).message}`];
  }
}

// Colours depend on the theme alone and words on the language alone, so two walks see all of them.
for (const [locale, theme] of [["de", "LIGHT"], ["en", "DARK"]] as const) {
  test(`axe finds no serious fault on any page (${locale}, ${theme.toLowerCase()})`, async ({ api, open, visit }) => {
    test.setTimeout(300_000);
    const t = words(locale);
    const options = { locale, colorScheme: theme === "DARK" ? "dark" : "light", reducedMotion: "reduce" } as const;
    for (const who of ["claudia.jansen", "katharina.wolff"]) await api.settings(who, { locale, theme });
    const pages = new Map<string | null, Page>([
      [null, await visit("/login", options)],
      ["claudia.jansen", await open("claudia.jansen", "/", options)],
      ["katharina.wolff", await open("katharina.wolff", "/", options)],
    ]);
    const found: string[] = [];
    for (const place of await places(api)) {
      const page = pages.get(place.who) as Page;
      found.push(...(await onPlace(page, place, t, () => faults(page))));
    }
    for (const who of ["claudia.jansen", "katharina.wolff"]) await api.settings(who, { locale: "de", theme: "SYSTEM" });
    expect(found).toEqual([]);
  });
}

test("axe finds no serious fault on the set-up pages", async ({ browser, breaches }) => {
  const server = await startServer("nothing");
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const locale of ["de", "en"] as const) {
        const t = words(locale);
        const context = await newContext(browser, server.url, breaches, { colorScheme, locale, reducedMotion: "reduce" });
        const page = await context.newPage();
        await page.goto("/");
        await expect(page.getByRole("heading", { name: t("auth:setup.title") })).toBeVisible();
        expect(await faults(page)).toEqual([]);
        await page.getByRole("textbox", { name: t("auth:setup.organisationName") }).fill("Lindenbank");
        await page.getByRole("button", { name: t("auth:setup.next") }).click();
        await expect(page.getByRole("heading", { name: t("auth:setup.admin") })).toBeVisible();
        expect(await faults(page)).toEqual([]);
        await context.close();
      }
    }
  } finally {
    await server.stop();
  }
});

test("on a phone of 360 px the bar is at the bottom and no page scrolls sideways", async ({ api, open, visit }) => {
  test.setTimeout(240_000);
  const t = words("de");
  const options = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" } as const;
  const pages = new Map<string | null, Page>([
    [null, await visit("/login", options)],
    ["claudia.jansen", await open("claudia.jansen", "/", options)],
    ["katharina.wolff", await open("katharina.wolff", "/", options)],
  ]);
  const home = pages.get("claudia.jansen") as Page;
  await settled(home);
  const bar = home.getByRole("navigation", { name: t("shell:nav.label") }).filter({ visible: true });
  await expect(bar).toHaveCount(1);
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(740);
  await expect(bar.getByRole("button", { name: t("shell:nav.compose") })).toBeVisible();
  const wide: string[] = [];
  for (const place of await places(api)) {
    const page = pages.get(place.who) as Page;
    wide.push(...(await onPlace(page, place, t, async () => {
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      return width > 360 ? [`${width} px`] : [];
    })));
  }
  expect(wide).toEqual([]);
});
