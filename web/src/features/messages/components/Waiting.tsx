import type { WaitingPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Icon } from "@/ui";
import type { MessageActions } from "../useMessageActions";
import styles from "./Messages.module.css";

type Props = { waiting: WaitingPartsFragment["scheduledMessages"]; actions: MessageActions };

/** Messages of one's own that are sent later. */
export function Waiting({ waiting, actions }: Props) {
  const { t } = useTranslation("messages");
  const { formatDate } = useFormat();
  if (waiting.length === 0) return null;
  return (
    <details className={styles.waiting}>
      <summary>
        <Icon name="clock" size={16} />
        {t("waiting", { count: waiting.length })}
      </summary>
      <ul>
        {waiting.map(({ id, bodySource, sendAt, attachments }) => (
          <li key={id}>
            <span>
              <span className={styles.hitText}>
                {bodySource || t("onlyFiles", { count: attachments.length })}
              </span>
              <small>{t("sendsAt", { when: formatDate(sendAt, "dateTime") })}</small>
            </span>
            <Button size="s" variant="quiet" onPress={() => void actions.cancelScheduled(id)}>
              {t("takeBack")}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
