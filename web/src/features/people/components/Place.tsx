import { Link } from "@tanstack/react-router";
import { readFragment, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Badge, Section, SkeletonList } from "@/ui";
import styles from "../pages/Pages.module.css";
import { PersonParts, PersonPlaceQuery } from "../queries";
import { PersonLine } from "./PersonLine";

/** Where somebody stands in the organisation, and who leads there. */
export function Place({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const [{ data, error }] = useQuery({ query: PersonPlaceQuery, variables: { personId } });
  const manager = readFragment(PersonParts, data?.personManager);
  if (error) return null;
  if (!data) return <SkeletonList count={2} />;
  if (data.personAssignments.length === 0 && !manager) return null;
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
                  <li key={id}>{name}</li>
                ))}
              </ol>
            </dd>
          </div>
        ))}
        {manager && (
          <div>
            <dt>{t("manager")}</dt>
            <dd>
              <PersonLine person={manager} />
            </dd>
          </div>
        )}
      </dl>
    </Section>
  );
}
