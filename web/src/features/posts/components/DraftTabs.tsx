import { Link } from "@tanstack/react-router";
import { useTranslation } from "@/i18n";
import { TabLinks, tabLinkClass } from "@/ui";
import styles from "../pages/PostPage.module.css";

/** What one has written and nobody has seen yet: drafts and scheduled posts. */
export function DraftTabs() {
  const { t } = useTranslation("posts");
  return (
    <div className={styles.tabs}>
      <TabLinks label={t("drafts.tabs")}>
        <Link to="/drafts" className={tabLinkClass}>
          {t("drafts.title")}
        </Link>
        <Link to="/scheduled" className={tabLinkClass}>
          {t("scheduled.title")}
        </Link>
      </TabLinks>
    </div>
  );
}
