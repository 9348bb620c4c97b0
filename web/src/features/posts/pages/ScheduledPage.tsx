import { composeStore, Page } from "@/app/shell";
import { readFragment, useAction, useErrorText, usePagedQuery } from "@/graphql";
import type { PostScheduleMutation as Data } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, EmptyState, ErrorState, InfiniteList, SkeletonList, showToast } from "@/ui";
import { DraftTabs } from "../components/DraftTabs";
import { PostCard } from "../components/PostCard";
import { postDialogs } from "../dialogs/store";
import { PostCardParts } from "../fragments";
import { PostScheduleMutation } from "../mutations";
import { ScheduledPostsQuery } from "../queries";
import styles from "./PostPage.module.css";

const payloadOf = (data: Data) => data.postSchedule;

/** One's own posts that will be published by themselves. */
export function ScheduledPage() {
  const { t } = useTranslation(["posts", "shell"]);
  const { stateOf } = useErrorText();
  const { run } = useAction(PostScheduleMutation, payloadOf);
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: ScheduledPostsQuery,
    variables: { first: 20 },
    connection: (data) => data.scheduledPosts,
  });

  async function publishNow(postId: string) {
    const { payload } = await run({ input: { postId, scheduledFor: null } });
    if (payload) showToast(t("composer.published"), { tone: "success" });
  }

  return (
    <Page title={t("scheduled.title")}>
      <DraftTabs />
      {error && !list && <ErrorState {...stateOf(error)} onRetry={refresh} />}
      {isLoading && <SkeletonList of="post" count={2} />}
      {list?.nodes.length === 0 && (
        <EmptyState
          icon="calendar"
          title={t("scheduled.empty")}
          text={t("scheduled.emptyText")}
          actions={
            <Button variant="primary" icon="edit" onPress={() => composeStore.open()}>
              {t("shell:nav.compose")}
            </Button>
          }
        />
      )}
      {list && list.nodes.length > 0 && (
        <InfiniteList
          label={t("scheduled.title")}
          hasMore={hasMore}
          isLoading={isLoadingMore}
          onLoadMore={loadMore}
        >
          {list.nodes.map((fragment) => {
            const post = readFragment(PostCardParts, fragment);
            return (
              <li key={post.id}>
                <PostCard post={fragment} />
                <div className={styles.scheduledActions}>
                  <Button
                    size="s"
                    icon="clock"
                    onPress={() =>
                      postDialogs.open({
                        kind: "reschedule",
                        postId: post.id,
                        scheduledFor: post.scheduledFor ?? null,
                      })
                    }
                  >
                    {t("scheduled.change")}
                  </Button>
                  <Button
                    size="s"
                    variant="quiet"
                    icon="send"
                    onPress={() => void publishNow(post.id)}
                  >
                    {t("scheduled.now")}
                  </Button>
                </div>
              </li>
            );
          })}
        </InfiniteList>
      )}
    </Page>
  );
}
