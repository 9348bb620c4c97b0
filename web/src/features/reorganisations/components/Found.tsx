import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { PagedList } from "@/app/PagedList";
import { useDebounced } from "@/app/useDebounced";
import { usePagedQuery } from "@/graphql";
import type { ReorganisationPart } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { EmptyState, Section, TextField } from "@/ui";
import { ReorganisationLinesQuery } from "../queries";
import styles from "./Reorganisations.module.css";

type Totals = readonly { part: ReorganisationPart; count: number }[];

const groups = [
  [
    "rights",
    [
      "UNIT_GAINED",
      "UNIT_LOST",
      "AUDIENCE_GAINED",
      "AUDIENCE_LOST",
      "COMMUNITY_GAINED",
      "COMMUNITY_LOST",
      "LINE_GAINED",
      "LINE_LOST",
    ],
  ],
  [
    "people",
    [
      "PEOPLE_NEW",
      "PEOPLE_DEACTIVATED",
      "PEOPLE_REACTIVATED",
      "JOINS",
      "LEAVES",
      "MOVES",
      "ORPHANED",
    ],
  ],
  [
    "units",
    [
      "UNITS_MADE",
      "UNITS_MOVED",
      "UNITS_RENAMED",
      "UNITS_NOT_IN_FILE",
      "UNITS_WITHOUT_HEAD",
      "UNKNOWN_COLUMNS",
    ],
  ],
] as const satisfies readonly (readonly [string, readonly ReorganisationPart[]])[];

/** What a rehearsal found: numbers, and behind each of them the lines. */
export function Found({ id, totals }: { id: string; totals: Totals }) {
  const { t } = useTranslation("reorganisations");
  const { formatNumber } = useFormat();
  const [chosen, setChosen] = useState<ReorganisationPart | null>(null);
  const counts = new Map(totals.map(({ part, count }) => [part, count]));
  if (counts.size === 0) {
    return <EmptyState icon="check-circle" title={t("same")} text={t("sameText")} />;
  }
  const first = groups.flatMap(([, parts]) => [...parts]).find((part) => counts.has(part));
  const open = chosen ?? first;
  return (
    <>
      <Section title={t("found.title")}>
        {groups.map(([group, parts]) => {
          const there = parts.filter((part) => counts.has(part));
          if (there.length === 0) return null;
          return (
            <div key={group} className={styles.group}>
              <h3>{t(`found.${group}`)}</h3>
              <div className={styles.parts}>
                {there.map((part) => (
                  <button
                    key={part}
                    type="button"
                    className={styles.part}
                    aria-pressed={part === open}
                    onClick={() => setChosen(part)}
                  >
                    <span>{t(`part.${part}`)}</span>
                    <strong>{formatNumber(counts.get(part) ?? 0)}</strong>
                  </button>
                ))}
              </div>
            </div>
          );
        })}
      </Section>
      {open && <Lines key={open} id={id} part={open} />}
    </>
  );
}

function Lines({ id, part }: { id: string; part: ReorganisationPart }) {
  const { t } = useTranslation("reorganisations");
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const paged = usePagedQuery({
    query: ReorganisationLinesQuery,
    variables: { id, part, query: query || null, first: 40 },
    connection: (data) => data.reorganisationLines,
    keepsWhileSearching: true,
  });
  return (
    <Section title={t(`part.${part}`)}>
      <TextField
        className={styles.search}
        label={t("found.search")}
        hideLabel
        type="search"
        icon="search"
        placeholder={t("found.search")}
        value={text}
        onChange={setText}
      />
      <PagedList
        paged={paged}
        label={t(`part.${part}`)}
        skeletons={4}
        className={styles.list}
        empty={<EmptyState icon="search" title={t("found.nothing")} isCompact />}
      >
        {(nodes) =>
          nodes.map(({ personName, person, text: words }) => (
            <li key={`${personName}·${words}`} className={styles.line}>
              {personName &&
                (person ? (
                  <Link
                    to="/people/$handle"
                    params={{ handle: person.handle }}
                    className={styles.who}
                  >
                    {personName}
                  </Link>
                ) : (
                  <span className={styles.who}>{personName}</span>
                ))}
              <span>{words}</span>
            </li>
          ))
        }
      </PagedList>
    </Section>
  );
}
