import { memo } from "react";
import { useFormat, useTranslation } from "@/i18n";
import { SkeletonPost } from "@/ui";
import { PostCard } from "../components/PostCard";
import { PostCardQuery } from "../queries";
import { useKeptQuery } from "../useKeptQuery";
import styles from "./FeedView.module.css";
import { Reasons } from "./Reasons";
import type { FeedItem } from "./reducer";

type Props = {
  item: FeedItem;
  position: number;
  hasLine: boolean;
  newSince: string | null;
  hidesCommunity?: boolean;
  showsReasons?: boolean;
};

/** One place in a feed. Its post is read from the cache, so it changes without the list knowing. */
export const FeedEntry = memo(function FeedEntry({
  item,
  position,
  hasLine,
  newSince,
  hidesCommunity,
  showsReasons,
}: Props) {
  const { t } = useTranslation("feed");
  const { value: post, isGone } = useKeptQuery(PostCardQuery, item.id, (data) => data.post);
  return (
    <>
      {hasLine && <NewLine since={newSince} />}
      {item.isGone || isGone ? (
        <article
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a place in the feed the keys walk through
          tabIndex={0}
          aria-posinset={position}
          aria-setsize={-1}
          className={styles.gone}
        >
          {t("gone")}
        </article>
      ) : post ? (
        <PostCard
          post={post}
          position={position}
          isNew={item.isNew}
          hidesCommunity={hidesCommunity}
          why={showsReasons && item.reasons.length > 0 && <Reasons reasons={item.reasons} />}
        />
      ) : (
        <SkeletonPost />
      )}
    </>
  );
});

/** Parts what is new from what was there last time. */
function NewLine({ since }: { since: string | null }) {
  const { t } = useTranslation("feed");
  const { formatDate } = useFormat();
  return (
    <div className={styles.line}>
      <span>{t("newLine")}</span>
      {since && <time dateTime={since}>{t("lastVisit", { time: formatDate(since) })}</time>}
    </div>
  );
}
