import { useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { Page } from "@/app/shell";
import { currentLocale, useFormat, useTranslation } from "@/i18n";

import { Banner, Button, EmptyState, ErrorState, Section, SkeletonList } from "@/ui";
import styles from "../components/Dispatches.module.css";
import { downloadProof, fetchProof, type Proof } from "../proof";
import { inLanguage } from "../texts";

/** Who was obliged, who read which version when, and whether the roll is the one that was frozen. */
export function ProofPage() {
  const { t } = useTranslation("dispatches");
  const { dispatchId } = useParams({ from: "/app/dispatches/$dispatchId/proof" });
  const [proof, setProof] = useState<Proof | null>();
  const [hasFailed, setFailed] = useState(false);
  const load = useCallback(() => {
    setFailed(false);
    fetchProof(dispatchId)
      .then(setProof)
      .catch(() => setFailed(true));
  }, [dispatchId]);
  useEffect(load, [load]);
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
              <Button icon="file" onPress={() => window.print()}>
                {t("proof.print")}
              </Button>
            </div>
          </div>
        )
      }
    >
      {hasFailed ? (
        <ErrorState message={t("proof.failed")} onRetry={load} />
      ) : proof === null ? (
        <EmptyState icon="lock" title={t("proof.none")} text={t("proof.noneText")} />
      ) : proof ? (
        <Report proof={proof} />
      ) : (
        <SkeletonList count={6} />
      )}
    </Page>
  );
}

function Report({ proof }: { proof: Proof }) {
  const { t } = useTranslation("dispatches");
  const { formatDate, formatNumber } = useFormat();
  const newest = proof.versions.at(-1);
  const text = inLanguage(newest?.texts ?? [], currentLocale(), "de");
  const when = (at: string | null) => (at ? formatDate(at, "dateTime") : "–");
  const done = proof.roll.filter((entry) => acknowledged(entry, proof.requiredVersion)).length;
  const facts: [string, string][] = [
    [t("proof.dispatch"), text?.title ?? ""],
    [t("proof.sender"), proof.sender],
    [t("proof.addressed"), proof.addressed],
    [t("proof.sentAt"), when(proof.sentAt)],
    [t("proof.obliged"), formatNumber(proof.roll.length)],
    [t("proof.done"), formatNumber(done)],
    [t("proof.madeAt"), when(proof.madeAt)],
  ];
  return (
    <div className={styles.stack}>
      <Banner tone={proof.verified ? "success" : "danger"}>
        {t(proof.verified ? "proof.verified" : "proof.notVerified")}
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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
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
              {proof.roll.map((entry) => {
                const last = entry.receipts.at(-1);
                const receipt = acknowledged(entry, proof.requiredVersion);
                return (
                  <tr key={entry.person}>
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

/** The receipt that fulfils what is required. */
const acknowledged = ({ receipts }: Proof["roll"][number], required: number) =>
  receipts.find(({ version, acknowledgedAt }) => version >= required && acknowledgedAt);
