import { useMemo, useState, useSyncExternalStore } from "react";
import { shortcuts } from "@/app/shortcuts";
import { type Theme, theme } from "@/app/theme";
import { useSettings } from "@/app/viewer";
import { useTimeZone } from "@/app/viewer/useTimeZone";
import type { FeedOrder } from "@/graphql/generated/graphql";
import { currentLocale, type Locale, locales, useTranslation } from "@/i18n";
import { Combobox, Radio, RadioGroup, Section, Select, Switch } from "@/ui";
import styles from "./Settings.module.css";

const themes = ["SYSTEM", "LIGHT", "DARK"] as const satisfies readonly Theme[];
const orders = ["LATEST", "RANKED"] as const satisfies readonly FeedOrder[];

/** Language, light, time zone, order of the feed, keys. */
export function AppearanceSection() {
  const { t } = useTranslation(["settings", "shell"]);
  const { settings, change } = useSettings();
  const timeZone = useTimeZone();
  const chosen = useSyncExternalStore(theme.subscribe, theme.get);
  const areOn = useSyncExternalStore(shortcuts.subscribe, shortcuts.areSingleKeysOn);
  return (
    <Section title={t("section.appearance")}>
      <p className={styles.lead}>{t("appearance.lead")}</p>
      <div className={styles.form}>
        <RadioGroup
          label={t("appearance.language")}
          asCards
          value={currentLocale()}
          onChange={(value) => void change({ locale: value as Locale })}
        >
          {locales.map((locale) => (
            <Radio key={locale} value={locale}>
              {t(`shell:locale.${locale}`)}
            </Radio>
          ))}
        </RadioGroup>
        <RadioGroup
          label={t("appearance.theme")}
          asCards
          value={chosen}
          onChange={(value) => void change({ theme: value as Theme })}
        >
          {themes.map((each) => (
            <Radio key={each} value={each}>
              {t(`shell:theme.${each}`)}
            </Radio>
          ))}
        </RadioGroup>
        <TimeZone value={timeZone} onChange={(chosen) => void change({ timeZone: chosen })} />
        <Select<FeedOrder>
          label={t("appearance.feedOrder")}
          value={settings.feedOrder}
          onChange={(feedOrder) => void change({ feedOrder })}
          options={orders.map((order) => ({
            value: order,
            label: t(`appearance.feedOrder_${order}`),
          }))}
        />
        <Switch
          isSelected={areOn}
          hint={t("appearance.shortcutsHint")}
          onChange={(on) => shortcuts.setSingleKeys(on)}
        >
          {t("appearance.shortcuts")}
        </Switch>
      </div>
    </Section>
  );
}

function TimeZone({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const { t } = useTranslation("settings");
  const [text, setText] = useState(value);
  const zones = useMemo(
    () => ["UTC", ...Intl.supportedValuesOf("timeZone")].map((id) => ({ id })),
    [],
  );
  const wanted = text.toLowerCase().replace(/\s+/g, "_");
  const items =
    text === value ? zones : zones.filter(({ id }) => id.toLowerCase().includes(wanted));
  return (
    <Combobox
      label={t("appearance.timeZone")}
      icon="globe"
      inputValue={text}
      onInputChange={setText}
      items={items.slice(0, 60)}
      textOf={({ id }) => id}
      onSelect={({ id }) => {
        setText(id);
        onChange(id);
      }}
    />
  );
}
