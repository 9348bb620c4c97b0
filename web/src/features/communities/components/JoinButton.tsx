import { useState } from "react";
import { useAction } from "@/graphql";
import type { CommunityCardPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Badge, Button, Dialog, showToast, TextArea } from "@/ui";
import { CommunityJoinMutation, JoinRequestWithdrawMutation } from "../mutations";

type Props = {
  community: Pick<
    CommunityCardPartsFragment,
    "id" | "name" | "viewerCan" | "viewerHasRequested" | "viewerIsInvited"
  >;
  size?: "s" | "m";
};

/** The way into a community that is open to the viewer, and only that one. */
export function JoinButton({ community, size = "m" }: Props) {
  const { t } = useTranslation("communities");
  const { id, name, viewerCan, viewerHasRequested, viewerIsInvited } = community;
  const join = useAction(CommunityJoinMutation, (answer) => answer.communityJoin);
  const withdraw = useAction(JoinRequestWithdrawMutation, (answer) => answer.joinRequestWithdraw);
  const [isAsking, setAsking] = useState(false);
  const [message, setMessage] = useState("");

  async function enter() {
    const { payload } = await join.run({ input: { communityId: id, message: null } });
    if (payload) showToast(t("joined", { name }), { tone: "success" });
  }

  async function ask() {
    const { payload } = await join.run({
      input: { communityId: id, message: message.trim() || null },
    });
    if (!payload) return;
    setAsking(false);
    showToast(t("requested", { name }), { tone: "success" });
  }

  if (viewerIsInvited) return <Badge tone="accent">{t("invited")}</Badge>;
  if (viewerHasRequested) {
    return (
      <Button
        size={size}
        isPending={withdraw.isPending}
        aria-label={t("withdrawOf", { name })}
        onPress={() => void withdraw.run({ input: { communityId: id } })}
      >
        {t("withdraw")}
      </Button>
    );
  }
  if (viewerCan.join) {
    return (
      <Button
        size={size}
        variant="primary"
        isPending={join.isPending}
        aria-label={t("joinName", { name })}
        onPress={() => void enter()}
      >
        {t("join")}
      </Button>
    );
  }
  if (!viewerCan.requestToJoin) return null;
  return (
    <>
      <Button
        size={size}
        variant={size === "s" ? "secondary" : "primary"}
        aria-label={t("requestName", { name })}
        onPress={() => setAsking(true)}
      >
        {t("request")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t("requestTitle", { name })}
        size="s"
        footer={
          <>
            <Button onPress={() => setAsking(false)}>{t("cancel")}</Button>
            <Button variant="primary" isPending={join.isPending} onPress={() => void ask()}>
              {t("requestSend")}
            </Button>
          </>
        }
      >
        <TextArea
          label={t("requestMessage")}
          hint={t("requestMessageHint")}
          isOptional
          limit={500}
          value={message}
          onChange={setMessage}
          autoFocus
        />
      </Dialog>
    </>
  );
}
