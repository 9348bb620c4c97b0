import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { DraftSaveMutation as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Dialog, ErrorState, SkeletonList, showToast } from "@/ui";
import { fromServer, toSaveInput } from "../composer/draft";
import { DraftSaveMutation } from "../mutations";
import styles from "../pages/PostPage.module.css";
import { DraftParts, DraftQuery, DraftVersionsQuery } from "../queries";

const payloadOf = (data: Data) => data.draftSave;

/** Earlier versions of a draft; each can be taken up again. */
export function DraftVersions({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("posts");
  const { stateOf } = useErrorText();
  const { formatDate } = useFormat();
  const [{ data, error }, retry] = useQuery({ query: DraftVersionsQuery, variables: { id } });
  const [{ data: current }] = useQuery({ query: DraftQuery, variables: { id } });
  const { run, isPending } = useAction(DraftSaveMutation, payloadOf);
  const draft = readFragment(DraftParts, current?.draft);
  const versions = [...(data?.draft?.versions ?? [])].sort((a, b) => b.version - a.version);

  async function restore(title: string, body: string) {
    if (!draft) return;
    const content = { ...fromServer(draft), title, body };
    const { payload } = await run({ input: toSaveInput(draft.id, draft.version, content) });
    if (!payload) return;
    showToast(t("drafts.restored"), { tone: "success" });
    onClose();
  }

  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} title={t("drafts.versions")}>
      {error && !data && <ErrorState {...stateOf(error)} onRetry={retry} isCompact />}
      {!data && !error && <SkeletonList count={3} />}
      <ol className={styles.versions}>
        {versions.map(({ version, title, body, savedAt }, index) => (
          <li key={version}>
            <div>
              <div className={styles.draftHead}>
                <span>{t("history.version", { number: version })}</span>
                <time dateTime={savedAt}>{formatDate(savedAt)}</time>
              </div>
              {title && <p className={styles.draftTitle}>{title}</p>}
              <p className={styles.draftBody}>{body}</p>
            </div>
            {index > 0 && (
              <Button
                size="s"
                isDisabled={!draft || isPending}
                onPress={() => void restore(title, body)}
              >
                {t("drafts.restore")}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
