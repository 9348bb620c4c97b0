// Writing, answering, changing and deciding.

import { picture } from "../lib/picture.ts";
import { cardWith, fromMenu, homeIsThere, startPost } from "../lib/steps.ts";
import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a post is written with preview, mention and picture", async ({ api, open }) => {
  const person = await api.newPerson("Tilda Brook");
  const { name } = await api.newCommunity(person, "Hafenrunde");
  const page = await open(person);
  const composer = await startPost(page, de, name);
  const text = composer.getByRole("textbox", { name: de("posts:composer.text") });
  await text.fill("Wer war **gestern** am Hafen? ");
  await text.press("End");
  await text.pressSequentially("@claudia");
  await page.getByRole("option", { name: /Claudia Jansen/ }).click();
  await expect(text).toHaveValue("Wer war **gestern** am Hafen? @claudia.jansen ");
  await composer.locator("input[type=file]").setInputFiles({ name: "hafen.png", mimeType: "image/png", buffer: picture() });
  await expect(composer.getByText(de("posts:attachments.altMissing"))).toBeVisible();
  await composer.getByRole("button", { name: de("posts:tools.preview") }).click();
  const preview = composer.getByRole("region", { name: de("posts:tools.preview") });
  await expect(preview.locator("strong")).toHaveText("gestern");
  await expect(preview.getByRole("link", { name: /claudia/i })).toBeVisible();
  await composer.getByRole("button", { name: de("posts:composer.publish"), exact: true }).click();
  await expect(composer).toBeHidden();
  const card = cardWith(page, "am Hafen?");
  await expect(card.locator("strong", { hasText: "gestern" })).toBeVisible();
  await expect(card.getByRole("link", { name: /claudia/i })).toBeVisible();
  const shown = card.getByRole("img", { name: "hafen.png" }).or(card.locator("img[src*='/media/']")).first();
  await expect(shown).toBeVisible();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
});

test("a reply and a reaction stay after a reload", async ({ api, open }) => {
  const person = await api.newPerson("Nils Arendt", "en");
  const { id } = await api.newCommunity(person, "Tea corner");
  const post = await api.newPost(person, id, "Green or black?");
  const page = await open(person, `/posts/${post}`);
  await page.getByRole("button", { name: en("posts:reply.placeholder") }).click();
  await page.getByRole("textbox", { name: en("posts:reply.label") }).fill("Green, of course.");
  await page.getByRole("button", { name: en("posts:reply.send"), exact: true }).click();
  const replies = page.getByRole("region", { name: en("posts:replies.label") });
  await expect(replies.getByText("Green, of course.")).toBeVisible();
  const article = page.getByRole("article").first();
  await article.getByRole("button", { name: en("posts:reactions.add") }).click();
  await page.getByRole("dialog").getByRole("button", { name: en("posts:emoji.heart"), exact: true }).click();
  const heart = page.getByRole("button", { name: en("posts:reactions.one", { name: en("posts:emoji.heart"), count: 1 }) });
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await answered(page);
  await page.reload();
  await expect(replies.getByText("Green, of course.")).toHaveCount(1);
  await expect(heart).toHaveAttribute("aria-pressed", "true");
});

test("an edited post shows what it was before, a deleted one is gone", async ({ api, open }) => {
  const person = await api.newPerson("Rahel Stern");
  const { id } = await api.newCommunity(person, "Kantinenrunde");
  const post = await api.newPost(person, id, "Heute gibt es Nudeln.");
  const page = await open(person, `/posts/${post}`);
  const article = page.getByRole("article").first();
  await fromMenu(article, de, de("common:action.edit"));
  const editor = page.getByRole("dialog", { name: de("posts:edit.title") });
  await editor.getByRole("textbox", { name: de("posts:composer.text") }).fill("Heute gibt es Suppe.");
  await editor.getByRole("button", { name: de("common:action.save") }).click();
  await expect(article.getByText("Heute gibt es Suppe.")).toBeVisible();
  await article.getByRole("button", { name: de("posts:edited") }).click();
  const history = page.getByRole("dialog", { name: de("posts:history.title") });
  await expect(history.locator("del")).toContainText("Nudeln");
  await expect(history.locator("ins")).toContainText("Suppe");
  await page.keyboard.press("Escape");
  await expect(history).toBeHidden();
  await fromMenu(article, de, de("common:action.delete"));
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: de("common:action.delete") }).click();
  await expect(page).toHaveURL(/\/$/);
  await homeIsThere(page, de);
  await expect(cardWith(page, "Heute gibt es Suppe.")).toHaveCount(0);
});

test("whoever asked marks the best answer", async ({ api, open }) => {
  const asker = await api.newPerson("Ida Sommer", "en");
  const helper = await api.newPerson("Bo Winter");
  const { id } = await api.newCommunity(asker, "Questions and answers");
  await api.join(helper, id);
  const post = await api.newPost(asker, id, "Where is the spare key?", { kind: "QUESTION" });
  await api.newReply(helper, post, "Under the green pot.");
  const page = await open(asker, `/posts/${post}`);
  const reply = page.locator("[data-reply]").filter({ hasText: "Under the green pot." });
  await fromMenu(reply, en, en("posts:menu.markBest"));
  const best = page.getByRole("region", { name: en("posts:question.bestAnswer") });
  await expect(best.getByText("Under the green pot.")).toBeVisible();
  const other = await open(helper, `/posts/${post}`);
  await expect(other.getByRole("region", { name: de("posts:question.bestAnswer") })).toContainText("Under the green pot.");
});

