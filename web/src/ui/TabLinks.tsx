import type { ReactNode } from "react";
import styles from "./Tabs.module.css";

/** Class of a router link that looks like a tab; the router sets aria-current on the open one. */
export const tabLinkClass = styles.tab ?? "";

/** Navigation that looks like tabs; children are router links with `tabLinkClass`. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={styles.list}>
      {children}
    </nav>
  );
}
