import { Link } from "@tanstack/react-router";
import { readFragment, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Section } from "@/ui";
import { awayUntil, lastDayText } from "../absence";
import { AbsenceParts, PersonAbsencesQuery } from "../orgQueries";
import { PersonParts } from "../queries";
import styles from "./Organisation.module.css";

function useAbsences(personId: string) {
  const [{ data }] = useQuery({ query: PersonAbsencesQuery, variables: { personId } });
  return readFragment(AbsenceParts, data?.personAbsences ?? []);
}

/** Until when somebody is away, and who can be asked meanwhile; nothing for who is here. */
export function AwayNote({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const absences = useAbsences(personId);
  const now = Date.now();
  const until = awayUntil(absences, now);
  if (!until) return null;
  const present = absences.find(
    ({ startsAt, substitute }) => substitute && (!startsAt || Date.parse(startsAt) <= now),
  );
  const substitute = readFragment(PersonParts, present?.substitute);
  return (
    <p className={styles.away}>
      <Badge tone="warning" icon="calendar">
        {t("absence.awayUntil", { until: lastDayText(until) })}
      </Badge>
      {substitute && (
        <span>
          {t("absence.substitute")}:{" "}
          <Link to="/people/$handle" params={{ handle: substitute.handle }}>
            {substitute.name}
          </Link>
        </span>
      )}
    </p>
  );
}

/** When and why somebody is away, for those who may know: the person, the line above, network admins. */
export function AbsenceList({ personId }: { personId: string }) {
  const { t } = useTranslation("people");
  const { formatDate } = useFormat();
  const known = useAbsences(personId).filter(({ startsAt, kind }) => startsAt && kind);
  if (known.length === 0) return null;
  return (
    <Section title={t("absence.title")}>
      <ul className={styles.absences}>
        {known.map(({ id, startsAt, endsAt, kind }) => (
          <li key={id}>
            {t("absence.span", {
              from: startsAt && formatDate(startsAt, "date"),
              until: lastDayText(endsAt),
            })}
            <span className={styles.from}>{kind && t(`absence.kind.${kind}`)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t("absence.whoKnows")}</p>
    </Section>
  );
}
