// The story of the direct line as `make demo` leaves it, in both languages, on a phone and on a wide screen: the sender
// sees three who have not confirmed, the head in between learned of it and cannot read along, an auditor has the proof.

import { expect, test } from "../lib/test.ts";
import type { Api } from "../lib/api.ts";
import { type Locale, words } from "../lib/words.ts";

const subjects = {
  de: /Ausweisprüfung bei Barauszahlungen/,
  en: /Checking identity cards for cash/,
};
const screens = {
  phone: { viewport: { width: 360, height: 740 } },
  wide: { viewport: { width: 1440, height: 900 } },
};
const people = ["claudia.jansen", "lena.carstens", "ines.marquardt"];

async function speak(api: Api, locale: Locale) {
  for (const person of people) {
    await api.ask(person,
      "mutation($input: SettingsUpdateInput!) { settingsUpdate(input: $input) { userErrors { code message } } }",
      { input: { locale } });
  }
}

// As `make demo` leaves it: elsewhere a teller confirms.
test.use({ bank: "untouched" });
test.afterEach(async ({ api }) => speak(api, "de"));

for (const locale of ["de", "en"] as const) {
  for (const screen of ["phone", "wide"] as const) {
    test(`the story of the direct line, ${locale}, ${screen}`, async ({ api, open }) => {
      test.setTimeout(90_000);
      await speak(api, locale);
      const t = words(locale);
      const subject = subjects[locale];
      const options = screens[screen];

      // Who wrote it sees how far it is, by unit, and who has not confirmed.
      const sender = await open("claudia.jansen", "/dispatches?box=SENT", options);
      await sender.getByRole("link", { name: subject }).click();
      await expect(sender.getByRole("heading", { name: subject }).last()).toBeVisible();
      await expect(sender.getByText(t("dispatches:progress.title"))).toBeVisible();
      const district = sender.getByRole("button", { name: /Bezirk Nord/ });
      await expect(district).toContainText(t("dispatches:progress.overdueCount", { count: 3, number: "3" }));
      await sender.getByRole("button", { name: t("dispatches:recipients.show") }).click();
      await expect(sender.getByText("Rieke Osterloh")).toBeVisible();
      await expect(sender.getByText(t("dispatches:recipients.count", { count: 3, number: "3" }), { exact: true })).toBeVisible();

      // One of the three still finds it first thing.
      const teller = await open("lena.carstens", "/dispatches?box=OPEN", options);
      await teller.getByRole("link", { name: subject }).click();
      await expect(teller.getByRole("heading", { name: subject }).last()).toBeVisible();
      await expect(teller.getByRole("button", { name: t("dispatches:acknowledge.confirm") })).toBeVisible();
      await expect(teller.getByText(t("dispatches:progress.title"))).toHaveCount(0);

      // The auditor has the proof and no answers.
      const auditor = await open("ines.marquardt", "/dispatches?box=AUDITED", options);
      await auditor.getByRole("link", { name: subject }).click();
      await expect(auditor.getByText(t("dispatches:answers.title"), { exact: true })).toHaveCount(0);
      await auditor.getByRole("link", { name: t("dispatches:proof.open") }).click();
      await expect(auditor.getByText(t("dispatches:proof.verified"))).toBeVisible();
      await expect(auditor.getByRole("rowheader", { name: "Rieke Osterloh" })).toBeVisible();

      // The head of a branch with one who is overdue got a copy, was told, and reads no answer.
      const { dispatches } = await api.ask("claudia.jansen",
        "{ dispatches(box: SENT, first: 10) { nodes { id isMustRead } } }");
      const id = dispatches.nodes.find((each: { isMustRead: boolean }) => each.isMustRead).id;
      for (const page of [sender, teller, auditor]) {
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, "nothing is wider than the screen").toBeLessThanOrEqual(options.viewport.width);
      }
      const head = await open(await api.account("anke.behrens"), `/dispatches/${id}`, options);
      await expect(head.getByRole("heading", { name: subjects.de }).or(head.getByRole("heading", { name: subjects.en })).last()).toBeVisible();
      await expect(head.getByText("Ein Foto reicht nicht.")).toHaveCount(0);
    });
  }
}
