import { Link } from "@tanstack/react-router";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { buttonClass, EmptyState, ErrorState, IconButton, SkeletonList } from "@/ui";
import { NotificationParts, NotificationsQuery } from "../queries";
import { useMarkRead } from "../useMarkRead";
import { NotificationLine } from "./NotificationLine";
import styles from "./Notifications.module.css";

/** The content of the bell's small window. */
export function Newest({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("notifications");
  const { stateOf } = useErrorText();
  const { mark, markAll } = useMarkRead();
  const [{ data, error }, refetch] = useQuery({
    query: NotificationsQuery,
    variables: { unreadOnly: false, first: 8, after: null },
  });
  const list = readFragment(NotificationParts, data?.notifications.nodes ?? []).slice(0, 8);
  const hasUnread = (data?.notifications.unreadCount ?? 0) > 0;
  return (
    <div className={styles.popover}>
      <div className={styles.popoverHead}>
        <h2>{t("title")}</h2>
        {hasUnread && (
          <IconButton
            icon="check-all"
            size="s"
            label={t("markAll")}
            onPress={() => void markAll()}
          />
        )}
      </div>
      <div className={styles.popoverList}>
        {error && !data ? (
          <ErrorState
            {...stateOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
            isCompact
          />
        ) : !data ? (
          <SkeletonList count={4} />
        ) : list.length === 0 ? (
          <EmptyState icon="bell" title={t("none")} isCompact />
        ) : (
          <ul aria-label={t("title")}>
            {list.map((notification) => (
              <li key={notification.id}>
                <NotificationLine
                  notification={notification}
                  onMark={(id, read) => void mark(id, read)}
                  onFollow={onClose}
                  isCompact
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className={styles.popoverFoot}>
        <Link
          to="/notifications"
          className={buttonClass({ variant: "quiet", size: "s" })}
          onClick={onClose}
        >
          {t("showAll")}
        </Link>
      </div>
    </div>
  );
}
