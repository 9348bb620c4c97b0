import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useViewer } from "@/app/viewer";
import { useErrorText } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Avatar,
  Button,
  buttonClass,
  EmptyState,
  ErrorState,
  Icon,
  Markdown,
  SkeletonList,
} from "@/ui";
import { grouped } from "../thread";
import { useThread } from "../useThread";
import { Faces } from "./Faces";
import { MessageComposer } from "./MessageComposer";
import styles from "./Messages.module.css";

/** One conversation: everything said, and the place to answer. */
export function ConversationPane({ id }: { id: string }) {
  const { t } = useTranslation(["messages", "common"]);
  const { stateOf } = useErrorText();
  const { person } = useViewer();
  const { thread, conversation, error, load, loadOlder, isLoadingOlder, write, retry, discard } =
    useThread(id);

  if (!conversation) {
    return error ? (
      <ErrorState {...stateOf(error)} onRetry={() => void load()} />
    ) : conversation === null ? (
      <EmptyState
        icon="message"
        title={t("unknown")}
        text={t("unknownText")}
        actions={
          <Link to="/messages" className={buttonClass({ variant: "primary" })}>
            {t("toList")}
          </Link>
        }
      />
    ) : (
      <SkeletonList count={5} />
    );
  }
  const { members, title } = conversation;
  const others = members.filter((member) => member.id !== person.id);
  const [only] = others;
  return (
    <section aria-label={title} className={styles.pane}>
      <header className={styles.paneHead}>
        <Link to="/messages" className={styles.back} aria-label={t("toList")}>
          <Icon name="arrow-left" />
        </Link>
        <Faces members={members} myId={person.id} />
        <div className={styles.paneTitle}>
          <h2>
            {others.length === 1 && only ? (
              <Link to="/people/$handle" params={{ handle: only.handle }}>
                {title}
              </Link>
            ) : (
              title
            )}
          </h2>
          {members.length > 2 && <p>{t("people", { count: members.length })}</p>}
        </div>
      </header>
      <Log
        thread={thread}
        myId={person.id}
        isLoadingOlder={isLoadingOlder}
        onOlder={() => void loadOlder()}
        onRetry={retry}
        onDiscard={discard}
      />
      <MessageComposer key={id} conversationId={id} onSend={write} />
    </section>
  );
}

type LogProps = Pick<ReturnType<typeof useThread>, "thread" | "isLoadingOlder"> & {
  myId: string;
  onOlder: () => void;
  onRetry: (clientId: string, body: string) => void;
  onDiscard: (clientId: string) => void;
};

/** What was said. The box lays its content out from the bottom, so older parts never push it. */
function Log({ thread, myId, isLoadingOlder, onOlder, onRetry, onDiscard }: LogProps) {
  const { t } = useTranslation(["messages", "common"]);
  const { formatDate } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const older = useRef(onOlder);
  useEffect(() => {
    older.current = onOlder;
  });
  const { messages, outgoing, before } = thread;
  useEffect(() => {
    if (!before || !top.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && older.current(),
      { root: box.current, rootMargin: "400px 0px 0px" },
    );
    observer.observe(top.current);
    return () => observer.disconnect();
  }, [before]);
  const outgoingCount = outgoing.length;
  useEffect(() => {
    if (outgoingCount > 0) box.current?.scrollTo({ top: 0 });
  }, [outgoingCount]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <div ref={box} className={styles.log} tabIndex={0} role="log" aria-label={t("log")}>
      <div className={styles.logInner}>
        <div ref={top} className={styles.logTop}>
          {isLoadingOlder ? (
            <SkeletonList count={1} />
          ) : before ? (
            <Button variant="quiet" size="s" onPress={onOlder}>
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
              <article
                className={styles.message}
                data-mine={message.author.id === myId || undefined}
                data-first={isFirst || undefined}
                aria-label={t("messageBy", {
                  name: message.author.name,
                  when: formatDate(message.sentAt, "dateTime"),
                })}
              >
                {isFirst && message.author.id !== myId && (
                  <Avatar
                    name={message.author.name}
                    color={message.author.avatarColor}
                    url={message.author.avatarUrl}
                    size="s"
                    className={styles.face}
                  />
                )}
                <div className={styles.bubble}>
                  {isFirst && (
                    <p className={styles.by}>
                      {message.author.id !== myId && <b>{message.author.name}</b>}
                      <time dateTime={message.sentAt}>{formatDate(message.sentAt, "time")}</time>
                    </p>
                  )}
                  <Markdown html={message.bodyHtml} isCompact />
                </div>
              </article>
            </div>
          ),
        )}
        {outgoing.map(({ clientId, body, state }) => (
          <article
            key={clientId}
            className={styles.message}
            data-mine
            data-first
            data-state={state}
            aria-label={t(state)}
          >
            <div className={styles.bubble}>
              <p className={styles.plain}>{body}</p>
            </div>
            <p className={styles.state}>
              {state === "sending" ? (
                t("sending")
              ) : (
                <>
                  <Icon name="warning" size={16} />
                  {t("failed")}
                  <Button size="s" variant="quiet" onPress={() => onRetry(clientId, body)}>
                    {t("common:action.retry")}
                  </Button>
                  <Button size="s" variant="quiet" onPress={() => onDiscard(clientId)}>
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
