// What others do appears by itself, in order, once, and only while one may see it.

import { cardWith, homeIsThere } from "../lib/steps.ts";
import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a post, a reply, a reaction and typing of one browser appear in the other", async ({ api, open }) => {
  const writer = await api.newPerson("Anton Keil");
  const reader = await api.newPerson("Bella Horn", "en");
  const { id } = await api.newCommunity(writer, "Zwei Browser");
  await api.join(reader, id);
  const there = await open(reader);
  await homeIsThere(there, en);
  const post = await api.newPost(writer, id, "Hört mich jemand?");
  await there.getByRole("button", { name: en("feed:newPosts", { count: 1 }) }).click();
  const card = cardWith(there, "Hört mich jemand?");
  await expect(card).toBeVisible();

  await card.focus();
  await there.keyboard.press("Enter");
  const replies = there.getByRole("region", { name: en("posts:replies.label") });
  await expect(replies).toBeVisible();

  const here = await open(writer, `/posts/${post}`);
  await here.getByRole("button", { name: de("posts:reply.placeholder") }).click();
  const box = here.getByRole("textbox", { name: de("posts:reply.label") });
  await box.pressSequentially("Ich rede ");
  await expect(replies.getByText(en("posts:typing.names", { names: writer.name, count: 1 }))).toBeVisible();
  await box.fill("Ich rede mit mir selbst.");
  await here.getByRole("button", { name: de("posts:reply.send"), exact: true }).click();
  await expect(replies.getByText("Ich rede mit mir selbst.")).toBeVisible();
  await here.getByRole("article").first().getByRole("button", { name: de("posts:reactions.add") }).click();
  await here.getByRole("dialog").getByRole("button", { name: de("posts:emoji.thumbsUp"), exact: true }).click();
  await expect(card.getByRole("button", { name: en("posts:reactions.one", { name: en("posts:emoji.thumbsUp"), count: 1 }) })).toBeVisible();
});

test("losing access to a private community ends its delivery, everything else goes on", async ({ api, open }) => {
  const owner = await api.newPerson("Carla Vogt");
  const member = await api.newPerson("Dario Lang");
  const secret = await api.newCommunity(owner, "Vertraulich", { visibility: "PRIVATE", joining: "REQUEST" });
  const shared = await api.newCommunity(owner, "Offen für alle");
  await api.bringIn(owner, secret.id, member);
  await api.join(member, shared.id);
  const post = await api.newPost(owner, secret.id, "Nur für uns.");
  const page = await open(member);
  await expect(cardWith(page, "Nur für uns.")).toBeVisible();
  await api.ask(owner, "mutation($input: MemberRemoveInput!) { memberRemove(input: $input) { userErrors { code message } } }",
    { input: { communityId: secret.id, personId: await api.personId(member.handle) } });
  await api.newReply(owner, post, "Das sieht nur noch wer darf.");
  await api.newPost(owner, secret.id, "Ein neues Geheimnis.");
  await api.newPost(owner, shared.id, "Für alle sichtbar.");
  // Events come in order: once the last is there, the ones before it would have been.
  await page.getByRole("button", { name: de("feed:newPosts", { count: 1 }) }).click();
  await expect(cardWith(page, "Für alle sichtbar.")).toBeVisible();
  await expect(page.getByText("Ein neues Geheimnis.")).toHaveCount(0);
  await expect(page.getByText("Das sieht nur noch wer darf.")).toHaveCount(0);
  await answered(page);
  await page.reload();
  await homeIsThere(page, de);
  await expect(page.getByText("Nur für uns.")).toHaveCount(0);
  await page.goto(`/posts/${post}`);
  await expect(page.getByText(de("posts:notFound.title"))).toBeVisible();
});

test("after being offline everything missed is there, each once", async ({ api, open }) => {
  const writer = await api.newPerson("Edda Nord");
  const reader = await api.newPerson("Fritz Ost", "en");
  const { id } = await api.newCommunity(writer, "Tunnel");
  await api.join(reader, id);
  const post = await api.newPost(writer, id, "Fährt der Zug?");
  const page = await open(reader, `/posts/${post}`);
  const replies = page.getByRole("region", { name: en("posts:replies.label") });
  await expect(replies).toBeVisible();
  await api.newReply(writer, post, "Vor dem Tunnel.");
  await expect(replies.getByText("Vor dem Tunnel.")).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(en("shell:connection.offline"))).toBeVisible();
  const missed = ["Im Tunnel eins.", "Im Tunnel zwei.", "Im Tunnel drei."];
  for (const text of missed) await api.newReply(writer, post, text);
  await page.context().setOffline(false);
  await expect(page.getByText(en("shell:connection.offline"))).toBeHidden();
  for (const text of missed) await expect(replies.getByText(text)).toBeVisible();
  await api.newReply(writer, post, "Nach dem Tunnel.");
  await expect(replies.getByText("Nach dem Tunnel.")).toBeVisible();
  await expect(replies.locator("[data-reply]")).toHaveText(
    ["Vor dem Tunnel.", ...missed, "Nach dem Tunnel."].map((text) => new RegExp(text.replaceAll(".", "\\."))));
});
