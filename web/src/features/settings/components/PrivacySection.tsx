import { useSettings, useViewer } from "@/app/viewer";
import { LooksSection } from "@/features/dispatches";
import { useTranslation } from "@/i18n";
import { Section, Switch } from "@/ui";
import styles from "./Settings.module.css";

/** What others can tell about one right now. */
export function PrivacySection() {
  const { t } = useTranslation("settings");
  const { settings, change } = useSettings();
  const { allowsPresence, allowsTyping, allowsReceipts } = useViewer().organisation;
  const isComplete = allowsPresence && allowsTyping && allowsReceipts;
  return (
    <>
      <Section title={t("section.privacy")}>
        <p className={styles.lead}>{t("privacy.lead")}</p>
        {allowsPresence && (
          <Switch
            isSelected={settings.showPresence}
            hint={t("privacy.showPresenceHint")}
            onChange={(showPresence) => void change({ showPresence })}
          >
            {t("privacy.showPresence")}
          </Switch>
        )}
        {allowsTyping && (
          <Switch
            isSelected={settings.sendTyping}
            onChange={(sendTyping) => void change({ sendTyping })}
          >
            {t("privacy.sendTyping")}
          </Switch>
        )}
        {allowsReceipts && (
          <Switch
            isSelected={settings.sendReceipts}
            hint={t("privacy.sendReceiptsHint")}
            onChange={(sendReceipts) => void change({ sendReceipts })}
          >
            {t("privacy.sendReceipts")}
          </Switch>
        )}
        {!isComplete && <p className={styles.hint}>{t("privacy.houseOff")}</p>}
      </Section>
      <LooksSection />
    </>
  );
}
