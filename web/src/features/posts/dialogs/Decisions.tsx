import { useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type {
  PostCloseMutation as CloseData,
  PostDeleteMutation as DeleteData,
  IdeaSetStateMutation as IdeaData,
  IdeaState,
  ReplyDeleteMutation as ReplyDeleteData,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, ConfirmDialog, Dialog, Radio, RadioGroup, showToast, TextArea } from "@/ui";
import {
  IdeaSetStateMutation,
  PostCloseMutation,
  PostDeleteMutation,
  ReplyDeleteMutation,
} from "../mutations";
import styles from "./Dialogs.module.css";

const closed = (data: CloseData) => data.postClose;
const deleted = (data: DeleteData) => data.postDelete;
const replyDeleted = (data: ReplyDeleteData) => data.replyDelete;
const ideaSet = (data: IdeaData) => data.ideaSetState;

/** Longest reason the server takes. */
const maxReason = 300;

/** Ends a thread, with a reason everybody reads. */
export function CloseDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(PostCloseMutation, closed, { showsUserErrors: true });
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  async function submit() {
    const { payload, userErrors } = await run({ input: { postId, reason: reason.trim() } });
    setErrors(userErrors);
    if (payload) onClose();
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("close.title")}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void submit()}>
            {t("close.action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("close.text")}</p>
        <TextArea
          label={t("close.reason")}
          value={reason}
          onChange={setReason}
          limit={maxReason}
          rows={2}
          autoFocus
          error={errors[0] ? textOfUserError(errors[0]) : null}
        />
      </div>
    </Dialog>
  );
}

/** Deleting cannot be undone, so it is asked. */
export function DeletePostDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  const { t } = useTranslation(["posts", "common"]);
  const navigate = useNavigate();
  const isOnItsPage = useLocation({ select: ({ pathname }) => pathname === `/posts/${postId}` });
  const { run, isPending } = useAction(PostDeleteMutation, deleted);
  async function confirm() {
    const { payload } = await run({ input: { postId } });
    onClose();
    if (!payload) return;
    showToast(t("delete.done"));
    if (isOnItsPage) void navigate({ to: "/" });
  }
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => void confirm()}
      title={t("delete.title")}
      text={t("delete.text")}
      confirmLabel={t("common:action.delete")}
    />
  );
}

/** The same for a reply. */
export function DeleteReplyDialog({ replyId, onClose }: { replyId: string; onClose: () => void }) {
  const { t } = useTranslation(["posts", "common"]);
  const { run, isPending } = useAction(ReplyDeleteMutation, replyDeleted);
  async function confirm() {
    const { payload } = await run({ input: { replyId } });
    onClose();
    if (payload) showToast(t("delete.replyDone"));
  }
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => void confirm()}
      title={t("delete.replyTitle")}
      text={t("delete.replyText")}
      confirmLabel={t("common:action.delete")}
    />
  );
}

const states: readonly IdeaState[] = ["OPEN", "PLANNED", "DONE", "DECLINED"];

/** Says what becomes of an idea; declining needs a reason. */
export function IdeaStateDialog({
  postId,
  state: before,
  stateReason,
  onClose,
}: {
  postId: string;
  state: IdeaState;
  stateReason: string;
  onClose: () => void;
}) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(IdeaSetStateMutation, ideaSet, { showsUserErrors: true });
  const [state, setState] = useState(before);
  const [reason, setReason] = useState(stateReason);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  async function submit() {
    const { payload, userErrors } = await run({
      input: { postId, state, reason: reason.trim() },
    });
    setErrors(userErrors);
    if (payload) onClose();
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("idea.setState")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button variant="primary" isPending={isPending} onPress={() => void submit()}>
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <RadioGroup
          label={t("idea.setState")}
          hideLabel
          value={state}
          onChange={(value) => setState(states.find((each) => each === value) ?? before)}
        >
          {states.map((each) => (
            <Radio key={each} value={each} hint={t(`idea.hint.${each}`)}>
              {t(`idea.state.${each}`)}
            </Radio>
          ))}
        </RadioGroup>
        <TextArea
          label={t("idea.reason")}
          isOptional={state !== "DECLINED"}
          value={reason}
          onChange={setReason}
          limit={maxReason}
          rows={2}
          error={errors[0] ? textOfUserError(errors[0]) : null}
        />
      </div>
    </Dialog>
  );
}
