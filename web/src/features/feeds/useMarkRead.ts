import { useCallback } from "react";
import type { useFeed } from "@/features/posts";
import { useAction } from "@/graphql";
import type {
  FeedMarkReadMutation as MarkData,
  FeedMarkReadUndoMutation as UndoData,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { showToast } from "@/ui";
import { FeedMarkReadMutation, FeedMarkReadUndoMutation } from "./mutations";

const marked = (data: MarkData) => data.feedMarkRead;
const undone = (data: UndoData) => data.feedMarkReadUndo;

/** Marks everything as read, shown at once, with a way back. */
export function useMarkRead(store: ReturnType<typeof useFeed>["store"]) {
  const { t } = useTranslation(["feed", "common"]);
  const mark = useAction(FeedMarkReadMutation, marked);
  const undo = useAction(FeedMarkReadUndoMutation, undone);
  return useCallback(async () => {
    const { items, newSince } = store.get();
    const ids = items.filter((item) => item.isNew).map(({ id }) => id);
    const restore = () => store.dispatch({ type: "markedNew", ids, newSince });
    store.dispatch({ type: "markedRead" });
    const { payload } = await mark.run({ input: {} });
    if (!payload) {
      restore();
      return;
    }
    const { undoToken } = payload;
    showToast(t("markedRead"), {
      tone: "success",
      action: undoToken
        ? {
            label: t("common:action.undo"),
            onAction: () => {
              restore();
              void undo.run({ input: { undoToken } }).then(({ payload: done }) => {
                if (!done) store.dispatch({ type: "markedRead" });
              });
            },
          }
        : undefined,
    });
  }, [store, mark.run, undo.run, t]);
}
