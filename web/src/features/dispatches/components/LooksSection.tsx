import { Link } from "@tanstack/react-router";
import { PagedList } from "@/app/PagedList";
import { usePagedQuery } from "@/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import { EmptyState, Section } from "@/ui";
import { PersonalLooksQuery } from "../queries";
import { inLanguage } from "../texts";
import styles from "./Dispatches.module.css";

/** Who looked at lists one stands in by name. */
export function LooksSection() {
  const { t } = useTranslation("dispatches");
  const { formatDate } = useFormat();
  const paged = usePagedQuery({
    query: PersonalLooksQuery,
    variables: { first: 20 },
    connection: (data) => data.personalLooks,
  });
  return (
    <Section title={t("looks.title")}>
      <p className={styles.hint}>{t("looks.text")}</p>
      <PagedList
        paged={paged}
        label={t("looks.title")}
        skeletons={2}
        className={styles.list}
        empty={<EmptyState icon="eye" title={t("looks.none")} />}
      >
        {(nodes) =>
          nodes.map(({ id, kind, lookedAt, person, dispatch }) => (
            <li key={id} className={styles.line}>
              <span className={styles.lineText}>
                <Link to="/people/$handle" params={{ handle: person.handle }}>
                  {person.name}
                </Link>
                <span className={styles.hint}>
                  {" · "}
                  {[
                    t(`looks.${kind}`),
                    dispatch &&
                      inLanguage(dispatch.texts, currentLocale(), dispatch.language)?.title,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <time dateTime={lookedAt} className={styles.hint}>
                {formatDate(lookedAt, "dateTime")}
              </time>
            </li>
          ))
        }
      </PagedList>
    </Section>
  );
}
