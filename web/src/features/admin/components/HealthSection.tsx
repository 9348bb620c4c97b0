import { useErrorText, useQuery } from "@/graphql";
import type { HealthStatus } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Badge,
  type BadgeTone,
  Button,
  ErrorState,
  Icon,
  type IconName,
  RelativeTime,
  Section,
  SkeletonList,
} from "@/ui";
import { HealthQuery } from "../queries";
import styles from "./Admin.module.css";

const icons: Record<HealthStatus, IconName> = {
  OK: "check-circle",
  WARNING: "warning",
  FAILED: "warning",
};
const tones: Record<HealthStatus, BadgeTone> = {
  OK: "success",
  WARNING: "warning",
  FAILED: "danger",
};
const order: readonly HealthStatus[] = ["FAILED", "WARNING", "OK"];

/** How the server is, and what to do where it is not well. */
export function HealthSection() {
  const { t } = useTranslation("admin");
  const { formatNumber, formatBytes } = useFormat();
  const { stateOf } = useErrorText();
  const [{ data, error, fetching, stale }, refetch] = useQuery({ query: HealthQuery });
  const again = () => refetch({ requestPolicy: "network-only" });
  const health = data?.serverHealth;
  if (!health) {
    return error ? <ErrorState {...stateOf(error)} onRetry={again} /> : <SkeletonList count={6} />;
  }
  const checks = [...health.checks].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  );
  const figures = [
    [t("health.people"), formatNumber(health.peopleCount)],
    [t("health.communities"), formatNumber(health.communityCount)],
    [t("health.posts"), formatNumber(health.postCount)],
    [t("health.sockets"), formatNumber(health.openSockets)],
    [t("health.lag"), formatNumber(health.journalLag)],
    [t("health.database"), formatBytes(health.databaseBytes)],
    [t("health.media"), formatBytes(health.mediaBytes)],
    [t("health.version"), health.version],
  ] as const;
  return (
    <div className={styles.stack}>
      <Section
        title={t("health.checks")}
        actions={
          <Button size="s" icon="refresh" isPending={fetching || stale} onPress={again}>
            {t("health.again")}
          </Button>
        }
      >
        <ul className={styles.checks}>
          {checks.map(({ name, status, detail, remedy }) => (
            <li key={name} data-status={status}>
              <Icon name={icons[status]} />
              <div className={styles.checkText}>
                <h3>
                  {checkName(t, name)} <Badge tone={tones[status]}>{t(`health.${status}`)}</Badge>
                </h3>
                <p className={styles.meta} lang="en">
                  {detail}
                </p>
                {remedy && (
                  <p className={styles.remedy} lang="en">
                    {remedy}
                  </p>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <dl className={styles.figures}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.meta}>
        {t("health.started")} <RelativeTime value={health.startedAt} />
      </p>
    </div>
  );
}

/** The reader's word for a check; the server's own where we have none. */
function checkName(t: unknown, name: string): string {
  const translate = t as (key: string, options: { defaultValue: string }) => string;
  return translate(`health.check.${name.toLowerCase().replace(/\W+/g, "_")}`, {
    defaultValue: name,
  });
}
