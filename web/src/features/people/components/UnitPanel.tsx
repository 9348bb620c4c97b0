import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import type { OrgUnitQuery as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Button, Card, EmptyState, ErrorState, SkeletonList } from "@/ui";
import styles from "../pages/Pages.module.css";
import { OrgUnitQuery, PersonParts } from "../queries";
import { PersonLine } from "./PersonLine";

/** One unit: where it belongs, who leads it, who is in it. */
export function UnitPanel({ id }: { id: string }) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const [{ data, error }, refetch] = useQuery({
    query: OrgUnitQuery,
    variables: { id, after: null },
  });
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
  const { totalCount } = unit.members;
  return (
    <section aria-label={unit.name}>
      <Card>
        <div className={styles.unitHead}>
          <ol className={styles.path} aria-label={t("organisation.path")}>
            {unit.path
              .filter((each) => each.id !== unit.id)
              .map((each) => (
                <li key={each.id}>{each.name}</li>
              ))}
          </ol>
          <h2>{unit.name}</h2>
          <p className={styles.sub}>
            {t(`organisation.kind.${unit.kind}`)} · {unit.code}
          </p>
        </div>
        {head && (
          <>
            <h3 className={styles.sectionTitle}>{t("organisation.head")}</h3>
            <PersonLine person={head} />
          </>
        )}
        {unit.children.length > 0 && (
          <>
            <h3 className={styles.sectionTitle}>{t("organisation.units")}</h3>
            <ul className={styles.units}>
              {unit.children.map((child) => (
                <li key={child.id}>
                  <Link to="/organisation" search={{ unit: child.id }}>
                    {child.name}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        {totalCount > 0 && (
          <h3 className={styles.sectionTitle}>
            {t("organisation.members", { count: totalCount, number: formatNumber(totalCount) })}
          </h3>
        )}
        {totalCount === 0 ? (
          <p className={styles.sub}>
            {t(unit.children.length > 0 ? "organisation.membersBelow" : "organisation.noMembers")}
          </p>
        ) : (
          <ul>
            {pages.map((after, index) => (
              <MembersPart
                key={after ?? ""}
                id={id}
                after={after}
                onMore={
                  index === pages.length - 1
                    ? (next) => setPages((before) => [...before, next])
                    : undefined
                }
              />
            ))}
          </ul>
        )}
      </Card>
    </section>
  );
}

type Members = NonNullable<Data["orgUnit"]>["members"];

function MembersPart({
  id,
  after,
  onMore,
}: {
  id: string;
  after: string | null;
  onMore?: (after: string) => void;
}) {
  const { t } = useTranslation(["people", "common"]);
  const [{ data }] = useQuery({ query: OrgUnitQuery, variables: { id, after } });
  const members: Members | undefined = data?.orgUnit?.members;
  if (!members) {
    return (
      <li>
        <SkeletonList count={2} />
      </li>
    );
  }
  const { hasNextPage, endCursor } = members.pageInfo;
  return (
    <>
      {members.nodes.map(({ person, role, isHead }) => {
        const who = readFragment(PersonParts, person);
        return (
          <li key={who.id}>
            <PersonLine
              person={who}
              detail={role || undefined}
              marks={isHead && <Badge tone="accent">{t("organisation.head")}</Badge>}
            />
          </li>
        );
      })}
      {hasNextPage && endCursor && onMore && (
        <li>
          <Button variant="quiet" onPress={() => onMore(endCursor)}>
            {t("common:action.loadMore")}
          </Button>
        </li>
      )}
    </>
  );
}
