import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { Logo } from "@/app/shell";
import { theme } from "@/app/theme";
import { currentLocale, locales, switchLocale, useTranslation } from "@/i18n";
import { cx, Icon, IconButton, ToastRegion } from "@/ui";
import styles from "./AuthFrame.module.css";

/** The quiet frame before one is signed in: arches, one card, language and light. */
export function AuthFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation(["shell", "auth"]);
  const chosen = useSyncExternalStore(theme.subscribe, theme.get);
  useEffect(() => {
    document.title = `${title} · Loggia`;
  }, [title]);
  const isDark =
    chosen === "DARK" ||
    (chosen === "SYSTEM" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <div className={styles.frame}>
      <Arcade />
      <header className={styles.head}>
        <span className={styles.brand}>
          <Logo size={32} />
          Loggia
        </span>
        <fieldset className={styles.languages} aria-label={t("menu.language")}>
          {locales.map((locale) => (
            <button
              key={locale}
              type="button"
              lang={locale}
              aria-pressed={locale === currentLocale()}
              className={styles.language}
              onClick={() => void switchLocale(locale)}
            >
              {t(`locale.${locale}`)}
            </button>
          ))}
        </fieldset>
        <IconButton
          icon={isDark ? "sun" : "moon"}
          label={t(isDark ? "theme.LIGHT" : "theme.DARK")}
          onPress={() => theme.set(isDark ? "LIGHT" : "DARK")}
        />
      </header>
      <main className={styles.main}>{children}</main>
      <footer className={styles.foot}>
        <Icon name="lock" size={16} />
        {t("auth:setup.promise")}
      </footer>
      <ToastRegion />
    </div>
  );
}

type AuthCardProps = {
  title: string;
  lead: string;
  step?: string;
  isWide?: boolean;
  children: ReactNode;
};

/** The one card on it. */
export function AuthCard({ title, lead, step, isWide, children }: AuthCardProps) {
  return (
    <div className={cx(styles.card, isWide && styles.wide)}>
      {step && <p className={styles.step}>{step}</p>}
      <h1>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      {children}
    </div>
  );
}

/** A row of arches at the foot of the page. Decoration only. */
function Arcade() {
  const arches = Array.from({ length: 9 }, (_, index) => index * 160);
  const row = (inset: number, top: number) => {
    const radius = 80 - inset;
    return arches
      .map((x) => `M${x + inset} 260V${top}a${radius} ${radius} 0 0 1 ${radius * 2} 0V260z`)
      .join("");
  };
  return (
    <svg
      className={styles.arcade}
      viewBox="0 0 1440 260"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
    >
      <path className={styles.near} d={row(6, 128)} />
      <path className={styles.far} d={row(22, 132)} />
    </svg>
  );
}
