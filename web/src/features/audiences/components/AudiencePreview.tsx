import { useMemo, useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { PersonLine, PersonParts, PersonPicker, type PickedPerson } from "@/features/people";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import type { AudienceRuleInput } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Dialog, EmptyState, ErrorState, Icon, Section, SkeletonList } from "@/ui";
import { AudiencePreviewQuery, AudienceReasonsQuery } from "../queries";
import styles from "./Audiences.module.css";

/** People shown before one asks for more. */
const FEW = 8;
/** How many are shown then; more than this are better counted than read. */
const MANY = 100;

/** Who is meant by a rule: how many, in words, where, and by name; null stands for no rule yet. */
export function AudiencePreview({ rule }: { rule: AudienceRuleInput | null }) {
  const { t } = useTranslation("audiences");
  const written = useDebounced(rule ? JSON.stringify(rule) : "");
  return (
    <Section title={t("preview.title")}>
      {written ? (
        <Known key={written} written={written} />
      ) : (
        <p className={styles.hint}>{t("preview.incomplete")}</p>
      )}
    </Section>
  );
}

function Known({ written }: { written: string }) {
  const { t } = useTranslation("audiences");
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const rule = useMemo(() => JSON.parse(written) as AudienceRuleInput, [written]);
  const [isWhole, setWhole] = useState(false);
  const [asked, setAsked] = useState<PickedPerson | null>(null);
  const [{ data, error, stale }, refetch] = useQuery({
    query: AudiencePreviewQuery,
    variables: { rule, first: isWhole ? MANY : FEW },
    // The directory may have changed since the same was last asked.
    requestPolicy: "cache-and-network",
  });
  const preview = data?.audiencePreview;
  if (!preview) {
    return error ? (
      <ErrorState {...stateOf(error)} onRetry={() => refetch({ requestPolicy: "network-only" })} />
    ) : (
      <SkeletonList count={4} />
    );
  }
  const { count, sentence, countByUnit } = preview;
  const people = readFragment(PersonParts, preview.people.nodes);
  const more = count - people.length;
  return (
    <>
      <p className={styles.count} role="status">
        {t("preview.count", { count, number: formatNumber(count) })}
      </p>
      <p className={styles.sentence}>{sentence}</p>
      {count === 0 ? (
        <EmptyState icon="people" title={t("preview.nobody")} text={t("preview.nobodyText")} />
      ) : (
        <>
          {countByUnit.length > 1 && (
            <>
              <h3 className={styles.heading}>{t("preview.units")}</h3>
              <ul className={styles.units}>
                {countByUnit.map(({ unit, count: there }) => (
                  <li key={unit.id}>
                    <span>{unit.name}</span>
                    <span className={styles.number}>{formatNumber(there)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3 className={styles.heading}>{t("preview.people")}</h3>
          <ul aria-label={t("preview.people")}>
            {people.map((person) => (
              <li key={person.id}>
                <PersonLine
                  person={person}
                  actions={
                    <Button
                      size="s"
                      variant="quiet"
                      aria-label={t("preview.whyName", { name: person.name })}
                      onPress={() => setAsked(person)}
                    >
                      {t("preview.why")}
                    </Button>
                  }
                />
              </li>
            ))}
          </ul>
          {more > 0 && (
            <div className={styles.more}>
              <span className={styles.hint}>
                {t("preview.more", { count: more, number: formatNumber(more) })}
              </span>
              {!isWhole && (
                <Button size="s" isPending={stale} onPress={() => setWhole(true)}>
                  {t("preview.showMore")}
                </Button>
              )}
            </div>
          )}
        </>
      )}
      <div className={styles.heading}>
        <PersonPicker
          label={t("preview.ask")}
          chosen={[]}
          max={1}
          onChange={([person]) => person && setAsked(person)}
        />
      </div>
      {asked && <Reasons rule={rule} person={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

type ReasonsProps = { rule: AudienceRuleInput; person: PickedPerson; onClose: () => void };

/** Whether somebody is in it, and what of each condition holds. */
function Reasons({ rule, person, onClose }: ReasonsProps) {
  const { t } = useTranslation(["audiences", "common"]);
  const { stateOf } = useErrorText();
  const [{ data, error }] = useQuery({
    query: AudienceReasonsQuery,
    variables: { rule, personId: person.id },
    requestPolicy: "network-only",
  });
  const { name } = person;
  const found = data?.audienceReasons;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t("preview.whyName", { name })}
      size="s"
      footer={<Button onPress={onClose}>{t("common:action.close")}</Button>}
    >
      {!found ? (
        error ? (
          <ErrorState {...stateOf(error)} />
        ) : (
          <SkeletonList count={2} />
        )
      ) : (
        <>
          <p>{t(found.isIn ? "preview.isIn" : "preview.isNotIn", { name })}</p>
          <ul className={styles.reasons}>
            {found.reasons.map(({ sentence, holds, excludes }) => (
              <li key={sentence + String(excludes)}>
                <Icon
                  name={holds ? "check-circle" : "minus"}
                  size={18}
                  className={holds ? styles.holds : undefined}
                />
                <span>
                  {sentence}
                  <small>
                    {[
                      excludes && t("preview.leavesOut"),
                      t(holds ? "preview.holds" : "preview.holdsNot"),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}
