import { Link, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, memo, type ReactNode, useId, useRef, useState } from "react";
import { useViewer } from "@/app/viewer";
import { type FragmentType, readFragment } from "@/graphql";
import type { PostCardPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, cx, Icon, Markdown } from "@/ui";
import { postDialogs } from "../dialogs/store";
import { PostCardParts, PostCounters, PostPerson, ReactionParts } from "../fragments";
import { Announcement } from "./Announcement";
import { Attachments } from "./Attachments";
import { Clamp } from "./Clamp";
import { Idea } from "./Idea";
import { LinkCards } from "./LinkCards";
import { Poll } from "./Poll";
import styles from "./PostCard.module.css";
import { PostHeader } from "./PostHeader";
import { PostMenu } from "./PostMenu";
import { Praise } from "./Praise";
import { usePostActions } from "./postKeys";
import { ReactionBar, useReact } from "./ReactionBar";
import { RepliesPreview } from "./RepliesPreview";
import { ReplyBox } from "./ReplyBox";
import { SharedPost } from "./SharedPost";

export type PostCardProps = {
  post: FragmentType<typeof PostCardParts>;
  /** Place in a feed, from 1. */
  position?: number;
  isNew?: boolean;
  hidesCommunity?: boolean;
  /** On its own page: nothing is cut and the replies stand below, by somebody else. */
  isWhole?: boolean;
  /** Answers "why am I seeing this". */
  why?: ReactNode;
};

/** A post in feed density: all one needs to read it, answer it, and leave it again. */
export const PostCard = memo(function PostCard({
  post: fragment,
  position,
  isNew,
  hidesCommunity,
  isWhole,
  why,
}: PostCardProps) {
  const { t } = useTranslation("posts");
  const navigate = useNavigate();
  const post = readFragment(PostCardParts, fragment);
  const counters = readFragment(PostCounters, post);
  const reactions = readFragment(ReactionParts, counters.reactions);
  const author = readFragment(PostPerson, post.author);
  const titleId = useId();
  const article = useRef<HTMLElement>(null);
  const [isReplying, setReplying] = useState(false);
  const react = useReact(post.id);
  const { viewerCan } = post;

  const open = () => void navigate({ to: "/posts/$postId", params: { postId: post.id } });
  function reply() {
    if (isWhole) {
      document.querySelector<HTMLElement>("[data-reply-box] :is(button, textarea)")?.focus();
    } else setReplying(true);
  }
  usePostActions(article, {
    open: isWhole ? undefined : open,
    reply: viewerCan.reply ? reply : undefined,
    react: viewerCan.react
      ? () => {
          const mine = reactions.find(({ emoji }) => emoji === "👍")?.viewerReacted;
          void react("👍", !mine);
        }
      : undefined,
    edit: viewerCan.edit ? () => postDialogs.open({ kind: "edit", postId: post.id }) : undefined,
    share: viewerCan.share ? () => postDialogs.open({ kind: "share", postId: post.id }) : undefined,
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && event.target === event.currentTarget && !isWhole) open();
  }

  return (
    <article
      ref={article}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: articles of a feed take the focus (ARIA feed pattern)
      tabIndex={0}
      aria-posinset={position}
      aria-setsize={position ? -1 : undefined}
      aria-labelledby={titleId}
      data-post={post.id}
      className={cx(styles.card, isNew && styles.isNew, isWhole && styles.whole)}
      onKeyDown={onKeyDown}
    >
      <span id={titleId} className={styles.label}>
        {post.title
          ? t("labelTitled", { title: post.title, name: author.name })
          : t("label", { name: author.name, kind: t(`kind.${post.kind}`) })}
      </span>
      {counters.announcement && !counters.announcement.seenByViewer && (
        <AnnouncementOf post={post} announcement={counters.announcement} />
      )}
      <PostHeader
        post={post}
        isNew={isNew}
        hidesCommunity={hidesCommunity}
        actions={
          <>
            {why}
            <PostMenu post={post} />
          </>
        }
      />
      <PostContent post={post} isWhole={isWhole} />
      {post.closure && <Closure closure={post.closure} />}
      {post.state === "PUBLISHED" && (
        <>
          <div className={styles.footer}>
            <ReactionBar
              subjectId={post.id}
              reactions={counters.reactions}
              canReact={viewerCan.react}
            />
            <div className={styles.footerActions}>
              {counters.announcement?.seenByViewer && (
                <AnnouncementOf post={post} announcement={counters.announcement} />
              )}
              {viewerCan.reply && (
                <Button size="s" variant="quiet" icon="reply" onPress={reply}>
                  {t("reply.action")}
                </Button>
              )}
              {viewerCan.share && (
                <Button
                  size="s"
                  variant="quiet"
                  icon="share"
                  aria-label={t("menu.share")}
                  onPress={() => postDialogs.open({ kind: "share", postId: post.id })}
                >
                  <span className={styles.wideOnly}>{t("share.short")}</span>
                </Button>
              )}
            </div>
          </div>
          {!isWhole && (
            <RepliesPreview
              postId={post.id}
              counters={counters}
              canMarkBest={viewerCan.markBestAnswer}
            />
          )}
          {!isWhole && isReplying && (
            <ReplyBox postId={post.id} isOpenAtOnce onClose={() => setReplying(false)} />
          )}
        </>
      )}
    </article>
  );
});

