// Saying who is meant: put together, looked at, kept, found again.

import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("an audience is put together, explained and kept", async ({ open }) => {
  const page = await open("claudia.jansen", "/audiences");
  await page.getByRole("link", { name: de("audiences:new") }).click();
  await expect(page.getByText(de("audiences:preview.incomplete"))).toBeVisible();

  await page.getByRole("button", { name: de("audiences:build.add") }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${de("audiences:build.place")}`) }).click();
  await page.getByRole("combobox", { name: de("audiences:build.units") }).fill("bezirk");
  const unit = page.getByRole("option", { name: /^Bezirk/ }).first();
  const name = (await unit.innerText()).split("\n")[0] ?? "";
  await unit.click();
  await expect(page.getByText(de("audiences:build.withBelow"))).toBeVisible();
  await expect(page.getByText(`alle in ${name} und allem darunter`)).toBeVisible();
  const all = Number.parseInt(await page.getByRole("status").filter({ hasText: /\d/ }).innerText(), 10);
  expect(all).toBeGreaterThan(1);

  // One of them is left out, and the page says why.
  const first = page.getByRole("list", { name: de("audiences:preview.people") }).getByRole("link").first();
  const person = await first.innerText();
  await page.getByRole("button", { name: de("audiences:build.addExclude") }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${de("audiences:build.people")}`) }).click();
  await page.getByRole("combobox", { name: de("audiences:build.people") }).fill(person);
  await page.getByRole("option", { name: new RegExp(person) }).click();
  await expect(page.getByText(`, außer ${person}`)).toBeVisible();
  const text = de("audiences:preview.count", { count: all - 1, number: String(all - 1) });
  await expect(page.getByText(text)).toBeVisible();
  // The field is brought into view before anything is typed, as by hand: a list closes when the page scrolls.
  const ask = page.getByRole("combobox", { name: de("audiences:preview.ask") });
  await ask.click();
  await ask.fill(person);
  await page.getByRole("option", { name: new RegExp(person) }).click();
  const why = page.getByRole("dialog");
  await expect(why.getByText(de("audiences:preview.isNotIn", { name: person }))).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("textbox", { name: de("audiences:name") }).fill("Bezirk ohne eine");
  await page.getByRole("button", { name: de("audiences:keep") }).click();
  await expect(page.getByRole("link", { name: "Bezirk ohne eine" })).toBeVisible();
  await answered(page);
  await page.getByRole("link", { name: "Bezirk ohne eine" }).click();
  await expect(page.getByText(`, außer ${person}`)).toBeVisible();
  await page.getByRole("button", { name: de("common:action.delete") }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: de("common:action.delete") }).click();
  await expect(page.getByRole("link", { name: "Bezirk ohne eine" })).toHaveCount(0);
});

test("a shared audience is for others to use, not to change", async ({ api, open }) => {
  const owner = await api.newPerson("Ria Hoch");
  const { audienceCreate } = await api.ask(owner,
    `mutation($input: AudienceCreateInput!) {
       audienceCreate(input: $input) { audience { id } userErrors { code } }
     }`,
    { input: { name: "Just Ria", isShared: true, rule: { people: { personIds: [await api.personId(owner.handle)] } } } });
  const page = await open(await api.newPerson("Sam Otter", "en"), `/audiences/${audienceCreate.audience.id}`);
  await expect(page.getByRole("heading", { name: "Just Ria" })).toBeVisible();
  await expect(page.getByText(en("audiences:preview.count", { count: 1, number: "1" }))).toBeVisible();
  await expect(page.getByRole("button", { name: en("audiences:keep") })).toHaveCount(0);
});

test("skills and languages are chosen by their names", async ({ api, open }) => {
  const skill = `Wertpapiere ${Date.now() % 10_000}`;
  const person = await api.newPerson("Edda Sprach");
  await api.ask(person,
    "mutation($input: ProfileDetailsUpdateInput!) { profileDetailsUpdate(input: $input) { userErrors { code } } }",
    { input: { skills: [skill], languages: ["fr"] } });
  const page = await open(person, "/audiences/new");
  const add = page.getByRole("button", { name: de("audiences:build.add") });
  await add.click();
  await page.getByRole("menuitem", { name: new RegExp(`^${de("audiences:build.skills")}`) }).click();
  await page.getByRole("combobox", { name: de("audiences:build.skills") }).fill(skill.toLowerCase());
  await page.getByRole("option", { name: new RegExp(skill) }).click();
  await add.click();
  await page.getByRole("menuitem", { name: new RegExp(`^${de("audiences:build.languages")}`) }).click();
  await page.getByRole("combobox", { name: de("audiences:build.languages") }).fill("franz");
  await page.getByRole("option", { name: "Französisch" }).click();
  await expect(page.getByText(`alle mit der Fähigkeit ${skill}, zugleich alle mit der Sprache Französisch`)).toBeVisible();
  await expect(page.getByText(de("audiences:preview.count", { count: 1, number: "1" }))).toBeVisible();
});
