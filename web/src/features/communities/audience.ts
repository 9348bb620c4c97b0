import type { CommunityJoining, CommunityVisibility } from "@/graphql/generated/graphql";
import type { IconName } from "@/ui";

export const visibilities = ["PUBLIC", "PRIVATE", "SECRET"] as const;
export const joinings = ["OPEN", "REQUEST", "INVITE_ONLY"] as const;

export const visibilityIcon: Record<CommunityVisibility, IconName> = {
  PUBLIC: "globe",
  PRIVATE: "lock",
  SECRET: "eye-off",
};

/**
 * The sentence that says in plain words who reads and who comes in. What nobody can find is only
 * ever joined by invitation, however joining is set.
 */
export function audienceKey(visibility: CommunityVisibility, joining: CommunityJoining) {
  return visibility === "SECRET"
    ? ("audience.SECRET" as const)
    : (`audience.${visibility}_${joining}` as const);
}

/** Topics as they are kept: no sign in front, no doubles, joined by hyphens. */
export function addTopic(topics: readonly string[], text: string): string[] {
  const found = text
    .split(/[,;\s]+/u)
    .map((part) => part.replace(/^#+/u, "").trim().toLocaleLowerCase())
    .filter(Boolean);
  return [...new Set([...topics, ...found])];
}
