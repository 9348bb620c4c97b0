import { Link } from "@tanstack/react-router";
import { PagedList } from "@/app/PagedList";
import { usePagedQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { EmptyState, VisuallyHidden } from "@/ui";
import { ReorganisationsQuery } from "../queries";
import { Rehearse } from "./Rehearse";
import styles from "./Reorganisations.module.css";
import { StateBadge } from "./StateBadge";

/** Trying tomorrow's files out, and what was tried out before. For network administrators. */
export function ReorganisationsSection() {
  const { t } = useTranslation("reorganisations");
  const { formatDate } = useFormat();
  const paged = usePagedQuery({
    query: ReorganisationsQuery,
    variables: { first: 20 },
    connection: (data) => data.reorganisations,
  });
  return (
    <div className={styles.stack}>
      <Rehearse onRehearsed={paged.refresh} />
      <VisuallyHidden>
        <h2>{t("title")}</h2>
      </VisuallyHidden>
      <PagedList
        paged={paged}
        label={t("title")}
        skeletons={2}
        className={styles.list}
        empty={<EmptyState icon="people" title={t("none")} text={t("noneText")} isCompact />}
      >
        {(nodes) =>
          nodes.map(({ id, state, createdAt, createdBy }) => (
            <li key={id} className={styles.line}>
              <Link
                to="/admin/reorganisations/$reorganisationId"
                params={{ reorganisationId: id }}
                className={styles.who}
              >
                {t("of", { when: formatDate(createdAt) })}
              </Link>
              <StateBadge state={state} />
              <span className={styles.hint}>{createdBy?.name ?? t("commandLine")}</span>
            </li>
          ))
        }
      </PagedList>
    </div>
  );
}
