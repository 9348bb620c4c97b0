/**
 * Language set-up. One language is one lazily loaded chunk with all namespaces; the other
 * languages are fetched when the page is idle, so switching needs no network.
 */
import { isLocale, type Locale, locales } from "./resources";
import { addTexts, hasTexts, speak } from "./texts";

const languages: Record<Locale, () => Promise<{ texts: Record<string, Record<string, unknown>> }>> =
  {
    de: () => import("./texts/de"),
    en: () => import("./texts/en"),
  };
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
  if (hasTexts(locale)) return;
  const { texts } = await languages[locale]();
  const namespaces = Object.entries(texts).map(([path, bundle]) => [
    path.slice(path.lastIndexOf("/") + 1, -".json".length),
    bundle,
  ]);
  addTexts(locale, Object.fromEntries(namespaces));
}

/** Starts the texts in the person's language. */
export async function startI18n(): Promise<void> {
  const locale = browserLocale();
  await loadLocale(locale);
  speak(locale);
  document.documentElement.lang = locale;
  whenIdle(() => {
    for (const other of locales) void loadLocale(other).catch(() => undefined);
  });
}

/** Switches the language at once and remembers it on this device. */
export async function switchLocale(locale: Locale): Promise<void> {
  await loadLocale(locale);
  speak(locale);
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage may be forbidden; the language then lasts as long as the page.
  }
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
