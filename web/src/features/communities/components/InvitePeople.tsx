import { useState } from "react";
import { useViewer } from "@/app/viewer";
import { PersonPicker, type PickedPerson } from "@/features/people";
import { type UserErrorLike, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, Dialog, showToast } from "@/ui";
import { CommunityInviteMutation } from "../mutations";

type Props = { communityId: string; name: string; onClose: () => void };

/** Asks colleagues in. */
export function InvitePeople({ communityId, name, onClose }: Props) {
  const { t } = useTranslation(["communities", "common"]);
  const { person } = useViewer();
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    CommunityInviteMutation,
    (answer) => answer.communityInvite,
    { showsUserErrors: true },
  );
  const [chosen, setChosen] = useState<readonly PickedPerson[]>([]);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [first] = errors;

  async function invite() {
    const { payload, userErrors } = await run({
      input: { communityId, personIds: chosen.map(({ id }) => id) },
    });
    setErrors(userErrors);
    if (!payload) return;
    showToast(t("invite.done", { count: payload.invitedCount }), { tone: "success" });
    onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={chosen.length === 0}
      title={t("invite.title", { name })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={chosen.length === 0}
            onPress={() => void invite()}
          >
            {t("invite.send", { count: chosen.length })}
          </Button>
        </>
      }
    >
      <PersonPicker
        label={t("invite.people")}
        chosen={chosen}
        onChange={(next) => {
          setChosen(next);
          setErrors([]);
        }}
        exclude={[person.id]}
        max={50}
        error={first ? textOfUserError(first) : null}
        autoFocus
      />
    </Dialog>
  );
}
