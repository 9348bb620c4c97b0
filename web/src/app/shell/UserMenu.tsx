import { useSyncExternalStore } from "react";
import { theme } from "@/app/theme";
import { currentLocale, type Locale, locales, useTranslation } from "@/i18n";
import { Avatar, Button, Menu, MenuChoice, MenuItem, MenuSeparator, VisuallyHidden } from "@/ui";
import { session } from "../session";
import { useSettings, useViewer } from "../viewer";
import styles from "./AppShell.module.css";

/** Everything about oneself: profile, settings, look, language, leaving. */
export function UserMenu({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation("shell");
  const { person, viewerCan } = useViewer();
  const { change } = useSettings();
  const chosen = useSyncExternalStore(theme.subscribe, theme.get);
  return (
    <Menu
      label={t("menu.label", { name: person.name })}
      placement="top start"
      trigger={
        <Button variant="quiet" className={styles.me}>
          <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="s" />
          <span className={styles.meName} aria-hidden="true">
            {person.name}
          </span>
          <VisuallyHidden>{t("menu.label", { name: person.name })}</VisuallyHidden>
        </Button>
      }
    >
      <MenuItem icon="person" href={`/people/${person.handle}`}>
        {t("menu.profile")}
      </MenuItem>
      <MenuItem icon="people" href="/people">
        {t("nav.people")}
      </MenuItem>
      <MenuItem icon="settings" href="/settings">
        {t("nav.settings")}
      </MenuItem>
      {viewerCan.administerNetwork && (
        <MenuItem icon="shield" href="/admin">
          {t("nav.admin")}
        </MenuItem>
      )}
      <MenuItem icon="keyboard" onAction={onShowShortcuts}>
        {t("menu.shortcuts")}
      </MenuItem>
      <MenuSeparator />
      <MenuChoice
        title={t("menu.theme")}
        value={chosen}
        onChange={(next) => void change({ theme: next })}
        options={[
          { value: "SYSTEM", label: t("theme.SYSTEM"), icon: "monitor" },
          { value: "LIGHT", label: t("theme.LIGHT"), icon: "sun" },
          { value: "DARK", label: t("theme.DARK"), icon: "moon" },
        ]}
      />
      <MenuChoice<Locale>
        title={t("menu.language")}
        value={currentLocale()}
        onChange={(locale) => void change({ locale })}
        options={locales.map((locale) => ({
          value: locale,
          label: t(`locale.${locale}`),
          icon: "globe",
        }))}
      />
      <MenuSeparator />
      <MenuItem icon="logout" onAction={() => void session.logout()}>
        {t("menu.signOut")}
      </MenuItem>
    </Menu>
  );
}
