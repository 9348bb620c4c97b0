import { useState } from "react";
import {
  byField,
  type FragmentType,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
} from "@/graphql";
import { dayOf, startOfDay, useFormat, useTranslation } from "@/i18n";
import { Banner, Button, ConfirmDialog, Dialog, showToast, TextField } from "@/ui";
import { lastDayText, wholeDays } from "../absence";
import { StandInEndMutation, StandInNameMutation, StandInsParts } from "../orgQueries";
import { PersonParts } from "../queries";
import styles from "./Organisation.module.css";
import { PersonLine } from "./PersonLine";
import { PersonPicker, type PickedPerson } from "./PersonPicker";

type Props = { unit: FragmentType<typeof StandInsParts>; mayChange: boolean };

/** Who stands in for the head of a unit, now or later; whoever leads the line names and ends it. */
export function StandIns({ unit, mayChange }: Props) {
  const { t } = useTranslation(["people", "common"]);
  const { formatDate } = useFormat();
  const [isNaming, setNaming] = useState(false);
  const [ending, setEnding] = useState<{ id: string; name: string } | null>(null);
  const { run, isPending } = useAction(StandInEndMutation, (answer) => answer.standInEnd);
  const { id: unitId, standIns } = readFragment(StandInsParts, unit);
  if (standIns.length === 0 && !mayChange) return null;

  async function end() {
    if (!ending) return;
    const { payload } = await run({ input: { standInId: ending.id } });
    if (payload) showToast(t("standIn.ended", { name: ending.name }), { tone: "success" });
    setEnding(null);
  }

  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <h3>{t("standIn.title")}</h3>
        {mayChange && (
          <Button size="s" icon="plus" onPress={() => setNaming(true)}>
            {t("standIn.name")}
          </Button>
        )}
      </div>
      {standIns.length === 0 ? (
        <p className={styles.note}>{t("standIn.none")}</p>
      ) : (
        <ul>
          {standIns.map(({ id, startsAt, endsAt, person }) => {
            const who = readFragment(PersonParts, person);
            const until = lastDayText(endsAt);
            return (
              <li key={id}>
                <PersonLine
                  person={who}
                  detail={
                    Date.parse(startsAt) <= Date.now()
                      ? t("standIn.until", { until })
                      : t("standIn.span", { from: formatDate(startsAt, "date"), until })
                  }
                  actions={
                    mayChange && (
                      <Button
                        size="s"
                        variant="quiet"
                        aria-label={t("standIn.endOf", { name: who.name })}
                        onPress={() => setEnding({ id, name: who.name })}
                      >
                        {t("standIn.end")}
                      </Button>
                    )
                  }
                />
              </li>
            );
          })}
        </ul>
      )}
      {isNaming && <NameDialog unitId={unitId} onClose={() => setNaming(false)} />}
      <ConfirmDialog
        isOpen={ending !== null}
        onClose={() => setEnding(null)}
        onConfirm={() => void end()}
        title={t("standIn.endConfirm", { name: ending?.name })}
        text={t("standIn.endText")}
        confirmLabel={t("standIn.end")}
        isPending={isPending}
      />
    </div>
  );
}

function NameDialog({ unitId, onClose }: { unitId: string; onClose: () => void }) {
  const { t } = useTranslation(["people", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(StandInNameMutation, (answer) => answer.standInName, {
    showsUserErrors: true,
  });
  const today = dayOf(Date.now());
  const [people, setPeople] = useState<readonly PickedPerson[]>([]);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["personId", "endsAt"]);
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);
  const [person] = people;

  async function name() {
    if (!person || !until) return;
    const { payload, userErrors } = await run({
      input: {
        unitId,
        personId: person.id,
        // From today means from now on.
        startsAt: from > today ? startOfDay(from).toISOString() : null,
        endsAt: wholeDays(until, until).endsAt,
      },
    });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("standIn.named", { name: person.name }), { tone: "success" });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={false}
      title={t("standIn.name")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={!person || !from || !until}
            onPress={() => void name()}
          >
            {t("standIn.name")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p className={styles.note}>{t("standIn.text")}</p>
        <PersonPicker
          label={t("standIn.person")}
          chosen={people}
          max={1}
          onChange={setPeople}
          error={text(fields.personId)}
        />
        <div className={styles.pair}>
          <TextField type="date" label={t("standIn.from")} value={from} onChange={setFrom} />
          <TextField
            type="date"
            label={t("standIn.last")}
            value={until}
            onChange={setUntil}
            error={text(fields.endsAt)}
          />
        </div>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
