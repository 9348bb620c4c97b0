import { useSyncExternalStore } from "react";
import { useViewer } from "@/app/viewer";
import { errorText, useClient, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Button, Icon } from "@/ui";
import { outbox } from "../outbox";
import styles from "./Thread.module.css";

/** One's own replies that are still on their way, or wait to be sent again. */
export function OutboxList({ postId }: { postId: string }) {
  const { t } = useTranslation(["posts", "common"]);
  const { t: common } = useTranslation("common");
  const { textOfUserError } = useErrorText();
  const client = useClient();
  const { person } = useViewer();
  const items = useSyncExternalStore(outbox.subscribe, () => outbox.of(postId));
  return items.map(({ input, status, error, userError }) => (
    <div key={input.clientId} className={styles.outgoing} aria-busy={status === "sending"}>
      <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="s" />
      <div className={styles.outgoingMain}>
        <p className={styles.outgoingText} dir="auto">
          {input.body}
        </p>
        {status === "sending" ? (
          <p className={styles.hint} role="status">
            {t("reply.sending")}
          </p>
        ) : (
          <p className={styles.failed} role="alert">
            <Icon name="warning" size={16} />
            <span>
              {userError
                ? textOfUserError(userError)
                : error
                  ? errorText(common, error)
                  : t("common:error.NETWORK")}
            </span>
            <Button size="s" onPress={() => void outbox.retry(client, input.clientId)}>
              {t("common:action.retry")}
            </Button>
            <Button size="s" variant="quiet" onPress={() => outbox.drop(input.clientId)}>
              {t("reply.takeBack")}
            </Button>
          </p>
        )}
      </div>
    </div>
  ));
}
