import { Link } from "@tanstack/react-router";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Dialog, ErrorState, InfiniteList, RelativeTime, SkeletonList } from "@/ui";
import { PostPerson } from "../fragments";
import { ReactorsQuery } from "../queries";
import styles from "./Dialogs.module.css";

/** Who reacted, and how. */
export function ReactorsDialog({ postId, onClose }: { postId: string; onClose: () => void }) {
  const { t } = useTranslation("posts");
  const { stateOf } = useErrorText();
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: ReactorsQuery,
    variables: { postId, first: 40 },
    connection: (data) => data.post?.reactors,
  });
  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} title={t("reactors.title")} size="s">
      {error && !list && <ErrorState {...stateOf(error)} onRetry={refresh} isCompact />}
      {isLoading && <SkeletonList count={4} />}
      {list && (
        <InfiniteList
          label={t("reactors.title")}
          gap="none"
          hasMore={hasMore}
          isLoading={isLoadingMore}
          onLoadMore={loadMore}
        >
          {list.nodes.map(({ emoji, createdAt, person: fragment }) => {
            const person = readFragment(PostPerson, fragment);
            return (
              <li key={`${person.id} ${emoji}`} className={styles.reactor}>
                <Avatar
                  name={person.name}
                  color={person.avatarColor}
                  url={person.avatarUrl}
                  size="s"
                />
                <Link
                  to="/people/$handle"
                  params={{ handle: person.handle }}
                  className={styles.name}
                  onClick={onClose}
                >
                  {person.name}
                </Link>
                <RelativeTime value={createdAt} className={styles.hint} />
                <span className={styles.emoji}>{emoji}</span>
              </li>
            );
          })}
        </InfiniteList>
      )}
    </Dialog>
  );
}
