import { useEffect, useRef } from "react";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Icon, SkeletonList } from "@/ui";
import { grouped, type Message, readersOf } from "../thread";
import type { MessageActions } from "../useMessageActions";
import type { useThread } from "../useThread";
import { MessageItem } from "./MessageItem";
import styles from "./Messages.module.css";

type Props = Pick<
  ReturnType<typeof useThread>,
  "thread" | "receipts" | "isLoadingOlder" | "loadOlder" | "retry" | "discard"
> & {
  myId: string;
  threadId: string | null;
  foundId: string | null;
  editingId: string | null;
  actions: MessageActions;
  onAnswer: (message: Message) => void;
  onThread: (threadId: string) => void;
  onEdit: (messageId: string | null) => void;
};

/** What was said. The box lays its content out from the bottom, so older parts never push it. */
export function MessageLog(props: Props) {
  const { thread, receipts, isLoadingOlder, loadOlder, retry, discard, myId, threadId, foundId } =
    props;
  const { editingId, actions, onAnswer, onThread, onEdit } = props;
  const { t } = useTranslation(["messages", "common"]);
  const { formatDate, formatList } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const older = useRef(loadOlder);
  useEffect(() => {
    older.current = loadOlder;
  });
  const { messages, outgoing, before } = thread;
  useEffect(() => {
    if (!before || !top.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void older.current(),
      { root: box.current, rootMargin: "400px 0px 0px" },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [before]);
  const outgoingCount = outgoing.length;
  useEffect(() => {
    if (outgoingCount > 0) box.current?.scrollTo({ top: 0 });
  }, [outgoingCount]);
  useEffect(() => {
    if (foundId) document.getElementById(foundId)?.scrollIntoView({ block: "center" });
  }, [foundId]);

  const lastOwn = messages.findLast(({ author, isDeleted }) => author.id === myId && !isDeleted);
  const readers = lastOwn ? readersOf(lastOwn, receipts) : [];

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div ref={box} className={styles.log} tabIndex={0} role="log" aria-label={t("log")}>
      <div className={styles.logInner}>
        <div ref={top} className={styles.logTop}>
          {isLoadingOlder ? (
            <SkeletonList count={1} />
          ) : before ? (
            <Button variant="quiet" size="s" onPress={() => void loadOlder()}>
              {t("older")}
            </Button>
          ) : (
            messages.length === 0 && outgoing.length === 0 && <p>{t("beginning")}</p>
          )}
        </div>
        {grouped(messages, (at) => formatDate(at, "date")).map(
          ({ message, isFirst, startsDay }) => (
            <div key={message.id}>
              {startsDay && <p className={styles.day}>{formatDate(message.sentAt, "date")}</p>}
              <MessageItem
                message={message}
                isMine={message.author.id === myId}
                isFirst={isFirst}
                isFound={message.id === foundId}
                isEditing={message.id === editingId}
                isInThread={threadId !== null}
                actions={actions}
                onAnswer={() => onAnswer(message)}
                onThread={onThread}
                onEdit={(isEditing) => onEdit(isEditing ? message.id : null)}
              />
              {message === lastOwn && readers.length > 0 && (
                <p className={styles.readBy}>
                  {t("readBy", { names: formatList(readers.map(({ name }) => name)) })}
                </p>
              )}
            </div>
          ),
        )}
        {outgoing.map(({ clientId, state, ...written }) => (
          <article
            key={clientId}
            className={styles.message}
            data-mine
            data-first
            data-state={state}
            aria-label={t(state)}
          >
            <div className={styles.bubble}>
              <p className={styles.plain}>
                {written.body || t("onlyFiles", { count: written.files.length })}
              </p>
            </div>
            <p className={styles.state}>
              {state === "sending" ? (
                t("sending")
              ) : (
                <>
                  <Icon name="warning" size={16} />
                  {t("failed")}
                  <Button size="s" variant="quiet" onPress={() => retry(clientId, written)}>
                    {t("common:action.retry")}
                  </Button>
                  <Button size="s" variant="quiet" onPress={() => discard(clientId)}>
                    {t("common:action.remove")}
                  </Button>
                </>
              )}
            </p>
          </article>
        ))}
      </div>
    </div>
  );
}
