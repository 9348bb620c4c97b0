import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { composeStore, Page } from "@/app/shell";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  RelativeTime,
  SkeletonList,
} from "@/ui";
import { DraftTabs } from "../components/DraftTabs";
import { kindLook } from "../components/kinds";
import { type DraftContent, fromServer } from "../composer/draft";
import { useDiscard } from "../composer/useDiscard";
import { useLocalDrafts } from "../composer/useDraft";
import { DraftVersions } from "../dialogs/DraftVersions";
import { DraftParts, DraftsQuery } from "../queries";
import styles from "./PostPage.module.css";

type Entry = {
  id: string;
  version: number;
  content: DraftContent;
  place: string | null;
  changedAt: string;
  isConflict: boolean;
  /** Only on this device so far. */
  isLocal: boolean;
};

/** All that was begun: on the server, and what has not got there yet. */
export function DraftsPage() {
  const { t } = useTranslation(["posts", "shell", "common"]);
  const { stateOf } = useErrorText();
  const navigate = useNavigate();
  const local = useLocalDrafts();
  const discard = useDiscard();
  const [{ data, error }, refresh] = useQuery({ query: DraftsQuery });
  const [shownVersions, setShownVersions] = useState<string | null>(null);
  const drafts = data ? readFragment(DraftParts, data.drafts) : null;
  const onServer: readonly Entry[] = (drafts ?? []).map((draft) => ({
    id: draft.id,
    version: draft.version,
    content: fromServer(draft),
    place: draft.community?.name ?? null,
    changedAt: draft.updatedAt,
    isConflict: Boolean(draft.conflictOfDraftId),
    isLocal: false,
  }));
  const known = new Set(onServer.map(({ id }) => id));
  const here: readonly Entry[] = local
    .list()
    .filter(({ id }) => !known.has(id))
    .map(({ id, version, content, changedAt }) => ({
      id,
      version,
      content,
      place: null,
      changedAt: new Date(changedAt).toISOString(),
      isConflict: false,
      isLocal: true,
    }));
  const all = [...here, ...onServer];

  function goOn({ id, content }: Entry) {
    if (!content.replyToPostId) {
      composeStore.open({ draftId: id });
      return;
    }
    local.setCurrent(content.replyToPostId, id);
    void navigate({ to: "/posts/$postId", params: { postId: content.replyToPostId } });
  }

  function throwAway({ id, content, isLocal }: Entry) {
    local.remove(id);
    void discard(id, !isLocal, content, false);
    if (isLocal) refresh();
  }

  return (
    <Page title={t("drafts.title")}>
      <DraftTabs />
      {error && !drafts && <ErrorState {...stateOf(error)} onRetry={refresh} />}
      {!drafts && !error && <SkeletonList count={3} />}
      {(drafts || error) && all.length === 0 && (
        <EmptyState
          icon="edit"
          title={t("drafts.empty")}
          text={t("drafts.emptyText")}
          actions={
            <Button variant="primary" icon="edit" onPress={() => composeStore.open()}>
              {t("shell:nav.compose")}
            </Button>
          }
        />
      )}
      <ul className={styles.drafts}>
        {all.map((entry) => {
          const { id, version, content, place, changedAt, isConflict, isLocal } = entry;
          return (
            <li key={id} className={styles.draft}>
              <div className={styles.draftText}>
                <div className={styles.draftHead}>
                  {content.replyToPostId ? (
                    <Badge icon="reply">{t("drafts.reply")}</Badge>
                  ) : (
                    <Badge icon={kindLook[content.kind].icon} tone={kindLook[content.kind].tone}>
                      {t(`kind.${content.kind}`)}
                    </Badge>
                  )}
                  {place && <span>{place}</span>}
                  <RelativeTime value={changedAt} />
                  {isConflict && <Badge tone="warning">{t("drafts.conflict")}</Badge>}
                  {isLocal && <Badge tone="warning">{t("drafts.local")}</Badge>}
                </div>
                {content.title && <p className={styles.draftTitle}>{content.title}</p>}
                <p className={styles.draftBody}>{content.body || t("drafts.noText")}</p>
              </div>
              <div className={styles.draftActions}>
                <Button size="s" variant="soft" onPress={() => goOn(entry)}>
                  {t("drafts.goOn")}
                </Button>
                {version > 1 && (
                  <IconButton
                    icon="history"
                    size="s"
                    label={t("drafts.versions")}
                    onPress={() => setShownVersions(id)}
                  />
                )}
                <IconButton
                  icon="trash"
                  size="s"
                  label={t("draft.discard")}
                  onPress={() => throwAway(entry)}
                />
              </div>
            </li>
          );
        })}
      </ul>
      {shownVersions && <DraftVersions id={shownVersions} onClose={() => setShownVersions(null)} />}
    </Page>
  );
}