function AnnouncementOf({
  post,
  announcement,
}: {
  post: PostCardPartsFragment;
  announcement: { seenByViewer: boolean; seenCount: number };
}) {
  const viewer = useViewer();
  return (
    <Announcement
      postId={post.id}
      isSeen={announcement.seenByViewer}
      seenCount={announcement.seenCount}
      isOwn={readFragment(PostPerson, post.author).id === viewer.person.id}
    />
  );
}

/** Title, text and whatever the kind adds. */
function PostContent({ post, isWhole }: { post: PostCardPartsFragment; isWhole?: boolean }) {
  const { t } = useTranslation("posts");
  const { poll, idea } = readFragment(PostCounters, post);
  if (post.state === "DELETED") return <p className={styles.tombstone}>{t("deleted")}</p>;
  // Topics that stand in the text as hashtags need no second mention.
  const topics = post.topics.filter(
    (topic) => !post.bodySource.toLowerCase().includes(`#${topic.toLowerCase()}`),
  );
  return (
    <div className={styles.content}>
      {post.title &&
        (isWhole ? (
          <h2 className={styles.title}>{post.title}</h2>
        ) : (
          <h2 className={styles.title}>
            <Link to="/posts/$postId" params={{ postId: post.id }}>
              {post.title}
            </Link>
          </h2>
        ))}
      {post.praise && <Praise badge={post.praise.badge} people={post.praise.people} />}
      {post.bodyHtml && (
        <Clamp isOff={isWhole}>
          <Markdown html={post.bodyHtml} isCompact={!isWhole} />
        </Clamp>
      )}
      {poll && <Poll postId={post.id} poll={poll} canVote={post.viewerCan.vote} />}
      {idea && (
        <Idea
          postId={post.id}
          idea={idea}
          canVote={post.viewerCan.vote}
          canSetState={post.viewerCan.setIdeaState}
        />
      )}
      {post.sharedFrom && <SharedPost post={post.sharedFrom.post ?? null} />}
      <Attachments attachments={post.attachments} />
      <LinkCards links={post.links} />
      {topics.length > 0 && (
        <ul className={styles.topics} aria-label={t("topics")}>
          {topics.map((topic) => (
            <li key={topic}>
              <Link to="/topics/$topic" params={{ topic }}>
                #{topic}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Closure({ closure }: { closure: NonNullable<PostCardPartsFragment["closure"]> }) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const { name } = readFragment(PostPerson, closure.closedBy);
  return (
    <div className={styles.closure}>
      <Icon name="lock" size={16} />
      <span>
        {t("closure.by", { name, time: formatDate(closure.closedAt, "date") })}
        {closure.reason && <q>{closure.reason}</q>}
      </span>
    </div>
  );
}
