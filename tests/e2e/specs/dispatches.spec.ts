// The direct line: a district manager reaches the counters of all her branches, privately and with proof.

import { expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

const subject = /Ausweisprüfung bei Barauszahlungen/;
const phone = { viewport: { width: 360, height: 740 } };

test("a teller reads, answers the question and confirms on a phone", async ({ open }) => {
  const page = await open("lena.carstens", "/", phone);
  await page.getByRole("link", { name: /warten auf Sie|wartet auf Sie/ }).click();
  await page.getByRole("link", { name: subject }).click();
  await expect(page.getByRole("heading", { name: subject }).last()).toBeVisible();
  await expect(page.getByText(/Überfällig seit/)).toBeVisible();
  const confirm = page.getByRole("button", { name: de("dispatches:acknowledge.confirm") });
  await expect(confirm).toBeDisabled();
  await page.getByText("Auszahlen und notieren").click();
  await confirm.click();
  await expect(page.getByText(de("common:userError.ANSWERS_WRONG"))).toBeVisible();
  await page.getByText("Nicht auszahlen und 4711 rufen").click();
  await confirm.click();
  await expect(page.getByText(/Fassung 1 bestätigt/)).toBeVisible();

  await page.getByRole("textbox", { name: /Claudia Jansen schreiben/ }).fill("Gilt das auch für Schecks?");
  await page.getByRole("button", { name: de("dispatches:send") }).click();
  await expect(page.getByText("Gilt das auch für Schecks?", { exact: true }).first()).toBeVisible();
});

test("the sender sees how far it is by unit, answers, and those who lead in between see no answers", async ({ open }) => {
  const page = await open("claudia.jansen", "/dispatches?box=SENT");
  await page.getByRole("link", { name: subject }).click();
  await expect(page.getByRole("button", { name: /Bezirk Nord/ })).toBeVisible();
  await page.getByRole("button", { name: /Bezirk Nord/ }).click();
  await expect(page.getByRole("button", { name: /Filiale Kiel/ })).toBeVisible();
  await expect(page.getByRole("button", { name: /Filiale Bremen.*0 von 1.*1 überfällig/ })).toBeVisible();

  const waiting = page.getByRole("listitem").filter({ hasText: "Swantje Lorenz" });
  await waiting.getByRole("textbox", { name: /Antwort an Swantje Lorenz/ }).fill("Ja, mit der App.");
  await waiting.getByRole("button", { name: de("dispatches:send") }).click();
  await expect(waiting.getByText("Ja, mit der App.", { exact: true }).first()).toBeVisible();

  await page.getByRole("button", { name: de("dispatches:recipients.show") }).click();
  await expect(page.getByText("Rieke Osterloh")).toBeVisible();
});

test("an auditor opens the proof, and those it concerns see who looked", async ({ open }) => {
  const page = await open("ines.marquardt", "/dispatches?box=AUDITED");
  await page.getByRole("link", { name: subject }).click();
  await page.getByRole("link", { name: de("dispatches:proof.open") }).click();
  await expect(page.getByText(de("dispatches:proof.verified"))).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Rieke Osterloh" })).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^proof-.*\.csv$/);
  await expect(page.getByText("Gilt das auch")).toHaveCount(0);

  const looked = await open("lena.carstens", "/settings/privacy");
  await expect(looked.getByRole("link", { name: "Ines Marquardt" }).first()).toBeVisible();
});

test("a dispatch is written, its reach is known before, and a change of meaning opens it again", async ({ api, open }) => {
  const page = await open("claudia.jansen", "/dispatches/new");
  const title = `Neue Öffnungszeiten ${Date.now() % 10_000}`;
  await page.getByText("Servicekraft Kasse (5)").click();
  await expect(page.getByText(de("dispatches:target.count", { count: 5, number: "5" })).first()).toBeVisible();
  await page.getByRole("textbox", { name: de("dispatches:write.title") }).fill(title);
  await page.getByRole("textbox", { name: de("dispatches:write.body") }).fill("Ab Mai öffnen wir um **neun**.");
  await page.getByText(de("dispatches:rules.mustRead")).click();
  await page.getByRole("button", { name: de("dispatches:write.send", { count: 5, number: "5" }) }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: de("dispatches:write.confirm") }).click();
  await expect(page.getByRole("heading", { name: title }).last()).toBeVisible();

  const { dispatches } = await api.ask("lena.carstens",
    "{ dispatches(box: RECEIVED, first: 1) { nodes { id version } } }");
  const [{ id }] = dispatches.nodes;
  await api.ask("lena.carstens",
    "mutation($input: DispatchAcknowledgeInput!) { dispatchAcknowledge(input: $input) { userErrors { code message } } }",
    { input: { dispatchId: id, version: 1, language: "de", answers: [] } });

  await page.getByRole("button", { name: de("dispatches:revise.action") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: de("dispatches:write.body") }).fill("Ab Mai öffnen wir um **acht**.");
  await dialog.getByText(de("dispatches:revise.material"), { exact: true }).click();
  await dialog.getByRole("button", { name: de("dispatches:revise.save") }).click();
  await expect(page.getByText(de("dispatches:version", { number: 2 })).first()).toBeVisible();

  const teller = await open("lena.carstens", `/dispatches/${id}`, phone);
  await expect(teller.getByRole("heading", { name: de("dispatches:changes.title", { version: 1 }) })).toBeVisible();
  await expect(teller.locator("del").filter({ hasText: "neun" })).toBeVisible();
  await teller.getByRole("button", { name: de("dispatches:acknowledge.confirm") }).click();
  await expect(teller.getByText(/Fassung 2 bestätigt/)).toBeVisible();
});

