// The organisation in the browser: a chart one walks, units with their times, calendars, and who is away.

import type { Locator, Page } from "@playwright/test";
import type { Api } from "../lib/api.ts";
import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

const phone = { viewport: { width: 360, height: 740 } };

async function unitId(api: Api, name: string): Promise<string> {
  const { orgUnitSearch } = await api.ask("claudia.jansen",
    "query($query: String!) { orgUnitSearch(query: $query, first: 1) { id name } }", { query: name });
  expect(orgUnitSearch[0].name).toBe(name);
  return orgUnitSearch[0].id;
}

function line(page: Page, name: string): Locator {
  return page.getByRole("tree").getByRole("treeitem", { name: new RegExp(`^${name}`) });
}

/** A day from today on, as date fields want it. */
function day(shift: number): string {
  return new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
}

test("the chart is walked by keyboard alone, from where one is to any unit", async ({ open }) => {
  const page = await open("claudia.jansen", "/organisation");
  await expect(line(page, "Lindenbank")).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: de("people:organisation.whereAmI") }).focus();
  await page.keyboard.press("Enter");
  const panel = page.getByRole("region", { name: "Bezirk Nord", exact: true });
  await expect(panel.getByRole("heading", { name: "Bezirk Nord", level: 2 })).toBeVisible();
  await expect(line(page, "Bezirk Nord")).toHaveAttribute("aria-selected", "true");

  await page.keyboard.press("Tab");
  await expect(line(page, "Bezirk Nord")).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(line(page, "Bezirk Nord")).toHaveAttribute("aria-expanded", "true");
  await expect(line(page, "Filiale Altona")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(line(page, "Filiale Altona")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(line(page, "Filiale Bremen")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(line(page, "Bezirk Nord")).toHaveAttribute("aria-expanded", "false");
  await expect(line(page, "Filiale Altona")).toHaveCount(0);
  await page.keyboard.press("Home");
  await expect(line(page, "Lindenbank")).toBeFocused();
  await page.keyboard.press("z");
  await expect(line(page, "Zentrale")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/unit=unit_/);
  const last = page.getByRole("tree").getByRole("treeitem").last();
  await expect(last).toBeFocused();
  await expect(last).toHaveAttribute("aria-selected", "true");
});

test("each line says who leads and how many are there, and a search unfolds the way to a unit or a person", async ({ open }) => {
  const page = await open("lena.carstens", "/organisation", phone);
  await expect(line(page, "Bezirk Nord")).toContainText("Claudia Jansen");
  await expect(line(page, "Bezirk Nord")).toContainText(/\d+ Personen/);
  const search = page.getByRole("combobox", { name: de("people:organisation.search") });
  await search.fill("Plattform");
  await page.getByRole("option", { name: /^Plattform-Team/ }).click();
  await expect(page.getByRole("region", { name: "Plattform-Team" })).toBeVisible();
  await expect(line(page, "Plattform-Team")).toHaveAttribute("aria-selected", "true");
  await search.fill("Hauke Nissen");
  await page.getByRole("option", { name: /^Hauke Nissen/ }).click();
  const branch = page.getByRole("region", { name: /^Filiale/ });
  await expect(branch.getByRole("link", { name: "Hauke Nissen" })).toBeVisible();
  await branch.getByRole("list", { name: de("people:organisation.path") }).getByRole("link", { name: "Filialgeschäft" }).click();
  await expect(page.getByRole("region", { name: "Filialgeschäft" })).toBeVisible();
});

test("an administrator says when a unit is open and which calendar holds, and nobody else is offered it", async ({ api, open }) => {
  const unit = await unitId(api, "Filiale Augsburg");
  const calendar = `Kalender ${Math.random().toString(36).slice(2, 8)}`;
  const admin = await open("katharina.wolff", "/admin/calendars", phone);
  await admin.getByRole("button", { name: de("admin:calendars.create") }).click();
  const create = admin.getByRole("dialog", { name: de("admin:calendars.create") });
  await create.getByRole("textbox", { name: de("admin:calendars.name") }).fill(calendar);
  await create.getByRole("button", { name: de("common:action.save") }).click();
  await expect(create).toBeHidden();
  const entry = admin.getByRole("listitem").filter({ hasText: calendar });
  await entry.getByText(calendar).click();
  for (const [date, name] of [["2031-08-08", "Friedensfest"], ["2031-08-09", "Irrtum"]] as const) {
    await entry.getByLabel(de("admin:calendars.day"), { exact: true }).fill(date);
    await entry.getByRole("textbox", { name: de("admin:calendars.dayName") }).fill(name);
    await entry.getByRole("button", { name: de("admin:calendars.addDay") }).click();
    await expect(entry.getByText(name)).toBeVisible();
  }
  await entry.getByRole("button", { name: /Irrtum/ }).click();
  await expect(entry.getByText("Irrtum")).toHaveCount(0);

  await admin.goto(`/organisation?unit=${unit}`);
  const panel = admin.getByRole("region", { name: "Filiale Augsburg" });
  await panel.getByRole("button", { name: de("people:times.change") }).click();
  const dialog = admin.getByRole("dialog", { name: de("people:times.of", { unit: "Filiale Augsburg" }) });
  await dialog.getByText(de("people:times.ownHours")).click();
  await dialog.getByRole("textbox", { name: "Samstag" }).fill("um zehn");
  await dialog.getByRole("button", { name: de("common:action.save") }).click();
  await expect(dialog.getByText(de("common:userError.HOURS_INVALID"))).toBeVisible();
  await dialog.getByRole("textbox", { name: "Samstag" }).fill("10-13, 14:30 – 16");
  await dialog.getByRole("button", { name: de("people:times.calendar") }).click();
  await admin.getByRole("option", { name: calendar }).click();
  await dialog.getByRole("button", { name: de("common:action.save") }).click();
  await expect(dialog).toBeHidden();
  await expect(panel.getByText("10:00–13:00, 14:30–16:00")).toBeVisible();
  await expect(panel.getByText(/Friedensfest/)).toBeVisible();

  const member = await open("lena.carstens", `/organisation?unit=${unit}`);
  await expect(member.getByText("10:00–13:00, 14:30–16:00")).toBeVisible();
  await expect(member.getByRole("button", { name: de("people:times.change") })).toHaveCount(0);
  await expect(member.getByRole("button", { name: de("people:standIn.name") })).toHaveCount(0);
});

test("who leads the line names somebody to stand in below and ends it", async ({ api, open }) => {
  const unit = await unitId(api, "Filiale Flensburg");
  const page = await open("claudia.jansen", `/organisation?unit=${unit}`, phone);
  await page.getByRole("button", { name: de("people:standIn.name") }).click();
  const dialog = page.getByRole("dialog", { name: de("people:standIn.name") });
  await dialog.getByRole("combobox", { name: de("people:standIn.person") }).fill("Sabine Hartwig");
  await page.getByRole("option", { name: /^Sabine Hartwig/ }).click();
  await dialog.getByLabel(de("people:standIn.last")).fill(day(7));
  await dialog.getByRole("button", { name: de("people:standIn.name") }).click();
  await expect(dialog).toBeHidden();
  const end = page.getByRole("button", { name: de("people:standIn.endOf", { name: "Sabine Hartwig" }) });
  await end.click();
  await page.getByRole("alertdialog").getByRole("button", { name: de("people:standIn.end") }).click();
  await expect(end).toHaveCount(0);
  await expect(page.getByText(de("people:standIn.none"))).toBeVisible();
});

test("an absence is entered, seen by colleagues without its reason, changed and withdrawn", async ({ api, open }) => {
  const person = await api.newPerson("Tilda Brandis", "en");
  const page = await open(person, "/settings/absence", phone);
  await page.getByRole("button", { name: en("settings:absence.add") }).click();
  const dialog = page.getByRole("dialog", { name: en("settings:absence.add") });
  await dialog.getByLabel(en("settings:absence.first")).fill(day(-2));
  await dialog.getByLabel(en("settings:absence.last")).fill(day(3));
  await dialog.getByRole("button", { name: en("settings:absence.kind") }).click();
  await page.getByRole("option", { name: en("people:absence.kind.ILLNESS") }).click();
  await dialog.getByRole("combobox", { name: en("settings:absence.substitute") }).fill("Lena Carstens");
  await page.getByRole("option", { name: /^Lena Carstens/ }).click();
  await dialog.getByRole("button", { name: en("common:action.save") }).click();
  await expect(dialog).toBeHidden();
  const entry = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Change absence/ }) });
  await expect(entry).toContainText("Lena Carstens");
  await expect(entry).toContainText(en("people:absence.kind.ILLNESS"));
  await expect(entry).toContainText(en("settings:absence.now"));

  const colleague = await open("lena.carstens", `/people/${person.handle}`);
  await expect(colleague.getByText(/^Abwesend bis /)).toBeVisible();
  await expect(colleague.getByRole("link", { name: "Lena Carstens" }).first()).toBeVisible();
  await expect(colleague.getByRole("heading", { name: de("people:absence.title") })).toHaveCount(0);
  await expect(colleague.getByText(de("people:absence.kind.ILLNESS"))).toHaveCount(0);
  const admin = await open("katharina.wolff", `/people/${person.handle}`, { viewport: { width: 1440, height: 900 } });
  await expect(admin.getByText(de("people:absence.kind.ILLNESS"))).toBeVisible();

  await entry.getByRole("button", { name: /^Change absence/ }).click();
  const change = page.getByRole("dialog", { name: en("settings:absence.change") });
  await change.getByRole("button", { name: en("settings:absence.kind") }).click();
  await page.getByRole("option", { name: en("people:absence.kind.TRAINING") }).click();
  await change.getByRole("button", { name: en("common:action.save") }).click();
  await expect(entry).toContainText(en("people:absence.kind.TRAINING"));
  await entry.getByRole("button", { name: /^Withdraw/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: en("settings:absence.remove") }).click();
  await expect(page.getByText(en("settings:absence.none"))).toBeVisible();
  await answered(page);
  await colleague.reload();
  await expect(colleague.getByRole("heading", { name: person.name }).last()).toBeVisible();
  await expect(colleague.getByText(/^Abwesend bis /)).toHaveCount(0);
});

test("on a phone the directory's filter stands above the list, and the profile's facts above its posts", async ({ open }) => {
  const page = await open("lena.carstens", "/people", phone);
  await expect(page.getByRole("listitem").first()).toBeVisible();
  await page.getByText(de("people:facet.filter"), { exact: true }).click();
  await page.getByText(de("people:facet.location"), { exact: true }).click();
  await page.getByRole("button", { name: /^Kiel/ }).click();
  await expect(page).toHaveURL(/location=kiel/i);
  await expect(page.getByText(de("people:facet.filterChosen", { count: 1 }))).toBeVisible();

  await page.goto("/people/hauke.nissen");
  await page.getByText(de("people:profile.more")).click();
  await page.getByRole("list", { name: de("people:line.managersHint") }).getByRole("link").first().click();
  await expect(page).not.toHaveURL(/hauke\.nissen/);
});
