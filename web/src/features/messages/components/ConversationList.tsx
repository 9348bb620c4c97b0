import { Link } from "@tanstack/react-router";
import { useViewer } from "@/app/viewer";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import type { ConversationPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Button,
  CountBadge,
  EmptyState,
  ErrorState,
  Icon,
  InfiniteList,
  RelativeTime,
  SkeletonList,
} from "@/ui";
import { ConversationParts, ConversationsQuery } from "../queries";
import { Faces } from "./Faces";
import styles from "./Messages.module.css";

/** All conversations of the viewer, the liveliest first. */
export function ConversationList({ onStart }: { onStart: () => void }) {
  const { t } = useTranslation("messages");
  const { stateOf } = useErrorText();
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: ConversationsQuery,
    variables: { first: 30 },
    connection: (data) => data.conversations,
  });
  if (error && !list) return <ErrorState {...stateOf(error)} onRetry={refresh} isCompact />;
  if (isLoading || !list) return <SkeletonList count={6} />;
  const conversations = [...readFragment(ConversationParts, list.nodes)].sort((a, b) =>
    b.lastActivityAt.localeCompare(a.lastActivityAt),
  );
  if (conversations.length === 0) {
    return (
      <EmptyState
        icon="message"
        title={t("none")}
        text={t("noneText")}
        actions={
          <Button variant="primary" icon="edit" onPress={onStart}>
            {t("start")}
          </Button>
        }
      />
    );
  }
  return (
    <InfiniteList
      label={t("title")}
      gap="none"
      hasMore={hasMore}
      isLoading={isLoadingMore}
      onLoadMore={loadMore}
      skeleton={<SkeletonList count={2} />}
    >
      {conversations.map((conversation) => (
        <li key={conversation.id}>
          <Line conversation={conversation} />
        </li>
      ))}
    </InfiniteList>
  );
}

function Line({ conversation }: { conversation: ConversationPartsFragment }) {
  const { t } = useTranslation("messages");
  const { person } = useViewer();
  const { id, title, members, lastMessage, unreadCount, lastActivityAt } = conversation;
  const { draft, isMuted } = conversation;
  const author = lastMessage?.author;
  const text = lastMessage?.isDeleted
    ? t("deleted")
    : lastMessage?.excerpt ||
      (lastMessage && t("onlyFiles", { count: lastMessage.attachments.length }));
  return (
    <Link
      to="/messages/$conversationId"
      params={{ conversationId: id }}
      className={styles.line}
      data-unread={(unreadCount > 0 && !isMuted) || undefined}
    >
      <Faces members={members} myId={person.id} />
      <span className={styles.lineText}>
        <span className={styles.lineTop}>
          <span className={styles.lineTitle}>{title}</span>
          <RelativeTime value={lastActivityAt} width="narrow" className={styles.lineTime} />
        </span>
        <span className={styles.lineLast}>
          <span>
            {draft.trim()
              ? t("draft", { text: draft.trim().slice(0, 120) })
              : !text || !author
                ? t("empty")
                : author.id === person.id
                  ? t("mine", { text })
                  : members.length > 2
                    ? t("theirs", { name: author.name.split(" ")[0], text })
                    : text}
          </span>
          {isMuted && <Icon name="bell-off" size={14} label={t("isMuted")} />}
          <CountBadge count={unreadCount} label={t("unread", { count: unreadCount })} />
        </span>
      </span>
    </Link>
  );
}
