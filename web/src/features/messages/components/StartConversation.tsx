import { Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useViewer } from "@/app/viewer";
import { PersonPicker, type PickedPerson } from "@/features/people";
import { type UserErrorLike, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, Dialog } from "@/ui";
import { ConversationStartMutation } from "../queries";
import styles from "./Messages.module.css";

/** The limit is fifty with oneself. */
const maxOthers = 49;

/** Chooses whom to write to. */
export function StartConversation({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["messages", "common"]);
  const { person } = useViewer();
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const { run, isPending } = useAction(
    ConversationStartMutation,
    (answer) => answer.conversationStart,
    { showsUserErrors: true },
  );
  const [chosen, setChosen] = useState<readonly PickedPerson[]>([]);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const clientId = useRef(crypto.randomUUID());
  const [first] = errors;

  async function start() {
    const { payload, userErrors } = await run({
      input: { clientId: clientId.current, personIds: chosen.map(({ id }) => id) },
    });
    setErrors(userErrors);
    const conversationId = payload?.conversation?.id;
    if (!conversationId) return;
    onClose();
    void navigate({ to: "/messages/$conversationId", params: { conversationId } });
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={chosen.length === 0}
      title={t("start")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={chosen.length === 0}
            onPress={() => void start()}
          >
            {t("startNow")}
          </Button>
        </>
      }
    >
      <PersonPicker
        label={t("to")}
        chosen={chosen}
        onChange={(next) => {
          // Other people make another conversation, so a new attempt.
          clientId.current = crypto.randomUUID();
          setErrors([]);
          setChosen(next);
        }}
        exclude={[person.id]}
        max={maxOthers}
        error={first ? textOfUserError(first) : null}
        autoFocus
      />
      {chosen.length >= maxOthers && (
        <p className={styles.full}>
          {t("full")}{" "}
          <Link to="/communities" onClick={onClose}>
            {t("toCommunities")}
          </Link>
        </p>
      )}
    </Dialog>
  );
}
