import { useState } from "react";
import type { ExchangePartsFragment } from "@/graphql/generated/graphql";
import { useFormat } from "@/i18n";
import { Button, Markdown, TextArea } from "@/ui";
import styles from "./Dispatches.module.css";

/** What was written between a recipient and the sender's side. */
export function ExchangeLog({ messages }: Pick<ExchangePartsFragment, "messages">) {
  const { formatDate } = useFormat();
  return (
    <ol className={styles.exchange}>
      {messages.map(({ id, author, bodyHtml, sentAt }) => (
        <li key={id}>
          <p className={styles.by}>
            <b>{author.name}</b>
            <time dateTime={sentAt}>{formatDate(sentAt, "dateTime")}</time>
          </p>
          <Markdown html={bodyHtml} isCompact />
        </li>
      ))}
    </ol>
  );
}

type WriteProps = {
  label: string;
  hint?: string;
  send: string;
  /** Whether it was taken; the field is emptied then. */
  onSend: (body: string) => Promise<boolean>;
};

/** A field and its button. */
export function WriteForm({ label, hint, send, onSend }: WriteProps) {
  const [text, setText] = useState("");
  const [isPending, setPending] = useState(false);
  const body = text.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!body || isPending) return;
        setPending(true);
        void onSend(body).then((isDone) => {
          setPending(false);
          if (isDone) setText("");
        });
      }}
    >
      <TextArea label={label} hint={hint} rows={3} value={text} onChange={setText} limit={20_000} />
      <div>
        <Button type="submit" isPending={isPending} isDisabled={!body}>
          {send}
        </Button>
      </div>
    </form>
  );
}
