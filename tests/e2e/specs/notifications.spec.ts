// Which news reach one how, and what the house decides about it.

import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a person chooses what comes by e-mail and when there is quiet, and it is kept", async ({ api, open }) => {
  const person = await api.newPerson("Petra Achtung");
  const page = await open(person, "/settings/notifications");
  const mentions = page.getByRole("group", { name: de("notifications:category.MENTION"), exact: true });
  const email = mentions.getByRole("button", { name: /E-Mail/ });
  await expect(email).toContainText(de("notifications:delivery.email.DAILY"));
  await email.click();
  await page.getByRole("option", { name: de("notifications:delivery.email.INSTANT") }).click();
  await expect(email).toContainText(de("notifications:delivery.email.INSTANT"));
  await answered(page);
  await page.getByText(de("notifications:delivery.quiet"), { exact: true }).click();
  await page.getByLabel(de("notifications:delivery.quietFrom"), { exact: true }).fill("21:30");
  await page.getByLabel(de("notifications:delivery.quietUntil"), { exact: true }).fill("06:15");
  await page.getByRole("button", { name: de("common:action.save") }).click();
  await expect(page.getByText(de("common:state.saved"))).toBeVisible();
  await answered(page);
  await page.reload();
  await expect(email).toContainText(de("notifications:delivery.email.INSTANT"));
  await expect(page.getByLabel(de("notifications:delivery.quietFrom"), { exact: true })).toHaveValue("21:30");
  await expect(page.getByLabel(de("notifications:delivery.quietUntil"), { exact: true })).toHaveValue("06:15");

  await page.getByRole("button", { name: de("notifications:delivery.reset") }).click();
  await expect(email).toContainText(de("notifications:delivery.email.DAILY"));
  await answered(page);
});

test("the preview of a summary shows what waits for it", async ({ api, open }) => {
  const person = await api.newPerson("Quirin Brief", "en");
  await api.ask("claudia.jansen",
    `mutation($input: ConversationStartInput!) { conversationStart(input: $input) { conversation { id } userErrors { code } } }`,
    { input: { clientId: crypto.randomUUID(), personIds: [await api.personId(person.handle)] } })
    .then(({ conversationStart }) => api.ask("claudia.jansen",
      "mutation($input: MessageSendInput!) { messageSend(input: $input) { userErrors { code } } }",
      { input: { clientId: crypto.randomUUID(), conversationId: conversationStart.conversation.id, body: "Please bring the figures" } }));
  const page = await open(person, "/settings/notifications");
  const letter = page.getByRole("dialog", { name: en("notifications:delivery.previewTitle") });
  // The courier follows the journal; the answer is asked for anew each time the window opens.
  await expect(async () => {
    await page.getByRole("button", { name: en("notifications:delivery.preview") }).click();
    await expect(letter).toBeVisible();
    await answered(page);
    const isThere = await letter.getByText("Please bring the figures").isVisible();
    if (!isThere) await page.keyboard.press("Escape");
    expect(isThere).toBe(true);
  }).toPass();
});

test("an admin decides for everybody who did not, and what tells about people", async ({ api, open }) => {
  const person = await api.newPerson("Rita Chor", "en");
  const admin = await open("katharina.wolff", "/admin/notifications");
  const praise = admin.getByRole("group", { name: de("notifications:category.RECOGNITION"), exact: true });
  await praise.getByRole("button", { name: /E-Mail/ }).click();
  await admin.getByRole("option", { name: de("notifications:delivery.email.WEEKLY") }).click();
  await answered(admin);
  const page = await open(person, "/settings/notifications");
  const own = page.getByRole("group", { name: en("notifications:category.RECOGNITION"), exact: true });
  await expect(own.getByRole("button", { name: /E-mail/ })).toContainText(en("notifications:delivery.email.WEEKLY"));

  await admin.goto("/admin/organisation");
  await admin.getByText(de("admin:organisation.allowsReceipts")).click();
  await answered(admin);
  await page.goto("/settings/privacy");
  await expect(page.getByText(en("settings:privacy.houseOff"))).toBeVisible();
  await expect(page.getByText(en("settings:privacy.sendReceipts"), { exact: true })).toHaveCount(0);
  await admin.getByText(de("admin:organisation.allowsReceipts")).click();
  await answered(admin);
});
