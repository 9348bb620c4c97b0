import type { ReactNode } from "react";
import { formatNumber } from "@/i18n/format";
import { useTranslation } from "@/i18n/texts";
import { cx } from "./classNames";
import styles from "./Display.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";

export type BadgeTone =
  | "neutral"
  | "accent"
  | "success"
  | "warning"
  | "danger"
  | "info"
  | "praise"
  | "idea";

/** A small mark with a word. */
export function Badge({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: BadgeTone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={cx(styles.badge, tone !== "neutral" && styles[tone])}>
      {icon && <Icon name={icon} size={13} />}
      {children}
    </span>
  );
}

/** An unread number; nothing at zero, "99+" above ninety-nine. `label` says it in words. */
export function CountBadge({
  count,
  label,
  className,
}: {
  count: number;
  label?: string;
  className?: string;
}) {
  useTranslation();
  if (count <= 0) return null;
  return (
    <span className={cx(styles.count, className)}>
      <span aria-hidden={label ? true : undefined}>{count > 99 ? "99+" : formatNumber(count)}</span>
      {label && <span className={styles.hidden}>{label}</span>}
    </span>
  );
}
