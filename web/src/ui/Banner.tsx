import type { ReactNode } from "react";
import { cx } from "./classNames";
import styles from "./Display.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";

export type BannerTone = "info" | "success" | "warning" | "danger";

const icons: Record<BannerTone, IconName> = {
  info: "info",
  success: "check-circle",
  warning: "warning",
  danger: "warning",
};

/** A message that stays where it belongs. `isLive` announces it when it appears. */
export function Banner({
  tone = "info",
  icon,
  action,
  isLive,
  children,
}: {
  tone?: BannerTone;
  icon?: IconName;
  action?: ReactNode;
  isLive?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      className={cx(styles.banner, styles[tone])}
      role={isLive ? (tone === "danger" ? "alert" : "status") : undefined}
    >
      <Icon name={icon ?? icons[tone]} size={18} />
      <div className={styles.bannerText}>{children}</div>
      {action}
    </div>
  );
}
