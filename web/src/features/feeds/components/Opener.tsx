import { useViewer } from "@/app/viewer";
import { useComposer } from "@/features/posts";
import { useTranslation } from "@/i18n";
import { Avatar } from "@/ui";
import styles from "../Feeds.module.css";

/** An invitation to write, at the top of the feed. */
export function Opener() {
  const { t } = useTranslation("feed");
  const { person } = useViewer();
  const { compose } = useComposer();
  const [first = person.name] = person.name.split(" ");
  return (
    <div className={styles.opener}>
      <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} />
      <button type="button" className={styles.openerButton} onClick={() => compose()}>
        {t("opener", { name: first })}
      </button>
    </div>
  );
}
