import { type FormEvent, useState } from "react";
import { CalendarParts, CalendarSaveMutation, CalendarsQuery } from "@/features/people";
import { readFragment, type UserErrorLike, useAction, useErrorText, useQuery } from "@/graphql";
import type { CalendarPartsFragment } from "@/graphql/generated/graphql";
import { dayOf, useFormat, useTranslation } from "@/i18n";
import {
  Button,
  Dialog,
  Disclosure,
  EmptyState,
  ErrorState,
  IconButton,
  Section,
  SkeletonList,
  showToast,
  TextField,
} from "@/ui";
import styles from "./Admin.module.css";

/** Calendars of days on which units are closed. */
export function CalendarsSection() {
  const { t } = useTranslation("admin");
  const { stateOf } = useErrorText();
  const [{ data, error }, refetch] = useQuery({ query: CalendarsQuery });
  const [isCreating, setCreating] = useState(false);
  const calendars = data && readFragment(CalendarParts, data.calendars);
  const create = (
    <Button icon="plus" onPress={() => setCreating(true)}>
      {t("calendars.create")}
    </Button>
  );
  return (
    <Section title={t("section.calendars")} actions={calendars?.length ? create : undefined}>
      <p className={styles.meta}>{t("calendars.lead")}</p>
      {calendars ? (
        calendars.length === 0 ? (
          <EmptyState icon="calendar" title={t("calendars.none")} actions={create} isCompact />
        ) : (
          <ul className={styles.calendars}>
            {calendars.map((calendar) => (
              <li key={calendar.id}>
                <Disclosure
                  icon="calendar"
                  title={t("calendars.summary", {
                    name: calendar.name,
                    count: calendar.days.length,
                  })}
                >
                  <CalendarDays calendar={calendar} />
                </Disclosure>
              </li>
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
      {isCreating && (
        <CreateDialog
          taken={(calendars ?? []).map(({ name }) => name)}
          onClose={() => setCreating(false)}
        />
      )}
    </Section>
  );
}

/** The days of one calendar by year; those of past years do not open by themselves. */
function CalendarDays({ calendar }: { calendar: CalendarPartsFragment }) {
  const { t } = useTranslation(["admin", "common"]);
  const { formatDay } = useFormat();
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(CalendarSaveMutation, (answer) => answer.calendarSave, {
    showsUserErrors: true,
  });
  const [day, setDay] = useState("");
  const [name, setName] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const days = calendar.days.map((one) => ({ day: one.day, name: one.name }));
  const years = [...new Set(days.map((one) => one.day.slice(0, 4)))];
  const thisYear = dayOf(Date.now()).slice(0, 4);
  const [first] = errors;

  async function save(next: typeof days) {
    const { payload, userErrors } = await run({ input: { name: calendar.name, days: next } });
    setErrors(userErrors);
    if (payload) showToast(t("common:state.saved"), { tone: "success" });
    return payload !== null;
  }

  async function add(event: FormEvent) {
    event.preventDefault();
    if (!day || !name.trim()) return;
    // A day that is there already gets the new name.
    const others = days.filter((one) => one.day !== day);
    if (!(await save([...others, { day, name: name.trim() }]))) return;
    setDay("");
    setName("");
  }

  return (
    <>
      {days.length === 0 && <p className={styles.meta}>{t("calendars.noDays")}</p>}
      {years.map((year) => (
        <details key={year} open={year >= thisYear}>
          <summary className={styles.year}>{year}</summary>
          <ul className={styles.days}>
            {days
              .filter((one) => one.day.startsWith(year))
              .map((one) => (
                <li key={one.day}>
                  <span className={styles.dayText}>
                    <span>{one.name}</span>
                    <span className={styles.meta}>{formatDay(one.day, "weekday")}</span>
                  </span>
                  <IconButton
                    icon="trash"
                    size="s"
                    label={t("calendars.removeDay", {
                      day: formatDay(one.day),
                      name: one.name,
                    })}
                    isDisabled={isPending}
                    onPress={() => void save(days.filter((other) => other.day !== one.day))}
                  />
                </li>
              ))}
          </ul>
        </details>
      ))}
      <form className={styles.addDay} onSubmit={add}>
        <TextField type="date" label={t("calendars.day")} value={day} onChange={setDay} />
        <TextField
          label={t("calendars.dayName")}
          value={name}
          onChange={setName}
          error={first ? textOfUserError(first) : null}
        />
        <Button type="submit" icon="plus" isPending={isPending} isDisabled={!day || !name.trim()}>
          {t("calendars.addDay")}
        </Button>
      </form>
    </>
  );
}

function CreateDialog({ taken, onClose }: { taken: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation(["admin", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(CalendarSaveMutation, (answer) => answer.calendarSave, {
    showsUserErrors: true,
  });
  const [name, setName] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [first] = errors;
  const wanted = name.trim();
  // Saving under a name that is there would empty that calendar.
  const isTaken = taken.includes(wanted);

  async function create(event: FormEvent) {
    event.preventDefault();
    if (!wanted || isTaken) return;
    const { payload, userErrors } = await run({ input: { name: wanted, days: [] } });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("common:state.saved"), { tone: "success" });
    onClose();
  }

  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={t("calendars.create")}>
      <form className={styles.form} onSubmit={create}>
        <TextField
          label={t("calendars.name")}
          hint={t("calendars.nameHint")}
          value={name}
          onChange={setName}
          error={
            isTaken
              ? textOfUserError({ code: "ALREADY_EXISTS", message: "" })
              : first
                ? textOfUserError(first)
                : null
          }
        />
        <div>
          <Button
            type="submit"
            variant="primary"
            isPending={isPending}
            isDisabled={!wanted || isTaken}
          >
            {t("common:action.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
