/**
 * Language set-up. One language is one lazily loaded chunk with all namespaces; the other
 * languages are fetched when the page is idle, so switching needs no network.
 */
import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { isLocale, type Locale, locales } from "./resources";

const languages: Record<Locale, () => Promise<{ texts: Record<string, Record<string, unknown>> }>> =
  {
    de: () => import("./texts/de"),
    en: () => import("./texts/en"),
  };
const loaded = new Set<Locale>();
const storageKey = "loggia.locale";

/** The language before anybody has signed in: the remembered one, else the browser's. */
export function browserLocale(): Locale {
  const remembered = readStorage();
  if (isLocale(remembered)) return remembered;
  for (const tag of navigator.languages ?? [navigator.language]) {
    const language = tag.slice(0, 2).toLowerCase();
    if (isLocale(language)) return language;
  }
  return "en";
}

/** Loads the texts of a language once. */
export async function loadLocale(locale: Locale): Promise<void> {
  if (loaded.has(locale)) return;
  const { texts } = await languages[locale]();
  for (const [path, bundle] of Object.entries(texts)) {
    const namespace = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    i18next.addResourceBundle(locale, namespace, bundle, true, true);
  }
  loaded.add(locale);
}

/** Starts the texts in the person's language. */
export async function startI18n(): Promise<i18n> {
  const locale = browserLocale();
  await i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: false,
    defaultNS: "common",
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false, bindI18nStore: "added" },
  });
  await loadLocale(locale);
  document.documentElement.lang = locale;
  whenIdle(() => {
    for (const other of locales) void loadLocale(other).catch(() => undefined);
  });
  return i18next;
}

/** Switches the language at once and remembers it on this device. */
export async function switchLocale(locale: Locale): Promise<void> {
  await loadLocale(locale);
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage may be forbidden; the language then lasts as long as the page.
  }
}

/** The language in use now. */
export function currentLocale(): Locale {
  return isLocale(i18next.language) ? i18next.language : "en";
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function whenIdle(work: () => void) {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: 5000 });
  else setTimeout(work, 2000);
}
