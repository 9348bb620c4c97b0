/**
 * The texts of the language in use, and how one is said. Small on purpose, since every first visit
 * carries it: placeholders, plural forms and a default are all our texts need. The types, which hold
 * every key to the English files, are i18next's.
 */
import type { TFunction } from "i18next";
import { useSyncExternalStore } from "react";
import type { Locale, Namespace } from "./resources";

type Texts = { [key: string]: string | Texts };
type Values = Record<string, unknown> & { count?: number; defaultValue?: string };
type Namespaces = Namespace | readonly Namespace[];

const known = new Map<Locale, Record<string, Texts>>();
const listeners = new Set<() => void>();
let current: Locale = "en";
let plurals = new Intl.PluralRules(current);
/** Functions for the language in use, so that the same question gets the same function. */
let functions = new Map<string, TFunction<never>>();

/** Takes up the texts of a language, by namespace. */
export function addTexts(locale: Locale, texts: Record<string, unknown>) {
  known.set(locale, texts as Record<string, Texts>);
}

/** Whether the texts of a language are there. */
export function hasTexts(locale: Locale): boolean {
  return known.has(locale);
}

/** The language in use now. */
export function currentLocale(): Locale {
  return current;
}

/** Says everything in another language from now on; its texts must be there. */
export function speak(locale: Locale) {
  current = locale;
  plurals = new Intl.PluralRules(locale);
  functions = new Map();
  for (const listener of listeners) listener();
}

/** What says the texts of these namespaces, each looked through in turn; other keys name theirs. */
export function textsOf<const N extends Namespaces = "common">(
  namespaces: N = "common" as N,
): TFunction<N> {
  const names: readonly string[] = typeof namespaces === "string" ? [namespaces] : namespaces;
  const id = names.join();
  const made = functions.get(id) ?? ((key: string, values?: Values) => say(names, key, values));
  functions.set(id, made as TFunction<never>);
  return made as TFunction<N>;
}

/** The texts of these namespaces, re-rendering the component when the language changes. */
export function useTranslation<const N extends Namespaces = "common">(namespaces?: N) {
  useSyncExternalStore(subscribe, currentLocale);
  return { t: textsOf(namespaces) };
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function say(names: readonly string[], asked: string, values: Values = {}): string {
  const [named, rest] = asked.split(":", 2);
  const key = rest ?? asked;
  const forms =
    typeof values.count === "number" ? [`${key}_${plurals.select(values.count)}`, key] : [key];
  const texts = known.get(current);
  for (const name of rest === undefined ? names : [named ?? ""]) {
    for (const form of forms) {
      const found = form
        .split(".")
        .reduce<string | Texts | undefined>(
          (at, part) => (typeof at === "object" ? at[part] : undefined),
          texts?.[name],
        );
      if (typeof found === "string") return filled(found, values);
    }
  }
  return values.defaultValue === undefined ? key : filled(values.defaultValue, values);
}

function filled(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (mark, name: string) =>
    values[name] === undefined ? mark : String(values[name]),
  );
}
