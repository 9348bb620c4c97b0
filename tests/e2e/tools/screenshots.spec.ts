// Pictures of every page, to be looked at: three widths, two themes, two languages; and the two of the README.
// LOGGIA_SCREENSHOTS names the folder, by default target/screenshots.

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { goTo, places, settled } from "../lib/pages.ts";
import { test } from "../lib/test.ts";
import { type Locale, words } from "../lib/words.ts";

const root = resolve(import.meta.dirname, "../../..");
const folder = resolve(process.env.LOGGIA_SCREENSHOTS ?? join(root, "target/screenshots"));
const people = ["claudia.jansen", "katharina.wolff"] as const;
const heights = { 360: 740, 768: 1024, 1440: 900 } as const;

/** A first visit goes without our font; pictures show what comes after. */
const inOurFont = (url: string) => ({
  storageState: { cookies: [], origins: [{ origin: url, localStorage: [{ name: "loggia.font", value: "kept" }] }] },
});

function look(width: keyof typeof heights, theme: string, locale: Locale, url: string) {
  return {
    ...inOurFont(url),
    viewport: { width, height: heights[width] },
    colorScheme: theme === "dark" ? "dark" : "light",
    locale,
    reducedMotion: "reduce",
    ...(width === 360 && { hasTouch: true, isMobile: true }),
  } as const;
}

for (const width of [360, 768, 1440] as const) {
  for (const theme of ["light", "dark"] as const) {
    for (const locale of ["de", "en"] as const) {
      test(`every page at ${width} px, ${theme}, ${locale}`, async ({ api, house, open, visit }) => {
        const t = words(locale);
        for (const who of people) await api.settings(who, { locale, theme: theme.toUpperCase() });
        const options = look(width, theme, locale, house.url);
        const pages = new Map<string | null, Page>([[null, await visit("/login", options)]]);
        for (const who of people) pages.set(who, await open(who, "/", options));
        const into = join(folder, `${width}-${theme}-${locale}`);
        mkdirSync(into, { recursive: true });
        for (const place of await places(api)) {
          const page = pages.get(place.who) as Page;
          await goTo(page, place, t);
          await page.screenshot({ path: join(into, `${place.name}.png`), animations: "disabled" });
        }
      });
    }
  }
}

test("the pictures of the README", async ({ api, house, open }) => {
  const into = join(root, "docs/pictures");
  mkdirSync(into, { recursive: true });
  for (const theme of ["light", "dark"] as const) {
    await api.settings("claudia.jansen", { locale: "en", theme: theme.toUpperCase() });
    const page = await open("claudia.jansen", "/", look(1440, theme, "en", house.url));
    await settled(page);
    await page.screenshot({ path: join(into, `home-${theme}.png`), animations: "disabled" });
  }
});
