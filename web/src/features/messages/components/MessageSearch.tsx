import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { EmptyState, ErrorState, IconButton, SkeletonList, TextField } from "@/ui";
import { MessageParts, MessageSearchQuery } from "../queries";
import styles from "./Messages.module.css";

type Props = { conversationId: string; onPick: (messageId: string) => void; onClose: () => void };

/** Finds messages of one conversation, the newest first. */
export function MessageSearch({ conversationId, onPick, onClose }: Props) {
  const { t } = useTranslation("messages");
  const { formatDate } = useFormat();
  const { stateOf } = useErrorText();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, error, fetching }] = useQuery({
    query: MessageSearchQuery,
    variables: { id: conversationId, query },
    pause: query === "",
    requestPolicy: "network-only",
  });
  const page = query ? data?.conversation?.search : undefined;
  const found = [...readFragment(MessageParts, page?.nodes ?? [])].reverse();
  return (
    <search className={styles.search}>
      <div className={styles.searchHead}>
        <TextField
          type="search"
          label={t("search")}
          hideLabel
          icon="search"
          placeholder={t("search")}
          value={text}
          onChange={setText}
          onKeyDown={(event) => event.key === "Escape" && onClose()}
          autoFocus
        />
        <IconButton icon="close" label={t("closeSearch")} onPress={onClose} />
      </div>
      {query === "" ? (
        <p className={styles.hint}>{t("searchHint")}</p>
      ) : error ? (
        <ErrorState {...stateOf(error)} isCompact />
      ) : fetching && !page ? (
        <SkeletonList count={3} />
      ) : found.length === 0 ? (
        <EmptyState icon="search" title={t("searchNone")} />
      ) : (
        <ul className={styles.hits} aria-label={t("search")}>
          {found.map((message) => (
            <li key={message.id}>
              <button type="button" className={styles.hit} onClick={() => onPick(message.id)}>
                <span className={styles.by}>
                  <b>{message.author.name}</b>
                  <time dateTime={message.sentAt}>{formatDate(message.sentAt, "dateTime")}</time>
                </span>
                <span className={styles.hitText}>{message.bodySource}</span>
              </button>
            </li>
          ))}
          {page?.pageInfo.hasPreviousPage && <li className={styles.hint}>{t("searchMore")}</li>}
        </ul>
      )}
    </search>
  );
}
