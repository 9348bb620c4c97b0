import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Banner, Button, Dialog } from "@/ui";
import { CommunityCreateMutation } from "../mutations";
import { CommunityCardParts, CommunityParts } from "../queries";
import styles from "./Communities.module.css";
import { type CommunityDraft, CommunityFields, communityFields } from "./CommunityFields";

const empty: CommunityDraft = {
  name: "",
  description: "",
  visibility: "PUBLIC",
  joining: "OPEN",
  posting: "EVERYBODY",
  topics: [],
};

/** Founds a community and goes there. */
export function CreateCommunity({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["communities", "common"]);
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const { run, isPending } = useAction(
    CommunityCreateMutation,
    (answer) => answer.communityCreate,
    { showsUserErrors: true },
  );
  const [draft, setDraft] = useState(empty);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  // Kept over repeated attempts, so that a lost answer founds nothing twice.
  const clientId = useRef(crypto.randomUUID());
  const { fields, rest } = byField(errors, communityFields);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({
      input: { ...draft, clientId: clientId.current, topics: [...draft.topics] },
    });
    setErrors(userErrors);
    const made = readFragment(CommunityParts, payload?.community);
    if (!made) return;
    onClose();
    const { slug } = readFragment(CommunityCardParts, made);
    void navigate({ to: "/communities/$slug", params: { slug } });
  }

  const texts = Object.fromEntries(
    communityFields.flatMap((field) => {
      const error = fields[field];
      return error ? [[field, textOfUserError(error)]] : [];
    }),
  );
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={!draft.name && !draft.description}
      title={t("create")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            type="submit"
            form="community"
            variant="primary"
            isPending={isPending}
            isDisabled={!draft.name.trim()}
          >
            {t("create")}
          </Button>
        </>
      }
    >
      <form id="community" className={styles.form} onSubmit={submit}>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        <CommunityFields draft={draft} onChange={setDraft} errors={texts} autoFocus />
      </form>
    </Dialog>
  );
}
