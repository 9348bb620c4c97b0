import { Outlet, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Page } from "@/app/shell";
import { useTranslation } from "@/i18n";
import { EmptyState, IconButton } from "@/ui";
import { ConversationList } from "../components/ConversationList";
import { ConversationPane } from "../components/ConversationPane";
import styles from "../components/Messages.module.css";
import { StartConversation } from "../components/StartConversation";

/** Private conversations: the list and the open one; on phones one at a time. */
export function MessagesPage() {
  const { t } = useTranslation("messages");
  const { conversationId } = useParams({ strict: false });
  const [isStarting, setStarting] = useState(false);
  return (
    <Page title={t("title")} hideTitle width="wide">
      <div className={styles.panes} data-open={conversationId ? true : undefined}>
        <div className={styles.side}>
          <div className={styles.sideHead}>
            <h2>{t("title")}</h2>
            <IconButton icon="edit" label={t("start")} onPress={() => setStarting(true)} />
          </div>
          <div className={styles.sideList}>
            <ConversationList onStart={() => setStarting(true)} />
          </div>
        </div>
        <div className={styles.open}>
          <Outlet />
        </div>
      </div>
      {isStarting && <StartConversation onClose={() => setStarting(false)} />}
    </Page>
  );
}

/** Beside the list, before one is chosen. */
export function NothingChosen() {
  const { t } = useTranslation("messages");
  return <EmptyState icon="message" title={t("choose")} text={t("chooseText")} />;
}

/** The conversation of the address. */
export function ChosenConversation() {
  const { conversationId } = useParams({ from: "/app/messages/$conversationId" });
  return <ConversationPane key={conversationId} id={conversationId} />;
}
