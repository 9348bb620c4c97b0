import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useTranslation } from "@/i18n";
import { IconButton, TextArea } from "@/ui";
import { keepText, keptText } from "../keptText";
import styles from "./Messages.module.css";

type Props = { conversationId: string; onSend: (body: string) => void };

const maxCharacters = 20_000;

/** Where one writes. The text survives a reload; Ctrl and Enter send it. */
export function MessageComposer({ conversationId, onSend }: Props) {
  const { t } = useTranslation("messages");
  const [text, setText] = useState(() => keptText(conversationId));
  const body = text.trim();
  const canSend = body.length > 0 && Array.from(body).length <= maxCharacters;

  function change(next: string) {
    setText(next);
    keepText(conversationId, next);
  }

  function send() {
    if (!canSend) return;
    onSend(body);
    change("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
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
      <IconButton
        icon="send"
        variant="primary"
        label={t("send")}
        shortcut="Ctrl+Enter"
        isDisabled={!canSend}
        onPress={send}
      />
    </form>
  );
}
