import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { Attachments, Reactions } from "@/features/posts";
import { useFormat, useTranslation } from "@/i18n";
import {
  Avatar,
  Button,
  ConfirmDialog,
  cx,
  Icon,
  IconButton,
  Markdown,
  Menu,
  MenuItem,
  MenuSeparator,
  showToast,
  TextArea,
} from "@/ui";
import type { Message } from "../thread";
import type { MessageActions } from "../useMessageActions";
import { maxCharacters } from "./MessageComposer";
import styles from "./Messages.module.css";

const MessageHistory = lazy(() =>
  import("./MessageHistory").then((module) => ({ default: module.MessageHistory })),
);

export type MessageItemProps = {
  message: Message;
  isMine: boolean;
  /** The name stands above it. */
  isFirst: boolean;
  isFound: boolean;
  isEditing: boolean;
  /** Whether it stands in the thread one looks at. */
  isInThread: boolean;
  actions: MessageActions;
  onAnswer: () => void;
  onThread: (threadId: string) => void;
  onEdit: (isEditing: boolean) => void;
};

/** One message, with what one can do with it. */
export function MessageItem(props: MessageItemProps) {
  const { message, isMine, isFirst, isFound, isEditing, isInThread, actions } = props;
  const { onAnswer, onThread, onEdit } = props;
  const { t } = useTranslation(["messages", "common"]);
  const { formatDate } = useFormat();
  const { author, thread, isDeleted, editedAt, answerCount, reactions } = message;
  return (
    <article
      id={message.id}
      className={cx(styles.message, isFound && styles.found)}
      data-mine={isMine || undefined}
      data-first={isFirst || undefined}
      aria-label={t("messageBy", {
        name: author.name,
        when: formatDate(message.sentAt, "dateTime"),
      })}
    >
      {isFirst && !isMine && (
        <Avatar
          name={author.name}
          color={author.avatarColor}
          url={author.avatarUrl}
          size="s"
          className={styles.face}
        />
      )}
      <div className={styles.bubble}>
        {isFirst && (
          <p className={styles.by}>
            {!isMine && <b>{author.name}</b>}
            <time dateTime={message.sentAt}>{formatDate(message.sentAt, "time")}</time>
          </p>
        )}
        {thread && !isInThread && (
          <button type="button" className={styles.quoted} onClick={() => onThread(thread.id)}>
            <Icon name="reply" size={14} />
            <b>{thread.author.name}</b>
            <span>{thread.isDeleted ? t("deleted") : thread.excerpt}</span>
          </button>
        )}
        {isDeleted ? (
          <p className={styles.deleted}>{t("deleted")}</p>
        ) : isEditing ? (
          <EditForm message={message} onSave={actions.edit} onClose={() => onEdit(false)} />
        ) : (
          <>
            {message.bodyHtml && <Markdown html={message.bodyHtml} isCompact />}
            <Attachments attachments={message.attachments} />
          </>
        )}
        {editedAt && !isDeleted && (
          <p className={styles.editedAt} title={formatDate(editedAt, "dateTime")}>
            {t("edited")}
          </p>
        )}
      </div>
      {!isDeleted && (
        <div className={styles.tools}>
          <Reactions
            reactions={reactions}
            canReact
            isSmall
            onReact={(emoji, reacted) => void actions.react(message.id, emoji, reacted)}
          />
          <IconButton icon="reply" size="s" label={t("answer")} onPress={onAnswer} />
          <MessageMenu message={message} isMine={isMine} actions={actions} onEdit={onEdit} />
        </div>
      )}
      {answerCount > 0 && !isInThread && (
        <button type="button" className={styles.answers} onClick={() => onThread(message.id)}>
          {t("answers", { count: answerCount })}
        </button>
      )}
    </article>
  );
}

type MenuProps = Pick<MessageItemProps, "message" | "isMine" | "actions" | "onEdit">;

function MessageMenu({ message, isMine, actions, onEdit }: MenuProps) {
  const { t } = useTranslation(["messages", "common"]);
  const [open, setOpen] = useState<"delete" | "history" | null>(null);
  const close = () => setOpen(null);
  async function copy() {
    await navigator.clipboard.writeText(message.bodySource);
    showToast(t("copied"), { tone: "success" });
  }
  return (
    <>
      <Menu label={t("more")} trigger={<IconButton icon="more" size="s" label={t("more")} />}>
        <MenuItem icon="copy" onAction={() => void copy()}>
          {t("copyText")}
        </MenuItem>
        {message.editedAt && (
          <MenuItem icon="history" onAction={() => setOpen("history")}>
            {t("history")}
          </MenuItem>
        )}
        {isMine && (
          <>
            <MenuSeparator />
            <MenuItem icon="edit" onAction={() => onEdit(true)}>
              {t("edit")}
            </MenuItem>
            <MenuItem icon="trash" isDanger onAction={() => setOpen("delete")}>
              {t("delete")}
            </MenuItem>
          </>
        )}
      </Menu>
      <ConfirmDialog
        isOpen={open === "delete"}
        title={t("deleteTitle")}
        text={t("deleteText")}
        confirmLabel={t("delete")}
        isDanger
        onClose={close}
        onConfirm={() => {
          close();
          void actions.remove(message.id);
        }}
      />
      {open === "history" && (
        <Suspense>
          <MessageHistory messageId={message.id} onClose={close} />
        </Suspense>
      )}
    </>
  );
}

type EditFormProps = {
  message: Message;
  onSave: MessageActions["edit"];
  onClose: () => void;
};

function EditForm({ message, onSave, onClose }: EditFormProps) {
  const { t } = useTranslation(["messages", "common"]);
  const [text, setText] = useState(message.bodySource);
  const [isSaving, setSaving] = useState(false);
  const body = text.trim();
  const canSave = (body.length > 0 || message.attachments.length > 0) && !isSaving;

  async function save() {
    if (!canSave) return;
    setSaving(true);
    const isDone = body === message.bodySource || (await onSave(message.id, body));
    setSaving(false);
    if (isDone) onClose();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") onClose();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  }

  return (
    <form
      className={styles.editForm}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        label={t("editing")}
        hideLabel
        value={text}
        onChange={setText}
        onKeyDown={onKeyDown}
        limit={maxCharacters}
        rows={2}
        autoFocus
      />
      <div className={styles.editRow}>
        <Button size="s" variant="quiet" onPress={onClose}>
          {t("common:action.cancel")}
        </Button>
        <Button size="s" variant="primary" type="submit" isPending={isSaving} isDisabled={!canSave}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
