import { describe, expect, it } from "vitest";

const files = import.meta.glob<Record<string, unknown>>("../../locales/*/*.json", {
  eager: true,
  import: "default",
});

function flatten(value: unknown, prefix = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[prefix, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, prefix ? `${prefix}.${key}` : key),
  );
}

function texts(locale: string, namespace: string) {
  return new Map(flatten(files[`../../locales/${locale}/${namespace}.json`] ?? {}));
}

const plural = /_(zero|one|two|few|many|other)$/;
const names = (locale: string) =>
  Object.keys(files)
    .filter((path) => path.includes(`/${locale}/`))
    .map((path) => path.slice(path.lastIndexOf("/") + 1, -".json".length))
    .sort();
const namespaces = names("en");
const placeholders = (text: unknown) =>
  [...String(text).matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();

describe("texts", () => {
  it("exist in the same namespaces in every language", () => {
    expect(namespaces.length).toBeGreaterThan(0);
    expect(names("de")).toEqual(namespaces);
  });

  it.each(namespaces)(
    "of %s have the same keys and placeholders in German and English",
    (namespace) => {
      const de = texts("de", namespace);
      const en = texts("en", namespace);
      expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
      for (const [key, text] of en) {
        expect(placeholders(de.get(key)), `${namespace}:${key}`).toEqual(placeholders(text));
      }
    },
  );

  it.each(namespaces)("of %s are never empty", (namespace) => {
    for (const locale of ["de", "en"]) {
      for (const [key, text] of texts(locale, namespace)) {
        expect(
          typeof text === "string" && text.trim(),
          `${locale} ${namespace}:${key}`,
        ).toBeTruthy();
      }
    }
  });

  it.each(namespaces)("of %s have all plural forms their language needs", (namespace) => {
    for (const locale of ["de", "en"]) {
      const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
      const keys = [...texts(locale, namespace).keys()];
      for (const key of keys.filter((each) => plural.test(each))) {
        const stem = key.replace(plural, "");
        for (const form of needed) expect(keys).toContain(`${stem}_${form}`);
      }
    }
  });
});
