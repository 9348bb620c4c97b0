// Everything by keyboard alone.

import { cardWith, homeIsThere } from "../lib/steps.ts";
import { expect, test } from "../lib/test.ts";
import { de } from "../lib/words.ts";

test("j, k, Enter, g h and ? lead through feed, thread and help", async ({ open }) => {
  const page = await open("claudia.jansen");
  await homeIsThere(page, de);
  const articles = page.getByRole("feed").getByRole("article");
  await page.keyboard.press("j");
  await expect(articles.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(articles.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(articles.nth(0)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/posts\//);
  await expect(page.getByRole("region", { name: de("posts:replies.label") })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(page).toHaveURL(/\/$/);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: de("shell:shortcuts.title") });
  await expect(sheet.getByText(de("shell:shortcuts.next"))).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("a post is written and published without touching the mouse", async ({ api, open }) => {
  const person = await api.newPerson("Petra Quast");
  const { name } = await api.newCommunity(person, "Tastenrunde");
  const page = await open(person);
  await homeIsThere(page, de);
  await page.keyboard.press("c");
  const composer = page.getByRole("dialog", { name: de("posts:composer.title") });
  const text = composer.getByRole("textbox", { name: de("posts:composer.text") });
  await expect(text).toBeFocused();
  const search = composer.getByRole("combobox", { name: de("posts:composer.community") });
  await search.focus();
  await page.keyboard.type(name);
  await expect(page.getByRole("option", { name })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(composer.getByRole("button", { name: de("posts:composer.change") })).toBeVisible();
  await text.focus();
  await page.keyboard.type("Ganz ohne Maus.");
  await page.keyboard.press("Control+Enter");
  await expect(composer).toBeHidden();
  await expect(cardWith(page, "Ganz ohne Maus.")).toBeVisible();
});
