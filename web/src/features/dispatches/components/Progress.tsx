import { useState } from "react";
import { useInboxEvents } from "@/app/viewer";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import type { ProgressPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, ErrorState, SkeletonList } from "@/ui";
import { ProgressParts, UnitProgressQuery } from "../queries";
import { percent } from "../texts";
import styles from "./Dispatches.module.css";

type Props = { dispatchId: string; isMustRead: boolean };

/** How far the recipients are: all of them, and unit by unit as deep as one looks. */
export function Progress({ dispatchId, isMustRead }: Props) {
  const { t } = useTranslation("dispatches");
  const { stateOf } = useErrorText();
  const [path, setPath] = useState<readonly { id: string; name: string }[]>([]);
  const parent = path.at(-1);
  const [{ data, error }, refetch] = useQuery({
    query: UnitProgressQuery,
    variables: { id: dispatchId, parentId: parent?.id ?? null },
    requestPolicy: "cache-and-network",
  });
  useInboxEvents((event) => {
    if (event.__typename === "UnreadChangedEvent") refetch({ requestPolicy: "network-only" });
  });
  const dispatch = data?.dispatch;
  if (!dispatch) {
    return error ? <ErrorState {...stateOf(error)} isCompact /> : <SkeletonList count={3} />;
  }
  const whole = readFragment(ProgressParts, dispatch.progress);
  return (
    <div className={styles.progress}>
      {whole && <Totals progress={whole} isMustRead={isMustRead} />}
      {path.length > 0 && (
        <nav aria-label={t("progress.path")} className={styles.path}>
          <Button size="s" variant="quiet" onPress={() => setPath([])}>
            {t("progress.all")}
          </Button>
          {path.map((unit, index) => (
            <Button
              key={unit.id}
              size="s"
              variant="quiet"
              isDisabled={index === path.length - 1}
              onPress={() => setPath(path.slice(0, index + 1))}
            >
              {unit.name}
            </Button>
          ))}
        </nav>
      )}
      {dispatch.unitProgress.length === 0 ? (
        <p className={styles.hint}>{t("progress.noParts")}</p>
      ) : (
        <ul className={styles.units} aria-label={t("progress.units")}>
          {dispatch.unitProgress.map(({ unit, progress }) => {
            const known = readFragment(ProgressParts, progress);
            return (
              unit && (
                <li key={unit.id}>
                  <UnitLine
                    name={unit.name}
                    progress={known}
                    isMustRead={isMustRead}
                    onOpen={() => setPath([...path, unit])}
                  />
                </li>
              )
            );
          })}
        </ul>
      )}
    </div>
  );
}

function Totals({
  progress,
  isMustRead,
}: {
  progress: ProgressPartsFragment;
  isMustRead: boolean;
}) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const { delivered, seen, acknowledged, overdue } = progress;
  const facts: [string, number | null][] = [
    [t("progress.delivered"), delivered],
    [t("progress.seen"), seen],
  ];
  if (isMustRead) facts.push([t("progress.acknowledged"), acknowledged]);
  if (isMustRead) facts.push([t("progress.overdue"), overdue]);
  return (
    <>
      <dl className={styles.totals}>
        {facts.map(([label, number]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number === null ? "–" : formatNumber(number)}</dd>
          </div>
        ))}
      </dl>
      {(seen === null || (isMustRead && acknowledged === null)) && (
        <p className={styles.hint}>{t("progress.tooFew")}</p>
      )}
    </>
  );
}

type UnitLineProps = {
  name: string;
  progress: ProgressPartsFragment;
  isMustRead: boolean;
  onOpen: () => void;
};

function UnitLine({ name, progress, isMustRead, onOpen }: UnitLineProps) {
  const { t } = useTranslation("dispatches");
  const { formatNumber } = useFormat();
  const done = isMustRead ? progress.acknowledged : progress.seen;
  const share = done === null ? null : percent(done, progress.delivered);
  return (
    <button type="button" className={styles.unit} onClick={onOpen}>
      <span className={styles.unitName}>{name}</span>
      <span className={styles.unitNumber}>
        {share === null
          ? t("progress.few", {
              count: progress.delivered,
              number: formatNumber(progress.delivered),
            })
          : t("progress.of", {
              done: formatNumber(done ?? 0),
              all: formatNumber(progress.delivered),
            })}
      </span>
      {share !== null && <progress max={100} value={share} aria-label={`${share} %`} />}
      {progress.overdue !== null && progress.overdue > 0 && (
        <span className={styles.overdue}>
          {t("progress.overdueCount", {
            count: progress.overdue,
            number: formatNumber(progress.overdue),
          })}
        </span>
      )}
    </button>
  );
}
