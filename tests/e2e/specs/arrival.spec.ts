// Coming in and going out: the first visit, signing in, the first password.

import { password } from "../lib/api.ts";
import { startServer } from "../lib/server.ts";
import { homeIsThere } from "../lib/steps.ts";
import { expect, newContext, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("the first visit sets the organisation up and ends on an empty home feed", async ({ browser, breaches }) => {
  const server = await startServer("nothing");
  const context = await newContext(browser, server.url, breaches);
  try {
    const page = await context.newPage();
    await page.goto("/");
    await expect(page.getByRole("heading", { name: de("auth:setup.title") })).toBeVisible();
    await page.getByRole("button", { name: de("shell:locale.en") }).click();
    await expect(page.getByRole("heading", { name: en("auth:setup.title") })).toBeVisible();
    await page.getByLabel(en("auth:setup.organisationName")).fill("Harbour & Sons");
    await page.getByRole("button", { name: en("auth:setup.next") }).click();
    await page.getByRole("textbox", { name: en("auth:setup.name") }).fill("Ada Winter");
    await expect(page.getByRole("textbox", { name: en("auth:setup.handle") })).toHaveValue("ada.winter");
    await page.getByRole("textbox", { name: en("auth:setup.email") }).fill("ada@harbour.example");
    await page.getByRole("textbox", { name: en("auth:setup.password"), exact: true }).fill("seven quiet lime trees");
    await page.getByRole("button", { name: en("auth:setup.submit") }).click();
    await expect(page.getByText(en("feed:end.title")).or(page.getByText(en("feed:empty.title")))).toBeVisible();
    await expect(page.getByRole("link", { name: "Harbour & Sons" })).toBeVisible();
    await page.goto("/setup");
    await expect(page).toHaveURL(`${server.url}/`);
  } finally {
    await context.close();
    await server.stop();
  }
});

test("a wrong password is said kindly, the right one opens the page that was asked for", async ({ visit }) => {
  const page = await visit("/settings/appearance");
  await expect(page).toHaveURL(/\/login/);
  await page.getByLabel(de("auth:login.login")).fill("lena.carstens");
  await page.getByLabel(de("auth:login.password"), { exact: true }).fill("something else");
  await page.getByRole("button", { name: de("auth:login.submit") }).click();
  await expect(page.getByRole("alert")).toContainText(de("auth:login.wrong"));
  await page.getByLabel(de("auth:login.password"), { exact: true }).fill(password);
  await page.getByRole("button", { name: de("auth:login.submit") }).click();
  await expect(page).toHaveURL(/\/settings\/appearance$/);
});

test("signing out ends the session, and the way back does not bring it again", async ({ api, open }) => {
  const person = await api.newPerson("Greta Holm", "en");
  const page = await open(person);
  await page.getByRole("button", { name: en("shell:menu.label", { name: person.name }) }).click();
  await page.getByRole("menuitem", { name: en("shell:menu.signOut") }).click();
  await expect(page.getByRole("button", { name: en("auth:login.submit") })).toBeVisible();
  await page.goto("/");
  await expect(page).toHaveURL(/\/login/);
});

test("signing out everywhere ends the other browser's open page", async ({ api, open }) => {
  const person = await api.newPerson("Mona Sander", "en");
  const other = await open(person);
  await homeIsThere(other, en);
  const page = await open(person, "/settings/security");
  await page.getByRole("button", { name: en("settings:security.everywhere") }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog"))
    .getByRole("button", { name: en("settings:security.everywhere") }).click();
  await expect(page.getByRole("button", { name: en("auth:login.submit") })).toBeVisible();
  await expect(other.getByRole("button", { name: en("auth:login.submit") })).toBeVisible({ timeout: 2_000 });
});
