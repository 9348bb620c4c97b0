import { useCallback } from "react";
import { composeStore } from "@/app/shell";
import { useAction } from "@/graphql";
import type {
  DraftDeleteMutation as DeleteData,
  DraftSaveMutation as SaveData,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { showToast } from "@/ui";
import { DraftDeleteMutation, DraftSaveMutation } from "../mutations";
import { type DraftContent, newDraftId, toSaveInput } from "./draft";

const deleted = (data: DeleteData) => data.draftDelete;
const saved = (data: SaveData) => data.draftSave;

/** Throws a draft away, with a way back as long as the toast stands. */
export function useDiscard() {
  const { t } = useTranslation(["posts", "common"]);
  const remove = useAction(DraftDeleteMutation, deleted);
  const save = useAction(DraftSaveMutation, saved);
  return useCallback(
    async (id: string, isOnServer: boolean, content: DraftContent, reopens: boolean) => {
      if (isOnServer) {
        const { payload } = await remove.run({ input: { draftId: id } });
        if (!payload) return;
      }
      showToast(t("draft.discarded"), {
        action: {
          label: t("common:action.undo"),
          onAction: () => {
            // A new id: the old one may be remembered as thrown away elsewhere.
            const draftId = newDraftId();
            void save.run({ input: toSaveInput(draftId, 0, content) }).then(({ payload }) => {
              if (payload && reopens) composeStore.open({ draftId });
            });
          },
        },
      });
    },
    [remove.run, save.run, t],
  );
}
