import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "@/i18n";
import { TabLinks, tabLinkClass } from "@/ui";
import styles from "../Feeds.module.css";

/** The two personal feeds, with what one can do to the open one. */
export function FeedTabs({ children }: { children?: ReactNode }) {
  const { t } = useTranslation("feed");
  return (
    <div className={styles.bar}>
      <div className={styles.tabs}>
        <TabLinks label={t("tabs")}>
          <Link to="/" activeOptions={{ exact: true }} className={tabLinkClass}>
            {t("title")}
          </Link>
          <Link to="/following" className={tabLinkClass}>
            {t("following.title")}
          </Link>
        </TabLinks>
      </div>
      {children && <div className={styles.tools}>{children}</div>}
    </div>
  );
}
