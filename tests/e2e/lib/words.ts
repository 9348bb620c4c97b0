// The texts people see, from the locale files of the web client.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const locales = join(import.meta.dirname, "../../../web/locales");

export type Locale = "de" | "en";
export type Words = (key: string, values?: Record<string, string | number>) => string;

const cache = new Map<string, unknown>();

function file(locale: Locale, name: string): unknown {
  const path = join(locales, locale, `${name}.json`);
  if (!cache.has(path)) cache.set(path, JSON.parse(readFileSync(path, "utf8")));
  return cache.get(path);
}

function look(tree: unknown, path: string[]): string | undefined {
  let at = tree;
  for (const part of path) at = (at as Record<string, unknown> | undefined)?.[part];
  return typeof at === "string" ? at : undefined;
}

/** The texts of one language: `de("posts:reply.send")`, with `count` choosing the plural form. */
export function words(locale: Locale): Words {
  const plural = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const [name, rest] = key.split(":") as [string, string];
    const form = typeof values.count === "number" ? `_${plural.select(values.count)}` : "";
    const tree = file(locale, name);
    const text = look(tree, `${rest}${form}`.split(".")) ?? look(tree, rest.split("."));
    if (text === undefined) throw new Error(`${locale} has no text ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, each: string) => String(values[each] ?? `{{${each}}}`));
  };
}

export const de = words("de");
export const en = words("en");
