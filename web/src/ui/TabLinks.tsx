import { type ReactNode, useEffect, useRef } from "react";
import styles from "./Tabs.module.css";

/** Class of a router link that looks like a tab; the router sets aria-current on the open one. */
export const tabLinkClass = styles.tab ?? "";

/** Navigation that looks like tabs; children are router links with `tabLinkClass`. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // On a narrow screen the open one may stand outside the visible part.
    const list = nav.current;
    const open = list?.querySelector<HTMLElement>('[aria-current="page"]');
    if (list && open) list.scrollLeft = open.offsetLeft - (list.clientWidth - open.clientWidth) / 2;
  });
  return (
    <nav ref={nav} aria-label={label} className={styles.list}>
      {children}
    </nav>
  );
}
