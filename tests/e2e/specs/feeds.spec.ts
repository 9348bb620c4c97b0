// The home feed knows what is new, and ends.

import { cardWith, homeIsThere } from "../lib/steps.ts";
import { answered, expect, newContext, signIn, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("everything is marked as read at once, and taken back by undo", async ({ api, open }) => {
  const writer = await api.newPerson("Gerda West");
  const reader = await api.newPerson("Hanno Frost", "en");
  const { id } = await api.newCommunity(writer, "Posteingang");
  await api.join(reader, id);
  await api.newPost(writer, id, "Das Erste.");
  await api.newPost(writer, id, "Das Zweite.");
  const page = await open(reader);
  await expect(cardWith(page, "Das Zweite.")).toBeVisible();
  const home = page.getByRole("navigation", { name: en("shell:nav.label") }).first().getByRole("link", { name: new RegExp(en("shell:nav.home")) });
  await expect(home).toContainText(/\d/);
  await page.getByRole("button", { name: en("feed:markRead") }).click();
  await expect(page.getByText(en("feed:markedRead"))).toBeVisible();
  await expect(home).not.toContainText(/\d/);
  await page.getByRole("button", { name: en("common:action.undo") }).click();
  await expect(home).toContainText(/\d/);
  await answered(page);
  await page.reload();
  await homeIsThere(page, en);
  await expect(home).toContainText(/\d/);
});

test("the home feed asks for nothing the page has brought, and otherwise once and early", async ({ api, breaches, browser, house }) => {
  const context = await newContext(browser, house.url, breaches);
  await signIn(context, await api.newPerson("Jutta Rot"));
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname !== "/graphql") return;
    asked.push((request.postDataJSON() as { operationName: string }).operationName);
  });
  await page.goto("/");
  await homeIsThere(page, de);
  await answered(page);
  for (const brought of ["Viewer", "HomeFeed", "UnreadCounts", "HomeAside"]) expect(asked).not.toContain(brought);

  await context.clearCookies({ name: "loggia_first_page" });
  asked.length = 0;
  // The answer to the refresh brings the cookie back; this page goes without.
  await page.goto("/");
  await homeIsThere(page, de);
  expect(asked.slice(0, 2).sort()).toEqual(["HomeFeed", "Viewer"]);
  for (const once of ["Viewer", "HomeFeed"]) expect(asked.filter((name) => name === once)).toHaveLength(1);
  await context.close();
});

test("the feed has an end and says so", async ({ api, open }) => {
  const person = await api.newPerson("Ilse Tal");
  const page = await open(person);
  await homeIsThere(page, de);
  const end = page.getByText(de("feed:end.title"));
  await expect(async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await expect(end).toBeVisible({ timeout: 500 });
  }).toPass();
});

test("what is private or secret is not there for outsiders who know its address", async ({ api, open }) => {
  const owner = await api.newPerson("Karl Umber");
  const outsider = await api.newPerson("Lotte Weiss", "en");
  for (const visibility of ["PRIVATE", "SECRET"]) {
    const hidden = await api.newCommunity(owner, `Klausur ${visibility.toLowerCase()}`, { visibility, joining: "INVITE_ONLY" });
    const post = await api.newPost(owner, hidden.id, "Unter uns gesagt.");
    const page = await open(outsider, `/posts/${post}`);
    await expect(page.getByText(en("posts:notFound.title"))).toBeVisible();
    await page.goto(`/communities/${hidden.slug}`);
    if (visibility === "SECRET") {
      await expect(page.getByText(hidden.name)).toHaveCount(0);
    } else {
      await expect(page.getByText(hidden.name).first()).toBeVisible();
    }
    await expect(page.getByText("Unter uns gesagt.")).toHaveCount(0);
  }
});