test("a vote in a poll is counted and kept", async ({ api, open }) => {
  const author = await api.newPerson("Jule Kranz");
  const voter = await api.newPerson("Ole Brandt");
  const { id } = await api.newCommunity(author, "Sommerfest");
  await api.join(voter, id);
  const poll = { options: ["Am See", "Im Park"], isMultipleChoice: false, isAnonymous: false };
  const post = await api.newPost(author, id, "Wo feiern wir?", { kind: "POLL", poll });
  const page = await open(voter, `/posts/${post}`);
  await page.getByRole("radio", { name: "Im Park" }).check({ force: true });
  await page.getByRole("button", { name: de("posts:poll.vote"), exact: true }).click();
  const line = page.getByRole("listitem").filter({ hasText: "Im Park" });
  await expect(line).toContainText("100");
  await answered(page);
  await page.reload();
  await expect(line.getByRole("img", { name: de("posts:poll.yours") })).toBeVisible();
  await expect(page.getByText(de("posts:poll.voters", { count: 1 }))).toBeVisible();
});

test("a vote for an idea is given, taken back, and the idea decided with a reason", async ({ api, open }) => {
  const owner = await api.newPerson("Pia Lorenz", "en");
  const { id } = await api.newCommunity(owner, "Ideas for the yard");
  const post = await api.newPost(owner, id, "More benches", { kind: "IDEA", title: "Benches" });
  const page = await open(owner, `/posts/${post}`);
  const vote = (count: number) => page.getByRole("button", { name: en("posts:idea.vote", { count }) });
  await vote(0).click();
  await expect(vote(1)).toHaveAttribute("aria-pressed", "true");
  await vote(1).click();
  await expect(vote(0)).toHaveAttribute("aria-pressed", "false");
  await page.getByRole("button", { name: en("posts:idea.setState") }).click();
  const dialog = page.getByRole("dialog", { name: en("posts:idea.setState") });
  await dialog.getByRole("radio", { name: new RegExp(`^${en("posts:idea.state.DECLINED")}`) }).check({ force: true });
  await dialog.getByRole("button", { name: en("common:action.save") }).click();
  await expect(dialog.getByRole("alert").or(dialog.getByText(en("common:userError.REASON_REQUIRED"))).first()).toBeVisible();
  await dialog.getByRole("textbox", { name: en("posts:idea.reason") }).fill("There is no room for them.");
  await dialog.getByRole("button", { name: en("common:action.save") }).click();
  await expect(page.getByText("There is no room for them.")).toBeVisible();
});

test("an announcement stays on top until one has seen it", async ({ api, open }) => {
  const owner = await api.newPerson("Ruth Ebner");
  const reader = await api.newPerson("Ben Falk");
  const { id } = await api.newCommunity(owner, "Neues vom Haus");
  await api.join(reader, id);
  await api.newPost(owner, id, "Am Montag bleibt das Haus zu.", { kind: "ANNOUNCEMENT", title: "Montag geschlossen" });
  await api.newPost(owner, id, "Etwas Neueres.");
  const page = await open(reader);
  const first = page.getByRole("feed").getByRole("article").first();
  await expect(page.getByRole("feed").getByRole("article").filter({ hasText: "Montag geschlossen" })).toContainText(de("posts:announcement.pinned"));
  await cardWith(page, "Montag geschlossen").getByRole("button", { name: de("posts:announcement.gotIt") }).click();
  await expect(page.getByText(de("posts:announcement.seenCount", { count: 1 })).first()).toBeVisible();
  await answered(page);
  await page.reload();
  await expect(first).toContainText("Etwas Neueres.");
  await expect(cardWith(page, "Montag geschlossen").getByText(de("posts:announcement.pinned"))).toHaveCount(0);
});

test("a draft survives a reload and can be published afterwards", async ({ api, open }) => {
  const person = await api.newPerson("Enno Vieth");
  const { name } = await api.newCommunity(person, "Werkbank");
  const page = await open(person);
  const composer = await startPost(page, de, name);
  await composer.getByRole("textbox", { name: de("posts:composer.text") }).fill("Noch nicht ganz fertig");
  await expect(composer.getByText(de("posts:draft.saved"))).toBeVisible();
  await answered(page);
  await page.reload();
  // Whoever reloads while writing finds the composer open again.
  const again = page.getByRole("dialog", { name: de("posts:composer.continued") });
  await expect(again.getByRole("textbox", { name: de("posts:composer.text") })).toHaveValue("Noch nicht ganz fertig");
  await expect(again.getByText(name)).toBeVisible();
  await again.getByRole("button", { name: de("posts:composer.publish"), exact: true }).click();
  await expect(cardWith(page, "Noch nicht ganz fertig")).toBeVisible();
});

test("a scheduled post waits in its list and is published from there", async ({ api, open }) => {
  const person = await api.newPerson("Mina Roth", "en");
  const { name } = await api.newCommunity(person, "Morning notes");
  const page = await open(person);
  const composer = await startPost(page, en, name);
  await composer.getByRole("textbox", { name: en("posts:composer.text") }).fill("Read this tomorrow.");
  await composer.getByRole("button", { name: en("posts:schedule.title") }).click();
  await page.getByRole("button", { name: en("posts:schedule.tomorrow") }).click();
  await page.keyboard.press("Escape");
  await composer.getByRole("button", { name: en("posts:composer.schedule"), exact: true }).click();
  await expect(composer).toBeHidden();
  await answered(page);
  await page.goto("/scheduled");
  await expect(page.getByText("Read this tomorrow.")).toBeVisible();
  await page.getByRole("button", { name: en("posts:scheduled.now") }).click();
  await expect(page.getByText(en("posts:scheduled.empty"))).toBeVisible();
  await answered(page);
  await page.goto("/");
  await expect(cardWith(page, "Read this tomorrow.")).toBeVisible();
});
