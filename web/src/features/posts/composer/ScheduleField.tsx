import { useTimeZone } from "@/app/viewer/useTimeZone";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Icon, IconButton, Popover, TextField } from "@/ui";
import styles from "./Composer.module.css";
import { fromZoned, toZoned } from "./zonedTime";

type Props = { value: string | null; onChange: (scheduledFor: string | null) => void };

const hour = 3_600_000;

/** Next morning at nine in the person's zone: what most people want. */
function tomorrowMorning(timeZone: string): string | null {
  const tomorrow = toZoned(Date.now() + 24 * hour, timeZone).slice(0, 10);
  return fromZoned(`${tomorrow}T09:00`, timeZone);
}

/** Publish later: date and time in the person's own zone. */
export function ScheduleField({ value, onChange }: Props) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const timeZone = useTimeZone();
  const isPast = value !== null && Date.parse(value) <= Date.now();
  return (
    <Popover
      label={t("schedule.title")}
      placement="top start"
      trigger={
        value ? (
          <Button size="s" variant="soft" icon="clock">
            {formatDate(value)}
          </Button>
        ) : (
          <IconButton icon="clock" label={t("schedule.title")} />
        )
      }
    >
      {(close) => (
        <div className={styles.schedule}>
          <TextField
            type="datetime-local"
            label={t("schedule.at")}
            hint={t("schedule.zone", { zone: timeZone })}
            error={isPast ? t("schedule.past") : null}
            value={value ? toZoned(value, timeZone) : ""}
            onChange={(text) => onChange(fromZoned(text, timeZone))}
            autoFocus
          />
          <div className={styles.row}>
            <Button size="s" onPress={() => onChange(tomorrowMorning(timeZone))}>
              {t("schedule.tomorrow")}
            </Button>
            {value && (
              <Button
                size="s"
                variant="quiet"
                onPress={() => {
                  onChange(null);
                  close();
                }}
              >
                <Icon name="close" size={14} />
                {t("schedule.now")}
              </Button>
            )}
          </div>
        </div>
      )}
    </Popover>
  );
}
