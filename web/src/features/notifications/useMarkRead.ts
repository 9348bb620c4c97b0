import { useAction } from "@/graphql";
import { useTranslation } from "@/i18n";
import { showToast } from "@/ui";
import { NotificationsMarkReadMutation } from "./queries";

/** Marks as read, and takes it back. */
export function useMarkRead() {
  const { t } = useTranslation(["notifications", "common"]);
  const { run, isPending } = useAction(
    NotificationsMarkReadMutation,
    (answer) => answer.notificationsMarkRead,
  );

  /** One, silently: somebody opened it, or pressed its button. */
  async function mark(id: string, read: boolean) {
    await run({ input: { notificationIds: [id], read } });
  }

  async function markAll() {
    const { payload } = await run({ input: { notificationIds: null, read: true } });
    if (!payload) return;
    const { changedIds } = payload;
    showToast(t("allRead", { count: changedIds.length }), {
      action: changedIds.length
        ? {
            label: t("common:action.undo"),
            onAction: () => void run({ input: { notificationIds: changedIds, read: false } }),
          }
        : undefined,
    });
  }

  return { mark, markAll, isPending };
}
