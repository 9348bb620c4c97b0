/** Parts of the administration, each an address of its own. */
export const adminSections = [
  "people",
  "communities",
  "line",
  "calendars",
  "notifications",
  "reorganisations",
  "health",
  "organisation",
] as const;
export type AdminSection = (typeof adminSections)[number];

export function isAdminSection(value: string): value is AdminSection {
  return adminSections.some((section) => section === value);
}
