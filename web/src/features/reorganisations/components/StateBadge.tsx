import type { ReorganisationState } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Badge, type BadgeTone } from "@/ui";

const tones: Record<ReorganisationState, BadgeTone> = {
  REHEARSED: "info",
  APPLIED: "success",
  UNDONE: "neutral",
  DISCARDED: "neutral",
};

/** Where a reorganisation stands. */
export function StateBadge({ state }: { state: ReorganisationState }) {
  const { t } = useTranslation("reorganisations");
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