test("somebody without a line of their own can send nothing, in English too", async ({ api, open }) => {
  const page = await open(await api.newPerson("Nia Holt", "en"), "/dispatches/new", phone);
  await expect(page.getByText(en("dispatches:noRight"))).toBeVisible();
  await page.goto("/dispatches");
  await expect(page.getByText(en("dispatches:none.RECEIVED"))).toBeVisible();
});

test("a line is narrowed to a kept audience, which reaches nobody beyond it", async ({ api, open }) => {
  const name = `Zwei am Schalter ${Date.now() % 10_000}`;
  const people = await Promise.all(["lena.carstens", "ines.marquardt"].map((handle) => api.personId(handle)));
  await api.ask("claudia.jansen",
    "mutation($input: AudienceCreateInput!) { audienceCreate(input: $input) { userErrors { code } } }",
    { input: { name, isShared: false, rule: { people: { personIds: people } } } });
  const page = await open("claudia.jansen", "/dispatches/new");
  await page.getByRole("button", { name: new RegExp(de("dispatches:target.audience")) }).click();
  await page.getByRole("option", { name }).click();
  // The auditor is in the audience, but not in the district.
  await expect(page.getByText(de("dispatches:target.count", { count: 1, number: "1" })).first()).toBeVisible();
  const title = `Nur am Schalter ${Date.now() % 10_000}`;
  await page.getByRole("textbox", { name: de("dispatches:write.title") }).fill(title);
  await page.getByRole("textbox", { name: de("dispatches:write.body") }).fill("Bitte kommen Sie am Freitag.");
  await page.getByRole("button", { name: de("dispatches:write.send", { count: 1, number: "1" }) }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: de("dispatches:write.confirm") }).click();
  await expect(page.getByText(de("dispatches:toAudience", { name }))).toBeVisible();

  const got = await open("lena.carstens", "/dispatches");
  await got.getByRole("link", { name: new RegExp(title) }).click();
  await expect(got.getByText("Bitte kommen Sie am Freitag.")).toBeVisible();
  await expect(got.getByText(name)).toHaveCount(0);
});

test("what is being written is kept by itself and there again when the page is loaded anew", async ({ open }) => {
  const page = await open("claudia.jansen", "/dispatches/new");
  const title = `Halb geschrieben ${Date.now() % 10_000}`;
  await page.getByRole("textbox", { name: de("dispatches:write.title") }).fill(title);
  await expect(page.getByText(de("dispatches:write.autosave.saved"), { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/draft=dispatch_/);
  await page.reload();
  await expect(page.getByRole("textbox", { name: de("dispatches:write.title") })).toHaveValue(title);
  await page.goto("/dispatches?box=DRAFTS");
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("textbox", { name: de("dispatches:write.title") })).toHaveValue(title);
});

test("the sender reminds who is overdue, once for now", async ({ open }) => {
  const page = await open("claudia.jansen", "/dispatches?box=SENT");
  await page.getByRole("link", { name: subject }).click();
  await page.getByRole("button", { name: de("dispatches:remind.action") }).click();
  await expect(page.getByText(/werden erinnert|wird erinnert/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Erinnert:/ })).toBeDisabled();
});

test("an administrator says how urgent dispatches come back in a district", async ({ open }) => {
  const page = await open("katharina.wolff", "/admin/line", phone);
  await page.getByRole("button", { name: de("dispatches:policies.set") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(de("dispatches:policies.quiet"))).toBeVisible();
  await dialog.getByRole("combobox", { name: de("audiences:build.units") }).fill("bezirk");
  const unit = page.getByRole("option", { name: /^Bezirk/ }).first();
  const name = (await unit.innerText()).split("\n")[0] ?? "";
  await unit.click();
  await dialog.getByLabel(de("dispatches:policies.minutes")).fill("5");
  await dialog.getByRole("button", { name: de("common:action.save") }).click();
  await expect(dialog.getByText(de("common:userError.OUT_OF_RANGE"))).toBeVisible();
  await dialog.getByLabel(de("dispatches:policies.minutes")).fill("30");
  await dialog.getByLabel(de("dispatches:policies.times")).fill("3");
  await dialog.getByText(de("dispatches:policies.quiet"), { exact: true }).click();
  await dialog.getByRole("button", { name: de("common:action.save") }).click();
  const rule = page.getByRole("listitem").filter({ hasText: name });
  await expect(rule.getByText(de("dispatches:policies.repeats", { count: 3, minutes: 30 }))).toBeVisible();
  await expect(rule.getByText(de("dispatches:policies.passes"))).toBeVisible();
  await rule.getByRole("button", { name: de("dispatches:policies.remove") }).click();
  await expect(page.getByText(de("dispatches:policies.none"))).toBeVisible();
});
