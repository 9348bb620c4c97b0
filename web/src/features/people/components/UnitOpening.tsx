import { useState } from "react";
import { type FragmentType, readFragment } from "@/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { readable, spanName, spans, weekOf } from "../openingHours";
import { OpeningParts } from "../orgQueries";
import styles from "./Organisation.module.css";
import { UnitTimesDialog } from "./UnitTimesDialog";

type Props = { unit: FragmentType<typeof OpeningParts>; name: string; mayChange: boolean };

/** When a unit is open, in which zone, and when it is closed next; with where each part comes from. */
export function UnitOpening({ unit, name, mayChange }: Props) {
  const { t } = useTranslation(["people", "common"]);
  const { formatDay } = useFormat();
  const [isChanging, setChanging] = useState(false);
  const own = readFragment(OpeningParts, unit);
  const { opening } = own;
  const locale = currentLocale();
  const from = (source: { id: string; name: string } | null | undefined) =>
    source?.id !== own.id && (
      <span className={styles.from}>
        {source ? t("times.from", { unit: source.name }) : t("times.fromHouse")}
      </span>
    );
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        <h3>{t("times.title")}</h3>
        {mayChange && (
          <Button size="s" icon="edit" onPress={() => setChanging(true)}>
            {t("times.change")}
          </Button>
        )}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t("times.hours")}</dt>
          <dd>
            <dl className={styles.hours}>
              {spans(weekOf(opening.weekly)).map(({ first, last, hours }) => (
                <div key={first}>
                  <dt>{spanName(first, last, locale)}</dt>
                  <dd>{hours ? readable(hours) : t("times.closed")}</dd>
                </div>
              ))}
            </dl>
            {from(opening.weeklyFrom)}
          </dd>
        </div>
        <div>
          <dt>{t("times.zone")}</dt>
          <dd>
            {opening.timeZone}
            {from(opening.timeZoneFrom)}
          </dd>
        </div>
        <div>
          <dt>{t("times.calendar")}</dt>
          <dd>
            {opening.calendar ? (
              <>
                {opening.calendar.name}
                {from(opening.calendarFrom)}
                {opening.nextClosedDays.length > 0 ? (
                  <ul aria-label={t("times.nextClosed")}>
                    {opening.nextClosedDays.map((day) => (
                      <li key={day.day}>
                        {t("times.closedOn", {
                          day: formatDay(day.day, "weekday"),
                          name: day.name,
                        })}
                      </li>
                    ))}
                  </ul>
                ) : (
                  <span className={styles.from}>{t("times.noneClosed")}</span>
                )}
              </>
            ) : (
              t("times.noCalendar")
            )}
          </dd>
        </div>
      </dl>
      {isChanging && <UnitTimesDialog unit={own} name={name} onClose={() => setChanging(false)} />}
    </div>
  );
}
