import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useAction } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { ConversationStartMutation } from "../queries";

/** Opens the conversation with one person, new or old. */
export function MessageButton({ personId }: { personId: string }) {
  const { t } = useTranslation("messages");
  const navigate = useNavigate();
  const { run, isPending } = useAction(
    ConversationStartMutation,
    (answer) => answer.conversationStart,
  );
  const clientId = useRef(crypto.randomUUID());
  async function open() {
    const { payload } = await run({
      input: { clientId: clientId.current, personIds: [personId] },
    });
    const conversationId = payload?.conversation?.id;
    if (conversationId)
      void navigate({ to: "/messages/$conversationId", params: { conversationId } });
  }
  return (
    <Button icon="message" isPending={isPending} onPress={() => void open()}>
      {t("message")}
    </Button>
  );
}
