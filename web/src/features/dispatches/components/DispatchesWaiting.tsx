import { Link } from "@tanstack/react-router";
import { useViewer } from "@/app/viewer";
import { useTranslation } from "@/i18n";
import { Icon } from "@/ui";
import styles from "./Waiting.module.css";

/** On the home page: dispatches that wait to be read or confirmed. */
export function DispatchesWaiting() {
  const { t } = useTranslation("shell");
  const { unread } = useViewer();
  if (unread.dispatches === 0) return null;
  return (
    <Link to="/dispatches" className={styles.waiting}>
      <Icon name="megaphone" size={20} />
      <span>{t("dispatchesWaiting", { count: unread.dispatches })}</span>
      <Icon name="chevron-right" size={18} />
    </Link>
  );
}
