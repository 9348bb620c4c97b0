import type { PostKind, PraiseBadge } from "@/graphql/generated/graphql";
import type { BadgeTone, IconName } from "@/ui";

/** All kinds, as the composer offers them. */
export const postKinds: readonly PostKind[] = [
  "DISCUSSION",
  "QUESTION",
  "PRAISE",
  "POLL",
  "IDEA",
  "ANNOUNCEMENT",
];

/** How each kind looks. */
export const kindLook: Record<PostKind, { icon: IconName; tone: BadgeTone }> = {
  DISCUSSION: { icon: "discussion", tone: "neutral" },
  QUESTION: { icon: "question", tone: "info" },
  PRAISE: { icon: "award", tone: "praise" },
  POLL: { icon: "poll", tone: "accent" },
  IDEA: { icon: "idea", tone: "idea" },
  ANNOUNCEMENT: { icon: "megaphone", tone: "warning" },
};

/** Badges of praise and their glyph. */
export const badgeGlyph: Record<PraiseBadge, string> = {
  THANK_YOU: "💐",
  TEAM_PLAYER: "🤝",
  GREAT_IDEA: "💡",
  CUSTOMER_HERO: "🦸",
  MENTOR: "🧭",
  ABOVE_AND_BEYOND: "🚀",
};

export const praiseBadges = Object.keys(badgeGlyph) as PraiseBadge[];
