import { Link, useSearch } from "@tanstack/react-router";
import { Page } from "@/app/shell";
import { useViewer } from "@/app/viewer";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Button,
  buttonClass,
  Card,
  EmptyState,
  ErrorState,
  InfiniteList,
  SkeletonList,
  TabLinks,
  tabLinkClass,
} from "@/ui";
import { NotificationLine } from "../components/NotificationLine";
import styles from "../components/Notifications.module.css";
import { byDay } from "../describe";
import { NotificationParts, NotificationsQuery } from "../queries";
import { useMarkRead } from "../useMarkRead";

/** What happened that concerns one. */
export function NotificationsPage() {
  const { t } = useTranslation("notifications");
  const { stateOf } = useErrorText();
  const { formatDate } = useFormat();
  const { unread } = useViewer();
  const { filter } = useSearch({ from: "/app/notifications" });
  const unreadOnly = filter === "unread";
  const { mark, markAll, isPending } = useMarkRead();
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: NotificationsQuery,
    variables: { unreadOnly, first: 30 },
    connection: (data) => data.notifications,
  });
  const notifications = readFragment(NotificationParts, list?.nodes ?? []);
  const days = byDay(notifications, (at) => formatDate(at, "date"), Date.now());
  const groups = (["today", "earlier"] as const).filter((name) => days[name].length > 0);
  const tab = { activeOptions: { exact: true, includeSearch: true }, className: tabLinkClass };
  return (
    <Page
      title={t("title")}
      actions={
        unread.notifications > 0 && (
          <Button icon="check-all" isPending={isPending} onPress={() => void markAll()}>
            {t("markAll")}
          </Button>
        )
      }
    >
      <TabLinks label={t("title")}>
        <Link to="/notifications" search={{}} {...tab}>
          {t("all")}
        </Link>
        <Link to="/notifications" search={{ filter: "unread" }} {...tab}>
          {t("unreadOnly")}
        </Link>
      </TabLinks>
      {error && !list ? (
        <ErrorState {...stateOf(error)} onRetry={refresh} />
      ) : isLoading ? (
        <SkeletonList count={6} />
      ) : notifications.length === 0 ? (
        <EmptyState
          icon={unreadOnly ? "check-circle" : "bell"}
          title={t(unreadOnly ? "noneUnread" : "none")}
          text={t(unreadOnly ? "noneUnreadText" : "noneText")}
          actions={
            !unreadOnly && (
              <Link
                to="/settings/$section"
                params={{ section: "notifications" }}
                className={buttonClass({})}
              >
                {t("settings")}
              </Link>
            )
          }
        />
      ) : (
        groups.map((name) => (
          <section key={name} aria-label={t(name)}>
            <h2 className={styles.group}>{t(name)}</h2>
            <Card isFlush className={styles.list}>
              <InfiniteList
                label={t(name)}
                gap="none"
                hasMore={hasMore && name === groups[groups.length - 1]}
                isLoading={isLoadingMore && name === groups[groups.length - 1]}
                onLoadMore={loadMore}
                skeleton={<SkeletonList count={3} />}
              >
                {days[name].map((notification) => (
                  <li key={notification.id}>
                    <NotificationLine
                      notification={notification}
                      onMark={(id, read) => void mark(id, read)}
                    />
                  </li>
                ))}
              </InfiniteList>
            </Card>
          </section>
        ))
      )}
    </Page>
  );
}
