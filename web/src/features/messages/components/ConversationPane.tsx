import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useViewer } from "@/app/viewer";
import { TypingLine } from "@/features/posts";
import { useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import {
  Button,
  buttonClass,
  EmptyState,
  ErrorState,
  Icon,
  IconButton,
  Menu,
  MenuItem,
  SkeletonList,
} from "@/ui";
import type { Message } from "../thread";
import { useMessageActions } from "../useMessageActions";
import { useThread } from "../useThread";
import { Faces } from "./Faces";
import { MessageComposer } from "./MessageComposer";
import { MessageLog } from "./MessageLog";
import { MessageSearch } from "./MessageSearch";
import styles from "./Messages.module.css";
import { Waiting } from "./Waiting";

/** One conversation: everything said, and the place to answer. */
export function ConversationPane({ id }: { id: string }) {
  const [threadId, setThreadId] = useState<string | null>(null);
  // Another thread is another list of messages.
  return <Pane key={threadId} id={id} threadId={threadId} onThread={setThreadId} />;
}

type PaneProps = {
  id: string;
  threadId: string | null;
  onThread: (threadId: string | null) => void;
};

function Pane({ id, threadId, onThread }: PaneProps) {
  const { t } = useTranslation(["messages", "common"]);
  const { stateOf } = useErrorText();
  const { person } = useViewer();
  const open = useThread(id, threadId);
  const actions = useMessageActions(id, open.change);
  const [answered, setAnswered] = useState<Message | null>(null);
  const [editingId, setEditingId] = useState<string | null>(null);
  const [foundId, setFoundId] = useState<string | null>(null);
  const [isSearching, setSearching] = useState(false);
  const { conversation, error, thread } = open;

  if (!conversation) {
    return error ? (
      <ErrorState {...stateOf(error)} onRetry={() => void open.load()} />
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
  const { members, title, isMuted, draft } = conversation;
  const others = members.filter((member) => member.id !== person.id);
  const [only] = others;

  async function show(messageId: string) {
    setSearching(false);
    if (await open.loadUntil(messageId)) setFoundId(messageId);
  }

  function editLast() {
    const mine = thread.messages.findLast(
      ({ author, isDeleted }) => author.id === person.id && !isDeleted,
    );
    if (mine) setEditingId(mine.id);
  }

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
        {isMuted && <Icon name="bell-off" size={18} label={t("isMuted")} />}
        <IconButton
          icon="search"
          label={t("search")}
          onPress={() => {
            onThread(null);
            setSearching(!isSearching);
          }}
        />
        <Menu label={t("menu")} trigger={<IconButton icon="more" label={t("menu")} />}>
          <MenuItem
            icon={isMuted ? "bell" : "bell-off"}
            onAction={() => void actions.setMuted(!isMuted)}
          >
            {t(isMuted ? "unmute" : "mute")}
          </MenuItem>
        </Menu>
      </header>
      {threadId && (
        <div className={styles.threadHead}>
          <span>{t("threadTitle")}</span>
          <Button size="s" variant="quiet" icon="arrow-left" onPress={() => onThread(null)}>
            {t("wholeConversation")}
          </Button>
        </div>
      )}
      {isSearching ? (
        <MessageSearch
          conversationId={id}
          onPick={(messageId) => void show(messageId)}
          onClose={() => setSearching(false)}
        />
      ) : (
        <>
          <MessageLog
            {...open}
            myId={person.id}
            threadId={threadId}
            foundId={foundId}
            editingId={editingId}
            actions={actions}
            onAnswer={setAnswered}
            onThread={onThread}
            onEdit={setEditingId}
          />
          <div className={styles.below}>
            <TypingLine postId={id} />
            <Waiting waiting={open.waiting} actions={actions} />
          </div>
          <MessageComposer
            key={id}
            conversationId={id}
            draft={draft}
            threadId={threadId}
            answered={answered}
            onCancelAnswer={() => setAnswered(null)}
            onSend={open.write}
            onSchedule={actions.schedule}
            onEditLast={editLast}
          />
        </>
      )}
    </section>
  );
}
