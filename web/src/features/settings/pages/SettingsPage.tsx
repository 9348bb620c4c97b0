import { Link, useParams } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { TabLinks, tabLinkClass } from "@/ui";
import { AbsenceSection } from "../components/AbsenceSection";
import { AppearanceSection } from "../components/AppearanceSection";
import { NotificationsSection } from "../components/NotificationsSection";
import { PrivacySection } from "../components/PrivacySection";
import { ProfileSection } from "../components/ProfileSection";
import { SecuritySection } from "../components/SecuritySection";
import styles from "../components/Settings.module.css";
import { TokensSection } from "../components/TokensSection";
import { isSettingsSection, type SettingsSection, settingsSections } from "../sections";

const parts: Record<SettingsSection, ComponentType> = {
  profile: ProfileSection,
  absence: AbsenceSection,
  appearance: AppearanceSection,
  notifications: NotificationsSection,
  privacy: PrivacySection,
  security: SecuritySection,
  tokens: TokensSection,
};

/** Everything one decides for oneself, a part per address. */
export function SettingsPage() {
  const { t } = useTranslation("settings");
  const { section } = useParams({ from: "/app/settings/$section" });
  if (!isSettingsSection(section)) return null;
  const Part = parts[section];
  return (
    <Page title={t("title")} width="feed">
      <TabLinks label={t("nav")}>
        {settingsSections.map((name) => (
          <Link
            key={name}
            to="/settings/$section"
            params={{ section: name }}
            className={tabLinkClass}
          >
            {t(`section.${name}`)}
          </Link>
        ))}
      </TabLinks>
      <div className={styles.part}>
        <Part />
      </div>
    </Page>
  );
}
