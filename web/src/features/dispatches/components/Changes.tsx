import { useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Card, Markdown } from "@/ui";
import { DispatchChangesQuery } from "../queries";
import styles from "./Dispatches.module.css";

type Props = { dispatchId: string; since: number; language: string };

/** What changed since the version one has read. */
export function Changes({ dispatchId, since, language }: Props) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const [{ data }] = useQuery({
    query: DispatchChangesQuery,
    variables: { id: dispatchId, since, language },
  });
  const changes = data?.dispatch?.changes;
  if (!changes) return null;
  return (
    <Card className={styles.changes}>
      <h2>{t("changes.title", { version: since })}</h2>
      <p className={styles.hint}>
        {t("changes.words", {
          count: changes.changedWords,
          number: formatNumber(changes.changedWords),
        })}
      </p>
      <Markdown html={changes.html} isCompact />
    </Card>
  );
}
