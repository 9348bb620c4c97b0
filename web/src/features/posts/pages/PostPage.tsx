import { getRouteApi, Link } from "@tanstack/react-router";
import { useRef } from "react";
import { Page } from "@/app/shell";
import { useFeedKeys } from "@/app/shortcuts";
import { readFragment, useAction, useErrorText, useQuery } from "@/graphql";
import type {
  PostCardPartsFragment,
  ThreadSubscribeMutation as SubscribeData,
} from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Badge, Button, buttonClass, EmptyState, ErrorState, SkeletonList } from "@/ui";
import { PostCard } from "../components/PostCard";
import { usePostKeys } from "../components/postKeys";
import { ReplyItem } from "../components/ReplyItem";
import { PostCardParts, PostCounters, PostPerson } from "../fragments";
import { ThreadSubscribeMutation } from "../mutations";
import { PostCardQuery } from "../queries";
import { Replies } from "../thread/Replies";
import styles from "./PostPage.module.css";

const route = getRouteApi("/app/posts/$postId");
const payloadOf = (data: SubscribeData) => data.threadSubscribe;

/** A post with its whole thread. */
export function PostPage() {
  const { t } = useTranslation("posts");
  const { stateOf } = useErrorText();
  const { postId } = route.useParams();
  const { reply } = route.useSearch();
  const [{ data, error, fetching }, retry] = useQuery({
    query: PostCardQuery,
    variables: { id: postId },
  });
  const fragment = data?.post;
  if (fragment) {
    return <Thread key={postId} fragment={fragment} soughtId={reply} />;
  }
  return (
    <Page title={t("title")} hideTitle>
      {error ? (
        <ErrorState {...stateOf(error)} onRetry={() => retry({ requestPolicy: "network-only" })} />
      ) : fetching || !data ? (
        <SkeletonList of="post" count={1} />
      ) : (
        <EmptyState
          icon="search"
          title={t("notFound.title")}
          text={t("notFound.text")}
          actions={
            <Link to="/" className={buttonClass({ variant: "primary" })}>
              {t("notFound.home")}
            </Link>
          }
        />
      )}
    </Page>
  );
}

type ThreadProps = {
  fragment: NonNullable<Parameters<typeof PostCard>[0]["post"]>;
  soughtId: string | undefined;
};

function Thread({ fragment, soughtId }: ThreadProps) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  usePostKeys();
  useFeedKeys(box);
  const post = readFragment(PostCardParts, fragment);
  const { question } = readFragment(PostCounters, post);
  const author = readFragment(PostPerson, post.author);
  const name = post.title || t("titleOf", { name: author.name });
  const isPublished = post.state === "PUBLISHED";
  return (
    <Page title={name} hideTitle context={<Facts post={post} />}>
      <nav className={styles.back}>
        <Link to="/communities/$slug" params={{ slug: post.community.slug }}>
          ← {post.community.name}
        </Link>
      </nav>
      <div ref={box}>
        {post.state === "SCHEDULED" && post.scheduledFor && (
          <p className={styles.scheduled}>
            <Badge tone="info" icon="clock">
              {t("scheduledFor", { time: formatDate(post.scheduledFor) })}
            </Badge>
          </p>
        )}
        <PostCard post={fragment} isWhole />
        {question?.bestAnswer && (
          <section className={styles.best} aria-label={t("question.bestAnswer")}>
            <Badge tone="success" icon="check">
              {t("question.bestAnswer")}
            </Badge>
            <ReplyItem
              reply={question.bestAnswer}
              postId={post.id}
              isPreview
              canMarkBest={post.viewerCan.markBestAnswer}
            />
          </section>
        )}
        {(isPublished || post.state === "ARCHIVED" || post.state === "DELETED") && (
          <Replies
            postId={post.id}
            soughtId={soughtId}
            canReply={post.viewerCan.reply}
            canMarkBest={post.viewerCan.markBestAnswer}
            isQuestion={post.kind === "QUESTION"}
            isClosed={post.closure !== null}
          />
        )}
      </div>
    </Page>
  );
}

/** Beside the thread: how one follows it. */
function Facts({ post }: { post: PostCardPartsFragment }) {
  const { t } = useTranslation("posts");
  const { run } = useAction(ThreadSubscribeMutation, payloadOf);
  const { viewerSubscription } = post;
  if (post.state !== "PUBLISHED") return null;
  const isFollowing = viewerSubscription === "FOLLOWING";
  return (
    <div className={styles.facts}>
      <p>{t(`subscription.is.${viewerSubscription}`)}</p>
      <div className={styles.factActions}>
        <Button
          size="s"
          icon="bell"
          variant={isFollowing ? "secondary" : "soft"}
          onPress={() =>
            void run({
              input: { postId: post.id, subscription: isFollowing ? "NORMAL" : "FOLLOWING" },
            })
          }
        >
          {t(isFollowing ? "menu.unfollow" : "menu.follow")}
        </Button>
        {viewerSubscription !== "MUTED" ? (
          <Button
            size="s"
            variant="quiet"
            icon="bell-off"
            onPress={() => void run({ input: { postId: post.id, subscription: "MUTED" } })}
          >
            {t("menu.mute")}
          </Button>
        ) : (
          <Button
            size="s"
            variant="quiet"
            icon="bell"
            onPress={() => void run({ input: { postId: post.id, subscription: "NORMAL" } })}
          >
            {t("menu.unmute")}
          </Button>
        )}
      </div>
    </div>
  );
}
