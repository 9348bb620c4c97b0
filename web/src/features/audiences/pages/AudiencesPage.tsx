import { Link } from "@tanstack/react-router";
import { PagedList } from "@/app/PagedList";
import { Page } from "@/app/shell";
import { PeopleTabs } from "@/features/people";
import { usePagedQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, buttonClass, EmptyState, Icon } from "@/ui";
import styles from "../components/Audiences.module.css";
import { AudiencesQuery } from "../queries";

/** Audiences that are kept under a name. */
export function AudiencesPage() {
  const { t } = useTranslation("audiences");
  const { formatNumber } = useFormat();
  const paged = usePagedQuery({
    query: AudiencesQuery,
    variables: { first: 20 },
    connection: (data) => data.audiences,
  });
  const create = (
    <Link to="/audiences/new" className={buttonClass({ variant: "primary" })}>
      <Icon name="plus" size={18} />
      {t("new")}
    </Link>
  );
  return (
    <Page title={t("title")} actions={create}>
      <PeopleTabs />
      <p className={styles.intro}>{t("intro")}</p>
      <PagedList
        paged={paged}
        label={t("title")}
        skeletons={4}
        className={styles.list}
        empty={<EmptyState icon="people" title={t("none")} text={t("noneText")} />}
      >
        {(nodes) =>
          nodes.map(
            ({ id, name, isShared, viewerCanEdit, owner, preview: { count, sentence } }) => (
              <li key={id}>
                <div className={styles.line}>
                  <div className={styles.lineText}>
                    <div className={styles.lineName}>
                      <Link to="/audiences/$audienceId" params={{ audienceId: id }}>
                        {name}
                      </Link>
                      <Badge>{t(isShared ? "shared" : "own")}</Badge>
                      {!viewerCanEdit && (
                        <span className={styles.hint}>{t("by", { name: owner.name })}</span>
                      )}
                    </div>
                    <p className={styles.hint}>{sentence}</p>
                  </div>
                  <span className={styles.number}>
                    {t("count", { count, number: formatNumber(count) })}
                  </span>
                </div>
              </li>
            ),
          )
        }
      </PagedList>
    </Page>
  );
}
