import { useErrorText, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Dialog, ErrorState, SkeletonList } from "@/ui";
import { MessageRevisionsQuery } from "../queries";
import styles from "./Messages.module.css";

/** What stood in a message before, the newest first. */
export function MessageHistory({ messageId, onClose }: { messageId: string; onClose: () => void }) {
  const { t } = useTranslation(["messages", "common"]);
  const { formatDate } = useFormat();
  const { stateOf } = useErrorText();
  const [{ data, error }] = useQuery({
    query: MessageRevisionsQuery,
    variables: { id: messageId },
    requestPolicy: "network-only",
  });
  const found = data?.node?.__typename === "Message" ? data.node : null;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("history")}
      footer={<Button onPress={onClose}>{t("common:action.close")}</Button>}
    >
      {found ? (
        <ol className={styles.versions}>
          <li>
            <p className={styles.when}>{t("historyNow")}</p>
            <p className={styles.plain}>{found.bodySource}</p>
          </li>
          {found.revisions.map(({ bodySource, replacedAt }) => (
            <li key={replacedAt}>
              <p className={styles.when}>
                {t("historyOf", { when: formatDate(replacedAt, "dateTime") })}
              </p>
              <p className={styles.plain}>{bodySource}</p>
            </li>
          ))}
        </ol>
      ) : error ? (
        <ErrorState {...stateOf(error)} />
      ) : (
        <SkeletonList count={2} />
      )}
    </Dialog>
  );
}
