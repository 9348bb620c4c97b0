// Founding, finding, asking, inviting.

import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a community is founded and opened", async ({ api, open }) => {
  const person = await api.newPerson("Quirin Ast");
  const page = await open(person, "/communities");
  await page.getByRole("button", { name: de("communities:create") }).first().click();
  const dialog = page.getByRole("dialog", { name: de("communities:create") });
  await dialog.getByRole("textbox", { name: de("communities:field.name") }).fill("Laufgruppe Alster");
  await dialog.getByRole("radio", { name: new RegExp(`^${de("communities:visibility.PRIVATE")}`) }).check({ force: true });
  await dialog.getByRole("radio", { name: new RegExp(`^${de("communities:joining.REQUEST")}`) }).check({ force: true });
  await expect(dialog.getByText(de("communities:audience.PRIVATE_REQUEST"))).toBeVisible();
  await dialog.getByRole("button", { name: de("communities:create") }).click();
  await expect(page).toHaveURL(/\/communities\/laufgruppe-alster$/);
  await expect(page.getByRole("heading", { name: "Laufgruppe Alster", level: 2 })).toBeVisible();
  await page.getByRole("link", { name: de("communities:tab.members") }).click();
  await expect(page.getByRole("main").getByText(person.name)).toBeVisible();
  await answered(page);
  await page.goto("/communities");
  await expect(page.getByRole("link", { name: /Laufgruppe Alster/ }).first()).toBeVisible();
});

test("whoever asks to join is let in, and reads at once", async ({ api, open }) => {
  const owner = await api.newPerson("Renate Bach");
  const guest = await api.newPerson("Sid Cole", "en");
  const place = await api.newCommunity(owner, "Buchclub", { visibility: "PRIVATE", joining: "REQUEST" });
  await api.newPost(owner, place.id, "Wir lesen diesen Monat nichts.");
  const there = await open(guest, `/communities/${place.slug}`);
  await expect(there.getByText(en("communities:closed.title"))).toBeVisible();
  await expect(there.getByText("Wir lesen diesen Monat nichts.")).toHaveCount(0);
  await there.getByRole("button", { name: en("communities:requestName", { name: place.name }) }).first().click();
  const dialog = there.getByRole("dialog");
  await dialog.getByRole("textbox", { name: en("communities:requestMessage") }).fill("I read a lot.");
  await dialog.getByRole("button", { name: en("communities:requestSend") }).click();
  await expect(there.getByText(en("communities:closed.requested"))).toBeVisible();
  const here = await open(owner, `/communities/${place.slug}?tab=requests`);
  await expect(here.getByText("I read a lot.")).toBeVisible();
  await here.getByRole("button", { name: de("communities:requests.approveOf", { name: guest.name }) }).click();
  await expect(here.getByText(de("communities:requests.none"))).toBeVisible();
  await expect(there.getByText("Wir lesen diesen Monat nichts.")).toBeVisible();
});

test("an invitation to a secret community is the only way to know of it", async ({ api, open }) => {
  const owner = await api.newPerson("Tessa Dorn", "en");
  const guest = await api.newPerson("Urs Egger");
  const place = await api.newCommunity(owner, "Surprise party", { visibility: "SECRET", joining: "INVITE_ONLY" });
  const there = await open(guest, `/communities/${place.slug}`);
  await expect(there.getByText(de("communities:unknown"))).toBeVisible();
  const here = await open(owner, `/communities/${place.slug}`);
  await here.getByRole("button", { name: en("communities:invite.open") }).click();
  const dialog = here.getByRole("dialog", { name: en("communities:invite.title", { name: place.name }) });
  await dialog.getByRole("combobox", { name: en("communities:invite.people") }).fill(guest.handle);
  await here.getByRole("option", { name: new RegExp(guest.name) }).click();
  await dialog.getByRole("button", { name: en("communities:invite.send", { count: 1 }) }).click();
  await expect(here.getByText(en("communities:invite.done", { count: 1 }))).toBeVisible();
  await answered(there);
  await there.goto("/communities");
  const accept = there.getByRole("button", { name: de("communities:invitations.acceptOf", { name: place.name }) });
  await accept.click();
  await expect(accept).toBeHidden();
  await answered(there);
  await there.goto(`/communities/${place.slug}`);
  await expect(there.getByRole("heading", { name: place.name, level: 2 })).toBeVisible();
  await expect(there.getByText(de("communities:noPosts"))).toBeVisible();
});
