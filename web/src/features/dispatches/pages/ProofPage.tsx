import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { Page } from "@/app/shell";
import { useClient, useErrorText, useQuery } from "@/graphql";
import type { DispatchProofEntriesQuery, DispatchProofQuery } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import { Banner, Button, EmptyState, ErrorState, Section, SkeletonList } from "@/ui";
import styles from "../components/Dispatches.module.css";
import { downloadProof } from "../proof";
import { ProofEntriesQuery, ProofQuery } from "../proofQueries";
import { inLanguage } from "../texts";

type Proof = NonNullable<NonNullable<DispatchProofQuery["dispatch"]>["proof"]>;
type Entries = NonNullable<NonNullable<DispatchProofEntriesQuery["dispatch"]>["proofEntries"]>;
type Entry = Entries["nodes"][number];

const pageSize = 50;
/** Lines loaded at once for printing, and how many are printed at most: more belong into a file. */
const printSize = 100;
const mostPrinted = 2_000;

/** Who was obliged, who read which version when, and whether the roll is the one that was frozen. */
export function ProofPage() {
  const { t } = useTranslation("dispatches");
  const { stateOf } = useErrorText();
  const { dispatchId } = useParams({ from: "/app/dispatches/$dispatchId/proof" });
  const [{ data, error }, refetch] = useQuery({
    query: ProofQuery,
    variables: { id: dispatchId },
    requestPolicy: "network-only",
  });
  const printing = usePrinting(dispatchId);
  const proof = data ? (data.dispatch?.proof ?? null) : undefined;
  const isTooLong = proof !== null && proof !== undefined && proof.obligedCount > mostPrinted;
  return (
    <Page
      title={t("proof.title")}
      width="wide"
      actions={
        proof && (
          <div className={styles.screenOnly}>
            <div className={styles.row}>
              <Button icon="download" onPress={() => void downloadProof(dispatchId, "csv")}>
                CSV
              </Button>
              <Button icon="download" onPress={() => void downloadProof(dispatchId, "json")}>
                JSON
              </Button>
              <Button
                icon="file"
                isPending={printing.isLoading}
                isDisabled={isTooLong}
                onPress={() => void printing.print()}
              >
                {t("proof.print")}
              </Button>
            </div>
          </div>
        )
      }
    >
      {isTooLong && (
        <div className={styles.screenOnly}>
          <Banner>{t("proof.tooLong", { count: mostPrinted })}</Banner>
        </div>
      )}
      {printing.hasFailed && <Banner tone="danger">{t("proof.failed")}</Banner>}
      {error && !data ? (
        <ErrorState
          {...stateOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
        />
      ) : proof === null ? (
        <EmptyState icon="lock" title={t("proof.none")} text={t("proof.noneText")} />
      ) : proof ? (
        <Report dispatchId={dispatchId} proof={proof} printed={printing.entries} />
      ) : (
        <SkeletonList count={6} />
      )}
    </Page>
  );
}

/** Loads all lines piece by piece, shows them and prints. */
function usePrinting(dispatchId: string) {
  const client = useClient();
  const [entries, setEntries] = useState<readonly Entry[] | null>(null);
  const [isLoading, setLoading] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  async function print() {
    setLoading(true);
    setFailed(false);
    const all: Entry[] = [];
    const piece = (after: string | null) =>
      client
        .query(
          ProofEntriesQuery,
          { id: dispatchId, first: printSize, after },
          { requestPolicy: "network-only" },
        )
        .toPromise();
    let after: string | null = null;
    do {
      const found: Entries | null | undefined = (await piece(after)).data?.dispatch?.proofEntries;
      if (!found) {
        setFailed(true);
        setLoading(false);
        return;
      }
      all.push(...found.nodes);
      after = found.pageInfo.hasNextPage ? (found.pageInfo.endCursor ?? null) : null;
    } while (after);
    flushSync(() => {
      setEntries(all);
      setLoading(false);
    });
    window.print();
  }

  useEffect(() => {
    const done = () => setEntries(null);
    window.addEventListener("afterprint", done);
    return () => window.removeEventListener("afterprint", done);
  }, []);
  return { entries, isLoading, hasFailed, print };
}

type ReportProps = { dispatchId: string; proof: Proof; printed: readonly Entry[] | null };

function Report({ dispatchId, proof, printed }: ReportProps) {
  const { t } = useTranslation("dispatches");
  const { formatDate, formatNumber } = useFormat();
  const newest = proof.versions.at(-1);
  const text = inLanguage(newest?.texts ?? [], currentLocale(), "de");
  const when = (at: string | null) => (at ? formatDate(at, "dateTime") : "–");
  const facts: [string, string][] = [
    [t("proof.dispatch"), text?.title ?? ""],
    [t("proof.sender"), proof.sender],
    [t("proof.addressed"), proof.addressed],
    [t("proof.sentAt"), when(proof.sentAt)],
    [t("proof.obliged"), formatNumber(proof.obligedCount)],
    [t("proof.done"), formatNumber(proof.doneCount)],
    [t("proof.madeAt"), when(proof.madeAt)],
  ];
  return (
    <div className={styles.stack}>
      <Banner tone={proof.isVerified ? "success" : "danger"}>
        {t(proof.isVerified ? "proof.verified" : "proof.notVerified")}
      </Banner>
      <dl className={styles.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Section title={t("proof.roll")}>
        {printed ? (
          <Lines entries={printed} required={proof.requiredVersion} />
        ) : (
          <Roll dispatchId={dispatchId} required={proof.requiredVersion} />
        )}
      </Section>
      <Section title={t("proof.hashes")}>
        <ul>
          {proof.versions.flatMap((version) =>
            version.texts.map(({ language, hash }) => (
              <li key={hash}>
                {t("version", { number: version.number })} · {language} · {when(version.madeAt)}{" "}
                <span className={styles.hash}>{hash}</span>
              </li>
            )),
          )}
          {proof.batches.map((batch) => (
            <li key={batch.hash}>
              {t("proof.batch", { count: batch.added, number: batch.number })} ·{" "}
              {when(batch.addedAt)} <span className={styles.hash}>{batch.hash}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** The lines, page by page. */
function Roll({ dispatchId, required }: { dispatchId: string; required: number }) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [{ data, error }] = useQuery({
    query: ProofEntriesQuery,
    variables: { id: dispatchId, first: pageSize, after: cursors.at(-1) ?? null },
    requestPolicy: "network-only",
  });
  const found = data?.dispatch?.proofEntries;
  if (!found) {
    return error ? <ErrorState {...stateOf(error)} isCompact /> : <SkeletonList count={5} />;
  }
  const before = (cursors.length - 1) * pageSize;
  return (
    <>
      <Lines entries={found.nodes} required={required} />
      {found.totalCount > found.nodes.length && (
        <div className={styles.row}>
          <Button
            size="s"
            isDisabled={cursors.length === 1}
            onPress={() => setCursors(cursors.slice(0, -1))}
          >
            {t("recipients.before")}
          </Button>
          <span role="status">
            {t("proof.lines", {
              from: formatNumber(before + 1),
              to: formatNumber(before + found.nodes.length),
              all: formatNumber(found.totalCount),
            })}
          </span>
          <Button
            size="s"
            isDisabled={!found.pageInfo.hasNextPage}
            onPress={() => setCursors([...cursors, found.pageInfo.endCursor ?? null])}
          >
            {t("recipients.next")}
          </Button>
        </div>
      )}
    </>
  );
}

function Lines({ entries, required }: { entries: readonly Entry[]; required: number }) {
  const { t } = useTranslation("dispatches");
  const { formatDate } = useFormat();
  const when = (at: string | null) => (at ? formatDate(at, "dateTime") : "–");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles.table} tabIndex={0} aria-label={t("proof.roll")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("proof.person")}</th>
            <th scope="col">{t("proof.unit")}</th>
            <th scope="col">{t("proof.due")}</th>
            <th scope="col">{t("proof.read")}</th>
            <th scope="col">{t("proof.confirmed")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry, index) => {
            const last = entry.receipts.at(-1);
            const receipt = acknowledged(entry, required);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of a proof has no other identity than its place
              <tr key={index}>
                <th scope="row">{entry.name}</th>
                <td>{[entry.unitCode, entry.role].filter(Boolean).join(" · ")}</td>
                <td>{when(entry.dueAt)}</td>
                <td>
                  {last
                    ? t("proof.readVersion", {
                        when: when(last.seenAt),
                        version: last.version,
                        language: last.language,
                      })
                    : "–"}
                </td>
                <td>
                  {receipt
                    ? [
                        when(receipt.acknowledgedAt),
                        t(receipt.method === "password" ? "proof.signed" : "proof.button"),
                      ].join(" · ")
                    : t("proof.missing")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The receipt that fulfils what is required. */
const acknowledged = ({ receipts }: Entry, required: number) =>
  receipts.find(({ version, acknowledgedAt }) => version >= required && acknowledgedAt);
