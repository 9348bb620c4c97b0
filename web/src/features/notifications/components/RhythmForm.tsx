import { type FormEvent, useState } from "react";
import { byField, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { NotificationRhythmPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, Switch, showToast, TextField } from "@/ui";
import { NotificationRhythmSetMutation } from "../delivery";
import { toMinute, toTime } from "../minutes";
import styles from "./Delivery.module.css";

const night = { from: "20:00", until: "07:00" };

/** When one is left in peace, and when digests come. */
export function RhythmForm({ rhythm }: { rhythm: NotificationRhythmPartsFragment }) {
  const { t } = useTranslation(["notifications", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    NotificationRhythmSetMutation,
    (answer) => answer.notificationRhythmSet,
    { showsUserErrors: true },
  );
  const [isQuiet, setQuiet] = useState(rhythm.quietFrom !== null);
  const [from, setFrom] = useState(toTimeOr(rhythm.quietFrom, night.from));
  const [until, setUntil] = useState(toTimeOr(rhythm.quietUntil, night.until));
  const [inWorkingHours, setInWorkingHours] = useState(rhythm.inWorkingHours);
  const [digestAt, setDigestAt] = useState(toTime(rhythm.digestAt));
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields } = byField(errors, ["quietFrom", "quietUntil", "digestAt"]);
  const errorOf = (name: keyof typeof fields) => {
    const error = fields[name];
    return error ? textOfUserError(error) : null;
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({
      input: {
        quietFrom: isQuiet ? toMinute(from) : null,
        quietUntil: isQuiet ? toMinute(until) : null,
        inWorkingHours,
        digestAt: toMinute(digestAt) ?? -1,
      },
    });
    setErrors(userErrors);
    if (payload && userErrors.length === 0) showToast(t("common:state.saved"), { tone: "success" });
  }

  return (
    <form className={styles.stack} onSubmit={submit}>
      <Switch
        isSelected={inWorkingHours}
        onChange={setInWorkingHours}
        hint={t("delivery.inWorkingHoursHint")}
      >
        {t("delivery.inWorkingHours")}
      </Switch>
      <Switch isSelected={isQuiet} onChange={setQuiet} hint={t("delivery.quietHint")}>
        {t("delivery.quiet")}
      </Switch>
      {isQuiet && (
        <div className={styles.pair}>
          <TextField
            type="time"
            label={t("delivery.quietFrom")}
            value={from}
            onChange={setFrom}
            error={errorOf("quietFrom")}
          />
          <TextField
            type="time"
            label={t("delivery.quietUntil")}
            value={until}
            onChange={setUntil}
            error={errorOf("quietUntil")}
          />
        </div>
      )}
      <div className={styles.pair}>
        <TextField
          type="time"
          label={t("delivery.digestAt")}
          hint={t("delivery.digestAtHint")}
          value={digestAt}
          onChange={setDigestAt}
          error={errorOf("digestAt")}
        />
      </div>
      <div>
        <Button type="submit" variant="primary" isPending={isPending}>
          {t("common:action.save")}
        </Button>
      </div>
    </form>
  );
}

function toTimeOr(minute: number | null, other: string): string {
  return minute === null ? other : toTime(minute);
}
