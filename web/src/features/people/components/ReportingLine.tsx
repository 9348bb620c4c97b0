import { useState } from "react";
import { readFragment, useQuery } from "@/graphql";
import type { PersonLinePartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Section } from "@/ui";
import { PersonLineParts, PersonLineQuery, PersonParts } from "../queries";
import { PersonLine } from "./PersonLine";
import styles from "./ReportingLine.module.css";

/** How many people a list shows before one asks for all. */
const FEW = 5;
/** How many it shows then; who leads more is better looked up in the organisation. */
const MANY = 100;

/** Who leads somebody, whom they lead, and who has the same manager; nothing for who stands in no line. */
export function ReportingLine({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const [isWhole, setWhole] = useState(false);
  const [{ data, stale }] = useQuery({
    query: PersonLineQuery,
    variables: { personId, first: isWhole ? MANY : FEW },
  });
  const managers = readFragment(PersonParts, data?.personManagers ?? []);
  const reports = readFragment(PersonLineParts, data?.personReports);
  const peers = readFragment(PersonLineParts, data?.personPeers);
  if (!reports || !peers) return null;
  if (managers.length + reports.totalCount + peers.totalCount === 0) return null;
  const isCut = [reports, peers].some(({ totalCount, nodes }) => nodes.length < totalCount);
  return (
    <Section title={t("line.title")}>
      {managers.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("line.managers")}</h3>
          <ol className={styles.managers} aria-label={t("line.managersHint")}>
            {managers.map((manager) => (
              <li key={manager.id}>
                <PersonLine person={manager} />
              </li>
            ))}
          </ol>
        </>
      )}
      <Group label={t("line.reports")} list={reports} />
      <Group label={t("line.peers")} list={peers} />
      {isCut && !isWhole && (
        <Button size="s" isPending={stale} onPress={() => setWhole(true)}>
          {t("line.showAll")}
        </Button>
      )}
    </Section>
  );
}

/** One list with its count; nothing when it is empty. */
function Group({ label, list }: { label: string; list: PersonLinePartsFragment }) {
  const { formatNumber } = useFormat();
  const people = readFragment(PersonParts, list.nodes);
  if (list.totalCount === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>
        {label} <span className={styles.count}>{formatNumber(list.totalCount)}</span>
      </h3>
      <ul className={styles.people}>
        {people.map((person) => (
          <li key={person.id}>
            <PersonLine person={person} />
          </li>
        ))}
      </ul>
    </>
  );
}
