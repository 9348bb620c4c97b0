import { useState } from "react";
import { useViewer } from "@/app/viewer";
import {
  AbsenceParts,
  AbsenceRemoveMutation,
  lastDayText,
  PersonAbsencesQuery,
  PersonParts,
} from "@/features/people";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type { AbsencePartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Icon,
  Section,
  SkeletonList,
  showToast,
} from "@/ui";
import { AbsenceDialog } from "./AbsenceDialog";
import styles from "./Settings.module.css";

/** When one is away, and who can be asked meanwhile. */
export function AbsenceSection() {
  const { t } = useTranslation(["settings", "people"]);
  const { stateOf } = useErrorText();
  const { person } = useViewer();
  const [{ data, error }, refetch] = useQuery({
    query: PersonAbsencesQuery,
    variables: { personId: person.id },
  });
  const [isAdding, setAdding] = useState(false);
  const absences = data && readFragment(AbsenceParts, data.personAbsences);
  const add = (
    <Button icon="plus" onPress={() => setAdding(true)}>
      {t("absence.add")}
    </Button>
  );
  return (
    <Section title={t("section.absence")} actions={absences?.length ? add : undefined}>
      <p className={styles.lead}>{t("absence.lead")}</p>
      {absences ? (
        absences.length === 0 ? (
          <EmptyState
            icon="calendar"
            title={t("absence.none")}
            text={t("absence.noneHint")}
            actions={add}
            isCompact
          />
        ) : (
          <ul className={styles.rows}>
            {absences.map((absence) => (
              <AbsenceRow key={absence.id} absence={absence} />
            ))}
          </ul>
        )
      ) : error ? (
        <ErrorState
          {...stateOf(error)}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
          isCompact
        />
      ) : (
        <SkeletonList count={2} />
      )}
      {isAdding && <AbsenceDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function AbsenceRow({ absence }: { absence: AbsencePartsFragment }) {
  const { t } = useTranslation(["settings", "people", "common"]);
  const { formatDate } = useFormat();
  const { run, isPending } = useAction(AbsenceRemoveMutation, (answer) => answer.absenceRemove);
  const [isChanging, setChanging] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { id, startsAt, endsAt, kind } = absence;
  const substitute = readFragment(PersonParts, absence.substitute);
  const span = t("people:absence.span", {
    from: startsAt && formatDate(startsAt, "date"),
    until: lastDayText(endsAt),
  });
  const isNow = startsAt ? Date.parse(startsAt) <= Date.now() : false;

  async function remove() {
    const { payload } = await run({ input: { absenceId: id } });
    if (payload) showToast(t("absence.removed"), { tone: "success" });
    setAsking(false);
  }

  return (
    <li className={styles.row}>
      <Icon name="calendar" size={22} />
      <div className={styles.rowText}>
        <div className={styles.rowTitle}>
          {span}
          {isNow && <Badge tone="warning">{t("absence.now")}</Badge>}
        </div>
        <div className={styles.hint}>
          {[
            kind && t(`people:absence.kind.${kind}`),
            substitute && `${t("people:absence.substitute")}: ${substitute.name}`,
          ]
            .filter(Boolean)
            .join(" · ")}
        </div>
      </div>
      <div className={styles.buttons}>
        <Button
          size="s"
          aria-label={t("absence.changeOf", { span })}
          onPress={() => setChanging(true)}
        >
          {t("common:action.edit")}
        </Button>
        <Button
          size="s"
          aria-label={t("absence.removeOf", { span })}
          onPress={() => setAsking(true)}
        >
          {t("absence.remove")}
        </Button>
      </div>
      {isChanging && <AbsenceDialog absence={absence} onClose={() => setChanging(false)} />}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove()}
        title={t("absence.removeConfirm", { span })}
        text={t("absence.removeText")}
        confirmLabel={t("absence.remove")}
        isDanger
        isPending={isPending}
      />
    </li>
  );
}
