import { useSettings } from "@/app/viewer";
import { DeliverySection } from "@/features/notifications";
import type { NotificationLevel } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Radio, RadioGroup, Section } from "@/ui";
import styles from "./Settings.module.css";

const levels = [
  "ALL",
  "ANNOUNCEMENTS",
  "MENTIONS",
  "NONE",
] as const satisfies readonly NotificationLevel[];

/** How much a new community tells one about. */
export function NotificationsSection() {
  const { t } = useTranslation(["settings", "common"]);
  const { settings, change } = useSettings();
  return (
    <>
      <DeliverySection />
      <Section title={t("notifications.communities")}>
        <p className={styles.lead}>{t("notifications.lead")}</p>
        <RadioGroup
          label={t("notifications.level")}
          value={settings.defaultNotificationLevel}
          onChange={(value) => {
            const level = levels.find((known) => known === value);
            if (level) void change({ defaultNotificationLevel: level });
          }}
        >
          {levels.map((level) => (
            <Radio key={level} value={level}>
              {t(`common:notificationLevel.${level}`)}
            </Radio>
          ))}
        </RadioGroup>
      </Section>
    </>
  );
}
