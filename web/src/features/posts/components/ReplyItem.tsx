import { Link } from "@tanstack/react-router";
import { lazy, memo, Suspense, useState } from "react";
import { type FragmentType, readFragment, useAction } from "@/graphql";
import type {
  BestAnswerSetMutation as BestData,
  ReplyPartsFragment,
} from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import {
  Avatar,
  Badge,
  cx,
  IconButton,
  Markdown,
  Menu,
  MenuItem,
  RelativeTime,
  SkeletonLine,
} from "@/ui";
import { postDialogs } from "../dialogs/store";
import { PostPerson, ReplyParts } from "../fragments";
import { BestAnswerSetMutation } from "../mutations";
import { Attachments } from "./Attachments";
import { Clamp } from "./Clamp";
import { copyLink } from "./copyLink";
import { LinkCards } from "./LinkCards";
import { ReactionBar } from "./ReactionBar";
import styles from "./Reply.module.css";

const ReplyEditor = lazy(() =>
  import("../composer/ReplyEditor").then((module) => ({ default: module.ReplyEditor })),
);
const payloadOf = (data: BestData) => data.bestAnswerSet;

export type ReplyItemProps = {
  reply: FragmentType<typeof ReplyParts>;
  postId: string;
  /** Within a card: short, with few actions. */
  isPreview?: boolean;
  isHighlighted?: boolean;
  canMarkBest?: boolean;
  /** Answers this reply; absent where nobody may. */
  onReply?: (reply: ReplyPartsFragment) => void;
};

/** One reply. A deleted one keeps its place. */
export const ReplyItem = memo(function ReplyItem({
  reply: fragment,
  postId,
  isPreview,
  isHighlighted,
  canMarkBest,
  onReply,
}: ReplyItemProps) {
  const { t } = useTranslation(["posts", "common"]);
  const { formatDate } = useFormat();
  const reply = readFragment(ReplyParts, fragment);
  const author = readFragment(PostPerson, reply.author);
  const [isEditing, setEditing] = useState(false);
  if (reply.state === "DELETED") {
    return <p className={cx(styles.deleted, isPreview && styles.preview)}>{t("reply.deleted")}</p>;
  }
  return (
    <div
      className={cx(
        styles.reply,
        isPreview && styles.preview,
        isHighlighted && styles.highlighted,
        reply.isBestAnswer && !isPreview && styles.best,
      )}
    >
      <Link
        to="/people/$handle"
        params={{ handle: author.handle }}
        tabIndex={-1}
        aria-hidden="true"
        className={styles.avatar}
      >
        <Avatar name={author.name} color={author.avatarColor} url={author.avatarUrl} size="s" />
      </Link>
      <div className={styles.main}>
        <div className={styles.head}>
          <Link to="/people/$handle" params={{ handle: author.handle }} className={styles.author}>
            {author.name}
          </Link>
          <Link
            to="/posts/$postId"
            params={{ postId }}
            search={{ reply: reply.id }}
            className={styles.time}
          >
            <RelativeTime value={reply.publishedAt} />
          </Link>
          {reply.editedAt && (
            <button
              type="button"
              className={styles.edited}
              title={formatDate(reply.editedAt, "full")}
              onClick={() => postDialogs.open({ kind: "history", subject: "reply", id: reply.id })}
            >
              {t("edited")}
            </button>
          )}
          {reply.isBestAnswer && !isPreview && (
            <Badge tone="success" icon="check">
              {t("question.bestAnswer")}
            </Badge>
          )}
          <span className={styles.grow} />
          <ReplyMenu
            reply={reply}
            postId={postId}
            canMarkBest={canMarkBest && reply.viewerCan.markAsBestAnswer}
            onEdit={() => setEditing(true)}
          />
        </div>
        {isEditing ? (
          <Suspense fallback={<SkeletonLine />}>
            <ReplyEditor reply={reply} onClose={() => setEditing(false)} />
          </Suspense>
        ) : (
          <>
            <Clamp size="s" isOff={!isPreview}>
              <Markdown html={reply.bodyHtml} isCompact />
            </Clamp>
            <Attachments attachments={reply.attachments} />
            {!isPreview && <LinkCards links={reply.links} />}
          </>
        )}
        <div className={styles.foot}>
          <ReactionBar
            subjectId={reply.id}
            reactions={reply.reactions}
            canReact={reply.viewerCan.react}
            isSmall
          />
          {onReply && (
            <button type="button" className={styles.answer} onClick={() => onReply(reply)}>
              {t("reply.action")}
            </button>
          )}
        </div>
      </div>
    </div>
  );
});

function ReplyMenu({
  reply,
  postId,
  canMarkBest,
  onEdit,
}: {
  reply: ReplyPartsFragment;
  postId: string;
  canMarkBest?: boolean;
  onEdit: () => void;
}) {
  const { t } = useTranslation(["posts", "common"]);
  const { run } = useAction(BestAnswerSetMutation, payloadOf);
  const { viewerCan } = reply;
  return (
    <Menu
      label={t("common:action.more")}
      trigger={
        <IconButton
          icon="more"
          size="s"
          label={t("common:action.more")}
          className={styles.menuButton}
        />
      }
    >
      <MenuItem
        icon="link"
        onAction={() =>
          void copyLink(`/posts/${postId}?reply=${reply.id}`, t("common:state.copied"))
        }
      >
        {t("menu.copyLink")}
      </MenuItem>
      {canMarkBest && (
        <MenuItem
          icon="check-circle"
          onAction={() =>
            void run({ input: { postId, replyId: reply.isBestAnswer ? null : reply.id } })
          }
        >
          {reply.isBestAnswer ? t("menu.unmarkBest") : t("menu.markBest")}
        </MenuItem>
      )}
      {reply.revisionCount > 1 && (
        <MenuItem
          icon="history"
          onAction={() => postDialogs.open({ kind: "history", subject: "reply", id: reply.id })}
        >
          {t("menu.history")}
        </MenuItem>
      )}
      {viewerCan.edit && (
        <MenuItem icon="edit" onAction={onEdit}>
          {t("common:action.edit")}
        </MenuItem>
      )}
      {viewerCan.delete && (
        <MenuItem
          icon="trash"
          isDanger
          onAction={() => postDialogs.open({ kind: "deleteReply", replyId: reply.id })}
        >
          {t("common:action.delete")}
        </MenuItem>
      )}
    </Menu>
  );
}
