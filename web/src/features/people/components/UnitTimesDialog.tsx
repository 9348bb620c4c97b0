import { useMemo, useState } from "react";
import {
  byField,
  readFragment,
  type UserErrorLike,
  useAction,
  useErrorText,
  useQuery,
} from "@/graphql";
import type { OpeningPartsFragment } from "@/graphql/generated/graphql";
import { currentLocale, useTranslation } from "@/i18n";
import { Banner, Button, Combobox, Dialog, Select, Switch, showToast, TextField } from "@/ui";
import { weekdayName, weekdays, weekOf, written } from "../openingHours";
import { CalendarParts, CalendarsQuery, OrgUnitSetTimesMutation } from "../orgQueries";
import styles from "./Organisation.module.css";

/** Stands for "as the unit above" in the list of calendars. */
const INHERITED = "inherited";

type Props = { unit: OpeningPartsFragment; name: string; onClose: () => void };

/** Says when a unit is open; each part may be left to the unit above. */
export function UnitTimesDialog({ unit, name, onClose }: Props) {
  const { t } = useTranslation(["people", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    OrgUnitSetTimesMutation,
    (answer) => answer.orgUnitSetTimes,
    { showsUserErrors: true },
  );
  const [{ data }] = useQuery({ query: CalendarsQuery });
  const calendars = readFragment(CalendarParts, data?.calendars ?? []);
  const [hasHours, setHasHours] = useState(Boolean(unit.openingHours));
  const [week, setWeek] = useState(() => weekOf(unit.openingHours ?? unit.opening.weekly));
  const [hasZone, setHasZone] = useState(Boolean(unit.timeZone));
  const [zone, setZone] = useState(unit.timeZone ?? unit.opening.timeZone);
  const [calendar, setCalendar] = useState(unit.calendarId ?? INHERITED);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, ["openingHours", "timeZone"]);
  const text = (error?: UserErrorLike) => (error ? textOfUserError(error) : null);
  const locale = currentLocale();

  async function save() {
    const { payload, userErrors } = await run({
      input: {
        unitId: unit.id,
        openingHours: hasHours ? written(week) : null,
        timeZone: hasZone ? zone.trim() : null,
        calendarId: calendar === INHERITED ? null : calendar,
      },
    });
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
      title={t("times.of", { unit: name })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void save()}>
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Switch isSelected={hasHours} onChange={setHasHours} hint={t("times.ownHint")}>
          {t("times.ownHours")}
        </Switch>
        {hasHours && (
          <div className={styles.week}>
            <p className={styles.note}>{t("times.weekHint")}</p>
            {weekdays.map((day, index) => (
              <div key={day} className={styles.day}>
                <span aria-hidden="true">{weekdayName(index, locale, "long")}</span>
                <TextField
                  label={weekdayName(index, locale, "long")}
                  hideLabel
                  placeholder={t("times.closed")}
                  value={week[index] ?? ""}
                  onChange={(value) =>
                    setWeek((before) => before.map((old, at) => (at === index ? value : old)))
                  }
                />
              </div>
            ))}
            {fields.openingHours && (
              <Banner tone="danger" isLive>
                {text(fields.openingHours)}
              </Banner>
            )}
          </div>
        )}
        <Switch isSelected={hasZone} onChange={setHasZone} hint={t("times.ownHint")}>
          {t("times.ownZone")}
        </Switch>
        {hasZone && <Zone value={zone} onChange={setZone} error={text(fields.timeZone)} />}
        <Select
          label={t("times.calendar")}
          value={calendar}
          onChange={setCalendar}
          options={[
            { value: INHERITED, label: t("times.asAbove") },
            ...calendars.map((one) => ({ value: one.id, label: one.name })),
          ]}
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

function Zone({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (zone: string) => void;
  error: string | null;
}) {
  const { t } = useTranslation("people");
  const zones = useMemo(
    () => ["UTC", ...Intl.supportedValuesOf("timeZone")].map((id) => ({ id })),
    [],
  );
  const wanted = value.toLowerCase().replace(/\s+/g, "_");
  return (
    <Combobox
      label={t("times.zone")}
      icon="globe"
      inputValue={value}
      onInputChange={onChange}
      items={zones.filter(({ id }) => id.toLowerCase().includes(wanted)).slice(0, 60)}
      textOf={({ id }) => id}
      onSelect={({ id }) => onChange(id)}
      error={error}
    />
  );
}
