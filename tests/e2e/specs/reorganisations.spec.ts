// A reorganisation: faulty files refused, tomorrow's files tried out, applied and taken back.

import type { Page } from "@playwright/test";
import { tomorrow } from "../lib/pages.ts";
import { expect, test } from "../lib/test.ts";
import { de } from "../lib/words.ts";

async function choose(page: Page, files: ReturnType<typeof tomorrow>) {
  for (const [name, text] of [
    ["people.csv", files.people], ["org_units.csv", files.orgUnits], ["assignments.csv", files.assignments],
  ] as const) {
    await page.locator(`input[type=file][aria-label="${name}"]`).setInputFiles({
      name, mimeType: "text/csv", buffer: Buffer.from(text),
    });
  }
}

test("tomorrow's files are tried out, applied and taken back", async ({ open }) => {
  const page = await open("katharina.wolff", "/admin/reorganisations");
  const submit = page.getByRole("button", { name: de("reorganisations:rehearse.submit") });
  await expect(submit).toBeDisabled();
  const files = tomorrow();
  await choose(page, { ...files, assignments: `${files.assignments}9009,PLOEN,Kasse,no\n` });
  await submit.click();
  const refusal = page.getByRole("alert");
  await expect(refusal).toContainText(de("reorganisations:faults.line", { file: "assignments.csv", line: "4" }));
  await expect(refusal).toContainText('person "9009" is not in people.csv');

  await choose(page, files);
  await submit.click();
  await expect(page.getByRole("heading", { name: de("reorganisations:one"), level: 1 })).toBeVisible();
  const part = (name: string) => page.getByRole("button", { name: new RegExp(`^${de(`reorganisations:part.${name}`)}`) });
  await part("UNIT_GAINED").click();
  const lines = page.getByRole("list", { name: de("reorganisations:part.UNIT_GAINED") });
  await expect(lines.getByRole("listitem")).toHaveText([
    /^Arno Tiedemann\s*Filiale Plön am See$/, /^Lena Carstens\s*Filiale Plön am See$/,
  ]);
  await page.getByRole("searchbox", { name: de("reorganisations:found.search") }).fill("lena");
  await expect(lines.getByRole("listitem")).toHaveCount(1);
  await part("LINE_GAINED").click();
  await expect(page.getByText("Arno Tiedemann")).toBeVisible();

  await page.getByRole("button", { name: de("reorganisations:apply.action") }).click();
  const sure = page.getByRole("alertdialog");
  await sure.getByRole("button", { name: de("reorganisations:apply.action") }).click();
  await expect(page.getByText(de("reorganisations:apply.done"))).toBeVisible();
  await expect(page.getByText(de("reorganisations:state.APPLIED"), { exact: true })).toBeVisible();
  const lena = await open("lena.carstens", "/people/lena.carstens");
  await expect(lena.getByText("Filiale Plön am See").first()).toBeVisible();

  await page.getByRole("button", { name: de("reorganisations:undo.action") }).click();
  await sure.getByRole("button", { name: de("reorganisations:undo.action") }).click();
  await expect(page.getByText(de("reorganisations:undo.done"))).toBeVisible();
  await lena.reload();
  await expect(lena.getByRole("heading", { name: "Lena Carstens", level: 1 })).toBeVisible();
  await expect(lena.getByText("Filiale Plön am See")).toHaveCount(0);
});

test("whoever does not administer the network sees no reorganisation", async ({ open }) => {
  const page = await open("lena.carstens", "/admin/reorganisations");
  await expect(page.getByText(de("admin:forbidden"))).toBeVisible();
  await page.goto("/admin/reorganisations/reorganisation_00000000000000000000000000000000");
  await expect(page.getByRole("alert")).toBeVisible();
});
