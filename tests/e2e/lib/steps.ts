// What people do again and again, in the words of their language.

import { expect, type Locator, type Page } from "@playwright/test";
import type { Words } from "./words.ts";

/** The home feed has come. */
export async function homeIsThere(page: Page, t: Words) {
  await expect(page.getByRole("feed", { name: t("feed:title") }).getByRole("article").first()).toBeVisible();
}

/** Opens the composer for a community chosen by name. */
export async function startPost(page: Page, t: Words, community: string): Promise<Locator> {
  await page.getByRole("button", { name: t("shell:nav.compose"), exact: true }).first().click();
  // By its name: while a popover of it goes, there are two dialogs.
  const composer = page.getByRole("dialog", { name: t("posts:composer.title") });
  await expect(composer.getByRole("textbox", { name: t("posts:composer.text") })).toBeVisible();
  const chosen = composer.getByRole("button", { name: t("posts:composer.change") });
  const search = composer.getByRole("combobox", { name: t("posts:composer.community") });
  await expect(chosen.or(search)).toBeVisible();
  if (await chosen.isVisible()) await chosen.click();
  await search.fill(community);
  await page.getByRole("option", { name: community }).click();
  await expect(chosen).toBeVisible();
  return composer;
}

/** Chooses an entry of a post's menu. */
export async function fromMenu(scope: Locator, t: Words, entry: string) {
  await scope.getByRole("button", { name: t("common:action.more") }).first().click();
  await scope.page().getByRole("menuitem", { name: entry, exact: true }).click();
}

/** The card of the post that contains a text. */
export function cardWith(page: Page, text: string): Locator {
  return page.getByRole("article").filter({ hasText: text });
}
