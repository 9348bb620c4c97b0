// What is meant for one person: notifications and private messages.

import { expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a mention arrives as a badge, is read, and the badge goes", async ({ api, open }) => {
  const writer = await api.newPerson("Vera Feld");
  const reader = await api.newPerson("Will Grant", "en");
  const { id } = await api.newCommunity(writer, "Rufe");
  await api.join(reader, id);
  const page = await open(reader, "/notifications");
  const way = page.getByRole("navigation", { name: en("shell:nav.label") }).first()
    .getByRole("link", { name: new RegExp(en("shell:nav.notifications")) });
  await expect(way).toBeVisible();
  await expect(way).not.toContainText(/\d/);
  await api.newPost(writer, id, `Kommst du mit, @${reader.handle}?`);
  await expect(way).toContainText("1");
  const line = page.getByRole("main").getByRole("link", { name: new RegExp(en("notifications:kind.MENTION", { who: writer.name, count: 1 })) });
  await line.click();
  await expect(page.getByText(/Kommst du mit/)).toBeVisible();
  await expect(way).not.toContainText(/\d/);
});

test("two people write to each other and read it at once", async ({ api, open }) => {
  const one = await api.newPerson("Xenia Hahn");
  const other = await api.newPerson("Yorick Ivers", "en");
  const here = await open(one, "/messages");
  await here.getByRole("button", { name: de("messages:start") }).first().click();
  const dialog = here.getByRole("dialog", { name: de("messages:start") });
  await dialog.getByRole("combobox", { name: de("messages:to") }).fill(other.handle);
  await here.getByRole("option", { name: new RegExp(other.name) }).click();
  await dialog.getByRole("button", { name: de("messages:startNow") }).click();
  await expect(here).toHaveURL(/\/messages\/./);
  const there = await open(other, "/messages");
  await expect(there.getByText(en("messages:title")).first()).toBeVisible();
  await here.getByRole("textbox", { name: de("messages:write") }).fill("Hast du kurz Zeit?");
  await here.getByRole("textbox", { name: de("messages:write") }).press("Control+Enter");
  await there.getByRole("link", { name: new RegExp(one.name) }).click();
  const log = there.getByRole("log", { name: en("messages:log") });
  await expect(log.getByText("Hast du kurz Zeit?")).toBeVisible();
  await there.getByRole("textbox", { name: en("messages:write") }).fill("Of course.");
  await there.getByRole("button", { name: en("messages:send"), exact: true }).click();
  const mine = here.getByRole("log", { name: de("messages:log") });
  await expect(mine.getByText("Of course.")).toHaveCount(1);
  await expect(log.getByText("Of course.")).toHaveCount(1);
  const outsider = await api.newPerson("Zita Jung");
  const path = new URL(here.url()).pathname;
  const elsewhere = await open(outsider, path);
  await expect(elsewhere.getByText(de("messages:unknown"))).toBeVisible();
  await expect(elsewhere.getByText("Hast du kurz Zeit?")).toHaveCount(0);
});
