import { lazy, Suspense, useState } from "react";
import { useViewer } from "@/app/viewer";
import { useTranslation } from "@/i18n";
import { Avatar, SkeletonBlock } from "@/ui";
import styles from "./Reply.module.css";

const ReplyComposer = lazy(() =>
  import("../composer/ReplyComposer").then((module) => ({ default: module.ReplyComposer })),
);

type Props = {
  postId: string;
  /** The reply one answers, if not the post itself. */
  parent?: { id: string; name: string } | null;
  isOpenAtOnce?: boolean;
  onClose?: () => void;
  onSent?: () => void;
};

/** A quiet line that becomes a writing field; the field is a chunk of its own. */
export function ReplyBox({ postId, parent, isOpenAtOnce = false, onClose, onSent }: Props) {
  const { t } = useTranslation("posts");
  const { person } = useViewer();
  const [isOpen, setOpen] = useState(isOpenAtOnce);
  function close() {
    setOpen(false);
    onClose?.();
  }
  return (
    <div className={styles.box} data-reply-box={postId}>
      <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="s" />
      {isOpen || parent ? (
        <Suspense fallback={<SkeletonBlock />}>
          <ReplyComposer
            key={parent?.id ?? postId}
            postId={postId}
            parent={parent ?? null}
            onClose={close}
            onSent={onSent}
          />
        </Suspense>
      ) : (
        <button type="button" className={styles.opener} onClick={() => setOpen(true)}>
          {t("reply.placeholder")}
        </button>
      )}
    </div>
  );
}
