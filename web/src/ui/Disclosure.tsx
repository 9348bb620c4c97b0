import type { ReactNode } from "react";
import styles from "./Disclosure.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";

export type DisclosureProps = {
  title: ReactNode;
  icon?: IconName;
  children: ReactNode;
};

/** Something one opens when it is wanted. */
export function Disclosure({ title, icon, children }: DisclosureProps) {
  return (
    <details className={styles.disclosure}>
      <summary className={styles.summary}>
        {icon && <Icon name={icon} size={18} />}
        <span>{title}</span>
        <Icon name="chevron-down" size={16} className={styles.turn} />
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
