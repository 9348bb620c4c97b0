import { useState } from "react";
import { PersonLine, PersonParts } from "@/features/people";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import type { DispatchRecipientFilter } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Banner, Button, ErrorState, Select, SkeletonList } from "@/ui";
import { DutyParts, RecipientsQuery } from "../queries";
import styles from "./Dispatches.module.css";

type Props = {
  dispatchId: string;
  requiredVersion: number;
  /** Who has a copy may ask for those who are overdue, and for nobody else. */
  filters: readonly DispatchRecipientFilter[];
};

const pageSize = 50;

/** Recipients by name. Shown only when asked for, since each look is noted for those it concerns. */
export function Recipients({ dispatchId, requiredVersion, filters }: Props) {
  const { t } = useTranslation("dispatches");
  const [isShown, setShown] = useState(false);
  if (!isShown) {
    return (
      <Banner action={<Button onPress={() => setShown(true)}>{t("recipients.show")}</Button>}>
        {t("recipients.noted")}
      </Banner>
    );
  }
  return <List dispatchId={dispatchId} requiredVersion={requiredVersion} filters={filters} />;
}

function List({ dispatchId, requiredVersion, filters }: Props) {
  const { t } = useTranslation("dispatches");
  const { formatDate, formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const [filter, setFilter] = useState<DispatchRecipientFilter>(filters[0] ?? "OVERDUE");
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [{ data, error }] = useQuery({
    query: RecipientsQuery,
    variables: { id: dispatchId, filter, first: pageSize, after: cursors.at(-1) ?? null },
    requestPolicy: "network-only",
  });
  const found = data?.dispatch?.recipients;
  return (
    <>
      {filters.length > 1 && (
        <Select
          label={t("recipients.filter")}
          value={filter}
          onChange={(next) => {
            setCursors([null]);
            setFilter(next);
          }}
          options={filters.map((value) => ({ value, label: t(`recipients.${value}`) }))}
        />
      )}
      {!found ? (
        error ? (
          <ErrorState {...stateOf(error)} isCompact />
        ) : (
          <SkeletonList count={4} />
        )
      ) : (
        <>
          <p className={styles.hint} role="status">
            {t("recipients.count", {
              count: found.totalCount,
              number: formatNumber(found.totalCount),
            })}
          </p>
          <ul aria-label={t("recipients.title")}>
            {found.nodes.map(({ person, unit, role, joinedLater, duty }) => {
              const { acknowledgedVersion, acknowledgedAt, dueAt } = readFragment(DutyParts, duty);
              const isDone = (acknowledgedVersion ?? 0) >= requiredVersion;
              return (
                <li key={person.id}>
                  <PersonLine
                    person={readFragment(PersonParts, person)}
                    detail={[role, unit?.name].filter(Boolean).join(" · ")}
                    actions={
                      <>
                        {joinedLater && <Badge>{t("recipients.joined")}</Badge>}
                        <Badge tone={isDone ? "success" : "warning"}>
                          {isDone && acknowledgedAt
                            ? formatDate(acknowledgedAt, "dateTime")
                            : dueAt
                              ? t("duty.openBy", { when: formatDate(dueAt, "dateTime") })
                              : t("duty.open")}
                        </Badge>
                      </>
                    }
                  />
                </li>
              );
            })}
          </ul>
          <div className={styles.row}>
            {cursors.length > 1 && (
              <Button size="s" onPress={() => setCursors(cursors.slice(0, -1))}>
                {t("recipients.before")}
              </Button>
            )}
            {found.pageInfo.hasNextPage && (
              <Button
                size="s"
                onPress={() => setCursors([...cursors, found.pageInfo.endCursor ?? null])}
              >
                {t("recipients.next")}
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
