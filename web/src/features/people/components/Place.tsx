import { Link } from "@tanstack/react-router";
import { useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Badge, Section, SkeletonList } from "@/ui";
import styles from "../pages/Pages.module.css";
import { PersonPlaceQuery } from "../queries";

/** Where somebody stands in the organisation. */
export function Place({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const [{ data, error }] = useQuery({ query: PersonPlaceQuery, variables: { personId } });
  if (error) return null;
  if (!data) return <SkeletonList count={2} />;
  if (data.personAssignments.length === 0) return null;
  return (
    <Section title={t("place")}>
      <dl className={styles.facts}>
        {data.personAssignments.map(({ unit, role, isHead }) => (
          <div key={unit.id}>
            <dt>{t(`organisation.kind.${unit.kind}`)}</dt>
            <dd>
              <Link to="/organisation" search={{ unit: unit.id }}>
                {unit.name}
              </Link>{" "}
              {isHead && <Badge tone="accent">{t("organisation.head")}</Badge>}
              {role && <div className={styles.sub}>{role}</div>}
              <ol className={styles.path} aria-label={t("organisation.path")}>
                {unit.path.map(({ id, name }) => (
                  <li key={id}>
                    <Link to="/organisation" search={{ unit: id }}>
                      {name}
                    </Link>
                  </li>
                ))}
              </ol>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
