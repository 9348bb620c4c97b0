/** What the directory's address says: each kind of choice, several values of one kind separated by `~`. */
export const facetKeys = ["unit", "role", "location", "language", "skill"] as const;
export type FacetKey = (typeof facetKeys)[number];
export type Chosen = Record<FacetKey, readonly string[]>;
export type DirectorySearch = { q?: string } & Partial<Record<FacetKey, string>>;

const separator = "~";

/** Reads the choices out of an address. */
export function chosenOf(search: DirectorySearch): Chosen {
  const list = (key: FacetKey) => search[key]?.split(separator).filter(Boolean) ?? [];
  return {
    unit: list("unit"),
    role: list("role"),
    location: list("location"),
    language: list("language"),
    skill: list("skill"),
  };
}

/** The address with one value more or less. A unit takes the place of the one above it. */
export function toggled(search: DirectorySearch, key: FacetKey, value: string): DirectorySearch {
  const now = chosenOf(search)[key];
  const next = now.includes(value)
    ? now.filter((one) => one !== value)
    : key === "unit"
      ? [value]
      : [...now, value];
  return { ...search, [key]: next.join(separator) || undefined };
}

/** The server's filter. */
export function filterOf(query: string, chosen: Chosen) {
  return {
    query,
    unitIds: [...chosen.unit],
    roles: [...chosen.role],
    locations: [...chosen.location],
    languages: [...chosen.language],
    skills: [...chosen.skill],
  };
}
