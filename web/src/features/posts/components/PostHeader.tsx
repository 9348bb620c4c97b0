import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { readFragment } from "@/graphql";
import type { PostCardPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Avatar, Badge, Icon, RelativeTime } from "@/ui";
import { postDialogs } from "../dialogs/store";
import { PostPerson } from "../fragments";
import { kindLook } from "./kinds";
import styles from "./PostCard.module.css";

type Props = {
  post: PostCardPartsFragment;
  hidesCommunity?: boolean;
  isNew?: boolean;
  /** Buttons at the end. */
  actions: ReactNode;
};

/** Who wrote it, where, when, and what it is. */
export function PostHeader({ post, hidesCommunity, isNew, actions }: Props) {
  const { t } = useTranslation("posts");
  const { formatDate } = useFormat();
  const author = readFragment(PostPerson, post.author);
  const { community, kind } = post;
  return (
    <header className={styles.header}>
      <Link
        to="/people/$handle"
        params={{ handle: author.handle }}
        tabIndex={-1}
        aria-hidden="true"
        className={styles.avatar}
      >
        <Avatar name={author.name} color={author.avatarColor} url={author.avatarUrl} />
      </Link>
      <div className={styles.who}>
        <div className={styles.whoLine}>
          <Link to="/people/$handle" params={{ handle: author.handle }} className={styles.author}>
            {author.name}
          </Link>
          {author.title && <span className={styles.job}>{author.title}</span>}
        </div>
        <div className={styles.meta}>
          {isNew && <span className={styles.newDot} role="img" aria-label={t("new")} />}
          {!hidesCommunity && (
            <Link
              to="/communities/$slug"
              params={{ slug: community.slug }}
              className={styles.place}
            >
              {community.name}
            </Link>
          )}
          {post.publishedAt ? (
            <Link to="/posts/$postId" params={{ postId: post.id }} className={styles.time}>
              <RelativeTime value={post.publishedAt} />
            </Link>
          ) : (
            post.scheduledFor && (
              <span className={styles.time}>
                {t("scheduledFor", { time: formatDate(post.scheduledFor) })}
              </span>
            )
          )}
          {post.editedAt && (
            <button
              type="button"
              className={styles.edited}
              title={formatDate(post.editedAt, "full")}
              onClick={() => postDialogs.open({ kind: "history", subject: "post", id: post.id })}
            >
              {t("edited")}
            </button>
          )}
          {post.isImported && <span className={styles.mark}>{t("imported")}</span>}
          {post.movedFromCommunity && <span className={styles.mark}>{t("moved")}</span>}
          {post.isPinned && (
            <span className={styles.mark}>
              <Icon name="pin" size={13} />
              {t("pinned")}
            </span>
          )}
          {post.closure && (
            <span className={styles.mark}>
              <Icon name="lock" size={13} />
              {t("closed")}
            </span>
          )}
          {kind !== "DISCUSSION" && (
            <Badge tone={kindLook[kind].tone} icon={kindLook[kind].icon}>
              {t(`kind.${kind}`)}
            </Badge>
          )}
        </div>
      </div>
      <div className={styles.headActions}>{actions}</div>
    </header>
  );
}
