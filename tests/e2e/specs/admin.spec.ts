// What network admins do, and that nobody else can.

import { homeIsThere } from "../lib/steps.ts";
import { expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("a new person comes in with a one-time password and must choose their own", async ({ open, visit }) => {
  const admin = await open("katharina.wolff", "/admin/people");
  await admin.getByRole("button", { name: de("admin:people.create") }).click();
  const dialog = admin.getByRole("dialog", { name: de("admin:people.create") });
  const name = `Arno Kessler ${Math.random().toString(36).slice(2, 6).replace(/\d/g, "x")}`;
  await dialog.getByRole("textbox", { name: de("admin:people.name") }).fill(name);
  const handle = await dialog.getByRole("textbox", { name: de("admin:people.handle") }).inputValue();
  await dialog.getByRole("textbox", { name: de("admin:people.email") }).fill(`${handle}@lindenbank.example`);
  await dialog.getByRole("button", { name: de("admin:people.create") }).click();
  const shown = admin.getByRole("dialog", { name: de("admin:password.title", { name }) });
  const given = await shown.locator("code").innerText();
  await shown.getByRole("button", { name: de("common:action.done") }).click();
  await expect(admin.getByText(given)).toHaveCount(0);

  const page = await visit("/login");
  await page.getByLabel(de("auth:login.login")).fill(handle);
  await page.getByLabel(de("auth:login.password"), { exact: true }).fill(given);
  await page.getByRole("button", { name: de("auth:login.submit") }).click();
  await expect(page.getByRole("heading", { name: de("auth:first.title") })).toBeVisible();
  await page.goto("/communities");
  await expect(page.getByRole("heading", { name: de("auth:first.title") })).toBeVisible();
  await page.getByRole("textbox", { name: de("auth:first.current") }).fill(given);
  await page.getByRole("textbox", { name: de("auth:password.new") }).fill("neun ruhige Boote im Hafen");
  await page.getByRole("button", { name: de("auth:first.submit") }).click();
  await expect(page.getByRole("heading", { name: de("communities:title"), level: 1 })).toBeVisible();
});

test("a deactivated person is signed out of the page that is open", async ({ api, open }) => {
  const person = await api.newPerson("Bodo Lehr", "en");
  const page = await open(person);
  await homeIsThere(page, en);
  const admin = await open("katharina.wolff", "/admin/people");
  await admin.getByRole("searchbox", { name: de("admin:people.search") }).fill(person.handle);
  await admin.getByRole("button", { name: de("admin:people.menu", { name: person.name }) }).click();
  await admin.getByRole("menuitem", { name: new RegExp(`^${de("admin:people.deactivate")}`) }).click();
  await expect(admin.getByText(de("admin:people.deactivatedNow", { name: person.name }))).toBeVisible();
  await expect(page.getByRole("button", { name: en("auth:login.submit") })).toBeVisible({ timeout: 2_000 });
});

test("the health page says how the server is, and only to admins", async ({ open }) => {
  const page = await open("katharina.wolff", "/admin/health");
  await expect(page.getByRole("heading", { name: de("admin:health.checks") })).toBeVisible();
  await expect(page.getByText(de("admin:health.check.database")).first()).toBeVisible();
  await page.getByRole("button", { name: de("admin:health.again") }).click();
  await expect(page.getByText(de("admin:health.version"))).toBeVisible();
  const other = await open("lena.carstens", "/admin/health");
  await expect(other.getByText(de("admin:forbidden"))).toBeVisible();
});
