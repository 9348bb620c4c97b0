import { Link } from "@tanstack/react-router";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Card, EmptyState, ErrorState, SkeletonList } from "@/ui";
import { OrgUnitQuery, OrgUnitSizeQuery } from "../orgQueries";
import styles from "../pages/Pages.module.css";
import { PersonParts } from "../queries";
import blocks from "./Organisation.module.css";
import { PersonLine } from "./PersonLine";
import { StandIns } from "./StandIns";
import { UnitMembers } from "./UnitMembers";
import { UnitOpening } from "./UnitOpening";
import { UnitsBelow } from "./UnitsBelow";

/** One unit: where it belongs, who leads it, when it is open, who is in it. */
export function UnitPanel({ id }: { id: string }) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  // What a unit has from above changes with the units above.
  const [{ data, error }, refetch] = useQuery({
    query: OrgUnitQuery,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const [sized] = useQuery({ query: OrgUnitSizeQuery, variables: { id } });
  const count = sized.data?.orgUnit?.peopleCount;
  const unit = data?.orgUnit;
  if (!unit) {
    return error ? (
      <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
    ) : data ? (
      <EmptyState icon="building" title={t("organisation.unknown")} />
    ) : (
      <SkeletonList count={5} />
    );
  }
  const head = readFragment(PersonParts, unit.head);
  const path = unit.path.filter((each) => each.id !== unit.id);
  return (
    <section aria-label={unit.name}>
      <Card>
        <div className={styles.unitHead}>
          {path.length > 0 && (
            <ol className={styles.path} aria-label={t("organisation.path")}>
              {path.map((each) => (
                <li key={each.id}>
                  <Link to="/organisation" search={{ unit: each.id }}>
                    {each.name}
                  </Link>
                </li>
              ))}
            </ol>
          )}
          <h2>{unit.name}</h2>
          <p className={styles.sub}>
            {[
              t(`organisation.kind.${unit.kind}`),
              unit.code,
              count !== undefined &&
                t("organisation.peopleCount", { count, number: formatNumber(count) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <h3 className={styles.sectionTitle}>{t("organisation.head")}</h3>
        {head ? (
          <PersonLine person={head} />
        ) : (
          <p className={blocks.note}>{t("organisation.noHead")}</p>
        )}
        <StandIns unit={unit} mayChange={unit.viewerCan.nameStandIns} />
        <UnitOpening unit={unit} name={unit.name} mayChange={unit.viewerCan.setTimes} />
        {unit.childCount > 0 && <UnitsBelow id={id} count={unit.childCount} />}
        <UnitMembers id={id} hasUnits={unit.childCount > 0} />
      </Card>
    </section>
  );
}
