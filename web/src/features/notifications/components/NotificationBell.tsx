import { lazy, Suspense } from "react";
import { useViewer } from "@/app/viewer";
import { useTranslation } from "@/i18n";
import { IconButton, Popover, SkeletonList } from "@/ui";

const Newest = lazy(() => import("./Newest").then((module) => ({ default: module.Newest })));

/** The newest notifications at a glance, from any page. What it shows comes when it is opened. */
export function NotificationBell() {
  const { t } = useTranslation("notifications");
  const { unread } = useViewer();
  const label =
    unread.notifications > 0 ? t("bellUnread", { count: unread.notifications }) : t("bell");
  return (
    <Popover
      label={t("title")}
      placement="top start"
      isFlush
      trigger={<IconButton icon="bell" label={label} />}
    >
      {(close) => (
        <Suspense fallback={<SkeletonList count={3} />}>
          <Newest onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}
