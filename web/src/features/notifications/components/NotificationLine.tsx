import { Link } from "@tanstack/react-router";
import { inLanguage } from "@/features/dispatches";
import { currentLocale, useFormat, useTranslation } from "@/i18n";
import { Avatar, CommunityMark, cx, Icon, IconButton, RelativeTime, VisuallyHidden } from "@/ui";
import { kindIcon, type Notification, pieces, targetOf, whoDid } from "../describe";
import styles from "./Notifications.module.css";

type Props = {
  notification: Notification;
  onMark: (id: string, read: boolean) => void;
  /** In the small window: without its own button. */
  isCompact?: boolean;
  onFollow?: () => void;
};

/** One notification: who did what, where, and the way there. */
export function NotificationLine({ notification, onMark, isCompact, onFollow }: Props) {
  const { t } = useTranslation("notifications");
  const { id, kind, actors, isRead, createdAt, excerpt, community } = notification;
  const target = targetOf(notification);
  const [actor] = actors;
  const open = () => {
    if (!isRead) onMark(id, true);
    onFollow?.();
  };
  const inside = (
    <>
      <span className={styles.picture}>
        {actor ? (
          <Avatar name={actor.name} color={actor.avatarColor} url={actor.avatarUrl} />
        ) : community ? (
          <CommunityMark name={community.name} color={community.coverColor} />
        ) : null}
        <span className={styles.kind} data-kind={kind}>
          <Icon name={kindIcon[kind]} size={13} />
        </span>
      </span>
      <span className={styles.text}>
        <span>
          {!isRead && <VisuallyHidden>{t("unread")}: </VisuallyHidden>}
          <Sentence notification={notification} />
        </span>
        {excerpt && <span className={styles.excerpt}>{excerpt}</span>}
        <span className={styles.when}>
          <RelativeTime value={createdAt} />
          {community && <> · {community.name}</>}
        </span>
      </span>
    </>
  );
  return (
    <div className={cx(styles.line, !isRead && styles.unread)}>
      {target ? (
        <Link {...target} className={styles.link} onClick={open}>
          {inside}
        </Link>
      ) : (
        <div className={styles.link}>{inside}</div>
      )}
      {!isCompact && (
        <IconButton
          icon={isRead ? "mail" : "check"}
          size="s"
          label={t(isRead ? "markUnread" : "markRead")}
          onPress={() => onMark(id, !isRead)}
        />
      )}
    </div>
  );
}

// Signs that stand in no text, for what is shown bold.
const marks = { who: "\u0001", where: "\u0002" };

/** The sentence, with people and place set off. */
function Sentence({ notification }: { notification: Notification }) {
  const { t } = useTranslation("notifications");
  const { formatNumber } = useFormat();
  const { kind, actorCount, actors, community, post, reply, dispatch } = notification;
  const who = whoDid(notification);
  const name =
    who.form === "nobody"
      ? t("who.nobody")
      : who.form === "one"
        ? who.a
        : who.form === "two"
          ? t("who.two", { a: who.a, b: who.b })
          : t("who.more", { a: who.a, count: who.count, number: formatNumber(who.count) });
  const where = community?.name ?? t("somewhere");
  const count = Math.max(actorCount, actors.length, 1);
  const key =
    kind === "REACTION" && reply ? ("kind.REACTION_REPLY" as const) : (`kind.${kind}` as const);
  const sentence = t(key, { count, ...marks });
  const text = dispatch && inLanguage(dispatch.texts, currentLocale(), dispatch.language);
  const title = post?.title ?? text?.title;
  return (
    <>
      {pieces(sentence, marks).map(({ part, name: mark }) =>
        mark === "who" ? (
          <b key={part}>{name}</b>
        ) : mark === "where" ? (
          <b key={part}>{where}</b>
        ) : (
          <span key={part}>{part}</span>
        ),
      )}
      {title && kind !== "ANNOUNCEMENT" && <span className={styles.title}> – {title}</span>}
    </>
  );
}
