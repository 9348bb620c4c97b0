// Private conversations: everything people expect of them, seen from both ends.

import { randomUUID } from "node:crypto";
import { type Account, type Api } from "../lib/api.ts";
import { picture } from "../lib/picture.ts";
import { expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

/** Two colleagues and the address of their conversation. */
async function conversation(api: Api) {
  const [anna, ben] = [await api.newPerson("Anna Lenz"), await api.newPerson("Ben Marsh", "en")];
  const { conversationStart } = await api.ask(anna,
    `mutation($input: ConversationStartInput!) {
       conversationStart(input: $input) { conversation { id } userErrors { code message } }
     }`,
    { input: { clientId: randomUUID(), personIds: [await api.personId(ben.handle)] } });
  const { id } = conversationStart.conversation;
  return { anna, ben, id, path: `/messages/${id}` };
}

const say = (api: Api, who: Account, conversationId: string, body: string) =>
  api.ask(who,
    "mutation($input: MessageSendInput!) { messageSend(input: $input) { userErrors { code message } } }",
    { input: { clientId: randomUUID(), conversationId, body } });

test("a message is answered, reacted to, changed and deleted while both look on", async ({ api, open }) => {
  const { anna, ben, path } = await conversation(api);
  for (const who of [anna, ben]) {
    await api.ask(who,
      "mutation($input: SettingsUpdateInput!) { settingsUpdate(input: $input) { userErrors { code message } } }",
      { input: { sendReceipts: true } });
  }
  const here = await open(anna, path);
  const there = await open(ben, path, { viewport: { width: 360, height: 740 } });
  const write = here.getByRole("textbox", { name: de("messages:write") });
  // Told now and then while somebody writes, to whoever looks on at that moment.
  await expect(async () => {
    await write.pressSequentially("Wer ");
    await expect(there.getByText(en("posts:typing.names", { names: "Anna Lenz", count: 1 }))).toBeVisible({ timeout: 3_500 });
  }).toPass();
  await write.fill("Wer hat den Schlüssel?");
  await here.keyboard.press("Control+Enter");
  const message = there.getByRole("article").filter({ hasText: "Wer hat den Schlüssel?" });
  await expect(message).toBeVisible();
  await expect(here.getByText(de("messages:readBy", { names: "Ben Marsh" }))).toBeVisible();

  await message.getByRole("button", { name: en("posts:reactions.add") }).click();
  await there.getByRole("button", { name: en("posts:emoji.thumbsUp") }).click();
  const mine = here.getByRole("article").filter({ hasText: "Wer hat den Schlüssel?" }).first();
  await expect(mine.getByRole("button", { name: /Daumen hoch/ })).toBeVisible();

  await message.getByRole("button", { name: en("messages:answer") }).click();
  await there.getByRole("textbox", { name: en("messages:write") }).fill("I have it");
  await there.getByRole("button", { name: en("messages:send") }).click();
  await expect(here.getByText("I have it")).toBeVisible();
  await here.getByRole("button", { name: de("messages:answers", { count: 1 }) }).click();
  await expect(here.getByText(de("messages:threadTitle"))).toBeVisible();
  await here.getByRole("button", { name: de("messages:wholeConversation") }).click();

  await mine.hover();
  await mine.getByRole("button", { name: de("messages:more") }).click();
  await here.getByRole("menuitem", { name: de("messages:edit") }).click();
  await here.getByRole("textbox", { name: de("messages:editing") }).fill("Wer hat den Tresorschlüssel?");
  await here.getByRole("button", { name: de("messages:save") }).click();
  const changed = there.getByRole("article").filter({ hasText: "Wer hat den Tresorschlüssel?" }).first();
  await expect(changed.getByText(en("messages:edited"))).toBeVisible();
  await changed.getByRole("button", { name: en("messages:more") }).click();
  await there.getByRole("menuitem", { name: en("messages:history") }).click();
  await expect(there.getByRole("dialog").getByText("Wer hat den Schlüssel?")).toBeVisible();
  await there.keyboard.press("Escape");

  const again = here.getByRole("article").filter({ hasText: "Tresorschlüssel" }).first();
  await again.hover();
  await again.getByRole("button", { name: de("messages:more") }).click();
  await here.getByRole("menuitem", { name: de("messages:delete") }).click();
  await here.getByRole("alertdialog").getByRole("button", { name: de("messages:delete") }).click();
  await expect(there.getByText(en("messages:deleted")).first()).toBeVisible();
  await expect(there.getByText("Tresorschlüssel")).toHaveCount(0);
});

test("a file goes along, is found again by its words, and nobody else gets it", async ({ api, open }) => {
  const { anna, ben, id, path } = await conversation(api);
  for (let number = 1; number <= 50; number++) await say(api, ben, id, `Note number ${number}`);
  const here = await open(anna, path);
  await here.locator("input[type=file]").setInputFiles({ name: "plan.png", mimeType: "image/png", buffer: picture() });
  await expect(here.getByText("plan.png")).toBeVisible();
  await here.getByRole("textbox", { name: de("messages:write") }).fill("Der Plan für die Prüfung");
  await here.getByRole("button", { name: de("messages:send") }).click();
  const there = await open(ben, path);
  const image = there.getByRole("button", { name: en("posts:attachments.open", { name: "plan.png" }) });
  await expect(image).toBeVisible();
  const source = await image.locator("img").getAttribute("src");
  expect((await there.request.get(source ?? "")).status()).toBe(200);
  const outside = await open("lena.carstens", "/messages");
  expect((await outside.request.get(source ?? "")).status()).toBe(404);

  await there.getByRole("button", { name: en("messages:search") }).click();
  await there.getByRole("searchbox", { name: en("messages:search") }).fill("PRUFUNG plan");
  await expect(there.getByRole("list", { name: en("messages:search") }).getByRole("button")).toHaveCount(1);
  await there.getByRole("searchbox", { name: en("messages:search") }).fill("note number 1");
  await there.getByRole("button", { name: /Note number 1$/ }).click();
  await expect(there.getByText("Note number 1", { exact: true })).toBeInViewport();
});

test("what is half written waits on the other device, and what is sent later waits for its time", async ({ api, open }) => {
  const { anna, ben, id, path } = await conversation(api);
  const desk = await open(anna, path);
  await desk.getByRole("textbox", { name: de("messages:write") }).fill("Guten Morgen, Ben");
  const phone = await open(anna, "/messages", { viewport: { width: 360, height: 740 } });
  await say(api, ben, id, "Hello");
  const line = phone.getByRole("link").filter({ hasText: de("messages:draft", { text: "Guten Morgen, Ben" }) });
  await line.click();
  const field = phone.getByRole("textbox", { name: de("messages:write") });
  await expect(field).toHaveValue("Guten Morgen, Ben");

  await phone.getByRole("button", { name: de("posts:schedule.title") }).click();
  await phone.getByRole("button", { name: de("posts:schedule.tomorrow") }).click();
  await phone.keyboard.press("Escape");
  await phone.getByRole("button", { name: de("messages:schedule") }).click();
  await expect(phone.getByText(de("messages:waiting", { count: 1 }))).toBeVisible();
  await expect(field).toHaveValue("");
  await expect(desk.getByText(de("messages:waiting", { count: 1 }))).toBeVisible();
  await desk.getByText(de("messages:waiting", { count: 1 })).click();
  await desk.getByRole("button", { name: de("messages:takeBack") }).click();
  await expect(phone.getByText(de("messages:waiting", { count: 1 }))).toHaveCount(0);
});

test("a quiet conversation is not counted", async ({ api, open }) => {
  const { anna, ben, id, path } = await conversation(api);
  const here = await open(anna, path);
  await here.getByRole("button", { name: de("messages:menu") }).click();
  await here.getByRole("menuitem", { name: de("messages:mute") }).click();
  await expect(here.getByRole("img", { name: de("messages:isMuted") }).first()).toBeVisible();
  await here.goto("/communities");
  await say(api, ben, id, "Are you there?");
  const { unreadCounts } = await api.ask(anna, "{ unreadCounts { messages } }");
  expect(unreadCounts.messages).toBe(0);
  await here.goto("/messages");
  await expect(here.getByText("Are you there?")).toBeVisible();
});
