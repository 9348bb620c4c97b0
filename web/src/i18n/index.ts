export { useTranslation } from "react-i18next";
export * from "./format";
export { type DateStyle, useFormat } from "./format";
export { browserLocale, currentLocale, startI18n, switchLocale } from "./i18n";
export { isLocale, type Locale, locales, type Namespace } from "./resources";
