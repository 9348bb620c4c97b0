import { useState } from "react";
import { useViewer } from "@/app/viewer";
import {
  AbsenceAddMutation,
  AbsenceChangeMutation,
  lastDay,
  PersonParts,
  PersonPicker,
  type PickedPerson,
  wholeDays,
} from "@/features/people";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { AbsenceKind, AbsencePartsFragment } from "@/graphql/generated/graphql";
import { dayOf, useTranslation } from "@/i18n";
import { Banner, Button, Dialog, Select, showToast, TextField } from "@/ui";
import styles from "./Settings.module.css";

const kinds: readonly AbsenceKind[] = [
  "VACATION",
  "ILLNESS",
  "TRAINING",
  "BUSINESS_TRIP",
  "PARENTAL_LEAVE",
  "OTHER",
];

type Props = { absence?: AbsencePartsFragment; onClose: () => void };

/** Enters an absence by whole days, or changes one. */
export function AbsenceDialog({ absence, onClose }: Props) {
  const { t } = useTranslation(["settings", "people", "common"]);
  const { textOfUserError } = useErrorText();
  const { person: me } = useViewer();
  const adding = useAction(AbsenceAddMutation, (answer) => answer.absenceAdd, {
    showsUserErrors: true,
  });
  const changing = useAction(AbsenceChangeMutation, (answer) => answer.absenceChange, {
    showsUserErrors: true,
  });
  const substitute = readFragment(PersonParts, absence?.substitute);
  const [first, setFirst] = useState(absence?.startsAt ? dayOf(absence.startsAt) : "");
  const [last, setLast] = useState(absence ? lastDay(absence.endsAt) : "");
  const [kind, setKind] = useState<AbsenceKind>(absence?.kind ?? "VACATION");
  const [people, setPeople] = useState<readonly PickedPerson[]>(substitute ? [substitute] : []);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["startsAt", "endsAt", "substituteId"]);
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);

  async function save() {
    const input = {
      ...wholeDays(first, last),
      kind,
      substituteId: people[0]?.id ?? null,
    };
    const { payload, userErrors } = absence
      ? await changing.run({ input: { ...input, absenceId: absence.id } })
      : await adding.run({ input });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("common:state.saved"), { tone: "success" });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      title={t(absence ? "absence.change" : "absence.add")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={adding.isPending || changing.isPending}
            isDisabled={!first || !last}
            onPress={() => void save()}
          >
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <div className={styles.pair}>
          <TextField
            type="date"
            label={t("absence.first")}
            value={first}
            onChange={(day) => {
              setFirst(day);
              if (!last || last < day) setLast(day);
            }}
            error={text(fields.startsAt)}
          />
          <TextField
            type="date"
            label={t("absence.last")}
            value={last}
            onChange={setLast}
            error={text(fields.endsAt)}
          />
        </div>
        <Select
          label={t("absence.kind")}
          hint={t("absence.kindHint")}
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`people:absence.kind.${value}`) }))}
        />
        <PersonPicker
          label={t("absence.substitute")}
          chosen={people}
          max={1}
          exclude={[me.id]}
          onChange={setPeople}
          error={text(fields.substituteId)}
        />
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
