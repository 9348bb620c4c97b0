import { useState } from "react";
import { readFragment, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Button, SkeletonList } from "@/ui";
import { OrgMembersQuery } from "../orgQueries";
import { PersonParts } from "../queries";
import styles from "./Organisation.module.css";
import { PersonLine } from "./PersonLine";

/** The people of a unit itself, page by page. */
export function UnitMembers({ id, hasUnits }: { id: string; hasUnits: boolean }) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  const [{ data }] = useQuery({ query: OrgMembersQuery, variables: { id, after: null } });
  const count = data?.orgUnit?.members.totalCount;
  if (count === undefined) return <SkeletonList count={3} />;
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <h3>{t("organisation.members", { count, number: formatNumber(count) })}</h3>
      </div>
      {count === 0 ? (
        <p className={styles.note}>
          {t(hasUnits ? "organisation.membersBelow" : "organisation.noMembers")}
        </p>
      ) : (
        <ul>
          {pages.map((after, index) => (
            <Part
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
    </div>
  );
}

type PartProps = { id: string; after: string | null; onMore?: (after: string) => void };

function Part({ id, after, onMore }: PartProps) {
  const { t } = useTranslation(["people", "common"]);
  const [{ data }] = useQuery({ query: OrgMembersQuery, variables: { id, after } });
  const members = data?.orgUnit?.members;
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
