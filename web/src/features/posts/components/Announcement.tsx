import { useAction } from "@/graphql";
import type { AnnouncementMarkSeenMutation as Data } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, Icon } from "@/ui";
import { AnnouncementMarkSeenMutation } from "../mutations";
import styles from "./Kinds.module.css";

const payloadOf = (data: Data) => data.announcementMarkSeen;

type Props = { postId: string; isSeen: boolean; seenCount: number; isOwn: boolean };

/** Keeps an announcement on top until one has said that it is read. */
export function Announcement({ postId, isSeen, seenCount, isOwn }: Props) {
  const { t } = useTranslation("posts");
  const { run } = useAction(AnnouncementMarkSeenMutation, payloadOf);
  if (isSeen || isOwn) {
    return (
      <p className={styles.seen}>
        <Icon name="check-all" size={16} />
        {t("announcement.seenCount", { count: seenCount })}
      </p>
    );
  }
  return (
    <div className={styles.announcement}>
      <Icon name="megaphone" size={18} />
      <span>{t("announcement.pinned")}</span>
      <Button size="s" icon="check" onPress={() => void run({ input: { postId } })}>
        {t("announcement.gotIt")}
      </Button>
    </div>
  );
}
