import { Link } from "@tanstack/react-router";
import { type FragmentType, readFragment } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Icon, Markdown, RelativeTime } from "@/ui";
import { PostPerson, SharedPostParts } from "../fragments";
import { Attachments } from "./Attachments";
import { Clamp } from "./Clamp";
import styles from "./PostCard.module.css";

type Props = { post: FragmentType<typeof SharedPostParts> | null };

/** The original inside a shared post, with who wrote it and where. */
export function SharedPost({ post }: Props) {
  const { t } = useTranslation("posts");
  const shown = readFragment(SharedPostParts, post);
  if (!shown || shown.state === "DELETED") {
    return <p className={styles.sharedGone}>{t("shared.gone")}</p>;
  }
  const author = readFragment(PostPerson, shown.author);
  return (
    <blockquote className={styles.shared} cite={`/posts/${shown.id}`}>
      <div className={styles.sharedHead}>
        <Icon name="share" size={16} />
        <Avatar name={author.name} color={author.avatarColor} url={author.avatarUrl} size="xs" />
        <span>
          <Link to="/people/$handle" params={{ handle: author.handle }} className={styles.author}>
            {author.name}
          </Link>{" "}
          <Link
            to="/communities/$slug"
            params={{ slug: shown.community.slug }}
            className={styles.place}
          >
            {shown.community.name}
          </Link>
          {shown.publishedAt && (
            <Link to="/posts/$postId" params={{ postId: shown.id }} className={styles.time}>
              <RelativeTime value={shown.publishedAt} />
            </Link>
          )}
        </span>
      </div>
      {shown.title && <p className={styles.sharedTitle}>{shown.title}</p>}
      <Clamp size="s">
        <Markdown html={shown.bodyHtml} isCompact />
      </Clamp>
      <Attachments attachments={shown.attachments} />
    </blockquote>
  );
}
