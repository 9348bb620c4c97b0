// What one decides for oneself.

import { answered, expect, test } from "../lib/test.ts";
import { de, en } from "../lib/words.ts";

test("the language switches at once and is kept, on every device", async ({ api, open }) => {
  const person = await api.newPerson("Marlene Xaver");
  const page = await open(person, "/settings/appearance");
  await expect(page.getByRole("heading", { name: de("settings:title"), level: 1 })).toBeVisible();
  await page.getByRole("radio", { name: de("shell:locale.en") }).check({ force: true });
  await expect(page.getByRole("heading", { name: en("settings:title"), level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await answered(page);
  await page.reload();
  await expect(page.getByRole("heading", { name: en("settings:title"), level: 1 })).toBeVisible();
  const other = await open(person, "/settings/appearance");
  await expect(other.getByRole("heading", { name: en("settings:title"), level: 1 })).toBeVisible();
});

test("the dark theme is taken at once and is there before the first paint after a reload", async ({ api, open }) => {
  const person = await api.newPerson("Nora Yildiz", "en");
  const page = await open(person, "/settings/appearance");
  await page.getByRole("radio", { name: en("shell:theme.DARK") }).check({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await answered(page);
  await page.reload({ waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a personal access token is shown once and works for programs until it is revoked", async ({ api, house, open }) => {
  const person = await api.newPerson("Otto Zander", "en");
  const page = await open(person, "/settings/tokens");
  await page.getByRole("button", { name: en("settings:tokens.create") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: en("settings:tokens.name") }).fill("Weekly report");
  await dialog.getByRole("button", { name: en("settings:tokens.create") }).click();
  const secret = await dialog.locator("code").innerText();
  await dialog.getByRole("button", { name: en("common:action.done") }).click();
  await expect(page.getByText("Weekly report")).toBeVisible();
  await answered(page);
  await page.reload();
  await expect(page.getByText("Weekly report")).toBeVisible();
  await expect(page.getByText(secret)).toHaveCount(0);
  const ask = async () => {
    const answer = await fetch(`${house.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: "{ viewer { person { handle } } }" }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  expect((await ask()).body.data.viewer.person.handle).toBe(person.handle);
  await page.getByRole("button", { name: en("settings:tokens.revokeOf", { name: "Weekly report" }) }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: en("settings:tokens.revoke"), exact: true }).click();
  await expect(page.getByText(en("settings:tokens.none"))).toBeVisible();
  await expect.poll(async () => (await ask()).status, { timeout: 2_000 }).toBe(401);
});
