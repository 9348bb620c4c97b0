import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { readFragment, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { OrgChildrenQuery, UnitParts } from "../orgQueries";
import pages from "../pages/Pages.module.css";
import styles from "./Organisation.module.css";

/** How many come at once. */
const PAGE = 50;

/** The units directly below one, page by page. */
export function UnitsBelow({ id, count }: { id: string; count: number }) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <h3>{t("organisation.unitsCount", { count, number: formatNumber(count) })}</h3>
      </div>
      <ul className={pages.units}>
        {cursors.map((after, index) => (
          <Part
            key={after ?? ""}
            id={id}
            after={after}
            onMore={
              index === cursors.length - 1
                ? (next) => setCursors((before) => [...before, next])
                : undefined
            }
          />
        ))}
      </ul>
    </div>
  );
}

type PartProps = { id: string; after: string | null; onMore?: (after: string) => void };

function Part({ id, after, onMore }: PartProps) {
  const { t } = useTranslation("common");
  const [{ data }] = useQuery({ query: OrgChildrenQuery, variables: { id, first: PAGE, after } });
  const units = data?.orgUnit?.units;
  if (!units) return null;
  const { hasNextPage, endCursor } = units.pageInfo;
  return (
    <>
      {readFragment(UnitParts, units.nodes).map((unit) => (
        <li key={unit.id}>
          <Link to="/organisation" search={{ unit: unit.id }}>
            {unit.name}
          </Link>
        </li>
      ))}
      {hasNextPage && endCursor && onMore && (
        <li>
          <Button size="s" variant="quiet" onPress={() => onMore(endCursor)}>
            {t("action.loadMore")}
          </Button>
        </li>
      )}
    </>
  );
}
