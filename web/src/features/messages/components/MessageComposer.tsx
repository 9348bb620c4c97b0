import { type FormEvent, type KeyboardEvent, useRef, useState } from "react";
import { type AttachedFile, AttachmentEditor, ScheduleField, useUploads } from "@/features/posts";
import { useFormat, useTranslation } from "@/i18n";
import { Icon, IconButton, showToast, TextArea } from "@/ui";
import type { Message, Written } from "../thread";
import { useDraft } from "../useDraft";
import styles from "./Messages.module.css";

type Props = {
  conversationId: string;
  /** What the server has of it, half written. */
  draft: string;
  /** The thread one is in. */
  threadId: string | null;
  /** The message one answers. */
  answered: Message | null;
  onCancelAnswer: () => void;
  onSend: (written: Written) => void;
  /** Whether it was taken. */
  onSchedule: (written: Written, sendAt: string) => Promise<boolean>;
  /** The arrow up in an empty field. */
  onEditLast: () => void;
};

export const maxCharacters = 20_000;

/** Where one writes. The text survives a reload and is there on other devices; Ctrl and Enter send it. */
export function MessageComposer(props: Props) {
  const { conversationId, draft, threadId, answered } = props;
  const { onCancelAnswer, onSend, onSchedule, onEditLast } = props;
  const { t } = useTranslation("messages");
  const { formatDate } = useFormat();
  const { text, change, clear } = useDraft(conversationId, draft);
  const [files, setFiles] = useState<readonly AttachedFile[]>([]);
  const [sendAt, setSendAt] = useState<string | null>(null);
  const uploads = useUploads({
    count: files.length,
    update: (next) => setFiles((list) => next(list)),
  });
  const chooser = useRef<HTMLInputElement>(null);
  const body = text.trim();
  const canSend =
    (body.length > 0 || files.length > 0) &&
    Array.from(body).length <= maxCharacters &&
    !uploads.isBusy;

  async function send() {
    if (!canSend) return;
    const written = { body, files, threadId: answered?.id ?? threadId };
    if (sendAt) {
      if (!(await onSchedule(written, sendAt))) return;
      showToast(t("scheduled", { when: formatDate(sendAt, "dateTime") }), { tone: "success" });
    } else {
      onSend(written);
    }
    clear();
    setFiles([]);
    setSendAt(null);
    onCancelAnswer();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      onEditLast();
    } else if (event.key === "Escape" && answered) {
      event.preventDefault();
      onCancelAnswer();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send();
      }}
      onPaste={(event) => {
        const pasted = [...event.clipboardData.files];
        if (pasted.length === 0) return;
        event.preventDefault();
        uploads.add(pasted);
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        uploads.add([...event.dataTransfer.files]);
      }}
    >
      {answered && (
        <p className={styles.answered}>
          <Icon name="reply" size={16} />
          <span>{t("answersTo", { name: answered.author.name })}</span>
          <IconButton icon="close" size="s" label={t("cancelAnswer")} onPress={onCancelAnswer} />
        </p>
      )}
      <AttachmentEditor
        attachments={files}
        uploads={uploads}
        onRemove={(id) => setFiles((list) => list.filter((file) => file.id !== id))}
      />
      <div className={styles.writing}>
        <input
          ref={chooser}
          type="file"
          multiple
          hidden
          accept="image/*,video/mp4,application/pdf"
          onChange={(event) => {
            uploads.add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <IconButton icon="paperclip" label={t("attach")} onPress={() => chooser.current?.click()} />
        <TextArea
          label={t("write")}
          hideLabel
          rows={1}
          placeholder={t("write")}
          value={text}
          onChange={change}
          onKeyDown={onKeyDown}
          limit={maxCharacters}
          className={styles.field}
        />
        <ScheduleField value={sendAt} onChange={setSendAt} />
        <IconButton
          icon="send"
          variant="primary"
          label={sendAt ? t("schedule") : t("send")}
          shortcut="Ctrl+Enter"
          isDisabled={!canSend}
          onPress={() => void send()}
        />
      </div>
    </form>
  );
}
