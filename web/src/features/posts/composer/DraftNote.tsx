import { composeStore } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { Banner, Button, Icon } from "@/ui";
import styles from "./Composer.module.css";
import type { DraftState } from "./draftSaver";

/** Says whether the text is safe, quietly. */
export function DraftNote({ state }: { state: DraftState }) {
  const { t } = useTranslation("posts");
  if (state.status === "clean") return null;
  return (
    <span className={styles.note} role="status">
      {state.status === "local" && <Icon name="offline" size={14} />}
      {t(`draft.${state.status}`)}
    </span>
  );
}

/** Two devices wrote at once: both texts are there. */
export function DraftConflict({ conflictId }: { conflictId: string | null }) {
  const { t } = useTranslation("posts");
  if (!conflictId) return null;
  return (
    <Banner
      tone="warning"
      isLive
      action={
        <Button size="s" onPress={() => composeStore.open({ draftId: conflictId })}>
          {t("draft.openOther")}
        </Button>
      }
    >
      {t("draft.conflict")}
    </Banner>
  );
}
