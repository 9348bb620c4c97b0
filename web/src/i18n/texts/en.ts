/** All texts of one language, one chunk. */
export const texts = import.meta.glob<Record<string, unknown>>("../../../locales/en/*.json", {
  eager: true,
  import: "default",
});
