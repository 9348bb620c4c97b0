/** All texts of one language, one chunk. */
export const texts = import.meta.glob<Record<string, unknown>>("../../../locales/de/*.json", {
  eager: true,
  import: "default",
});
