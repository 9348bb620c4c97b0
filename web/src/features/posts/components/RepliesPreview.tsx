import { Link } from "@tanstack/react-router";
import { readFragment } from "@/graphql";
import type { PostCountersFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Badge } from "@/ui";
import { ReplyParts } from "../fragments";
import styles from "./PostCard.module.css";
import { ReplyItem } from "./ReplyItem";

type Props = { postId: string; counters: PostCountersFragment; canMarkBest: boolean };

/** The best answer first, then the latest replies, and the way to all of them. */
export function RepliesPreview({ postId, counters, canMarkBest }: Props) {
  const { t } = useTranslation("posts");
  const best = counters.question?.bestAnswer ?? null;
  const bestId = readFragment(ReplyParts, best)?.id;
  const latest = counters.latestReplies.filter(
    (reply) => readFragment(ReplyParts, reply).id !== bestId,
  );
  const hidden = counters.replyCount - latest.length - (best ? 1 : 0);
  if (!best && latest.length === 0 && counters.replyCount === 0) {
    return counters.question && <p className={styles.unanswered}>{t("question.unanswered")}</p>;
  }
  return (
    <div className={styles.replies}>
      {best && (
        <div className={styles.best}>
          <Badge tone="success" icon="check">
            {t("question.bestAnswer")}
          </Badge>
          <ReplyItem reply={best} postId={postId} isPreview canMarkBest={canMarkBest} />
        </div>
      )}
      {hidden > 0 && (
        <Link to="/posts/$postId" params={{ postId }} className={styles.allReplies}>
          {t("replies.all", { count: counters.replyCount })}
        </Link>
      )}
      {latest.map((reply) => (
        <ReplyItem
          key={readFragment(ReplyParts, reply).id}
          reply={reply}
          postId={postId}
          isPreview
          canMarkBest={canMarkBest}
        />
      ))}
    </div>
  );
}
