export * from "./format";
export { type DateStyle, useFormat } from "./format";
export { browserLocale, startI18n, switchLocale } from "./i18n";
export { isLocale, type Locale, locales, type Namespace } from "./resources";
export { currentLocale, textsOf, useTranslation } from "./texts";
