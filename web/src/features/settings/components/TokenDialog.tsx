import { type FormEvent, useState } from "react";
import { useViewer } from "@/app/viewer";
import { byField, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { AccessTokenScope } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Banner,
  Button,
  Checkbox,
  CheckboxGroup,
  Dialog,
  IconButton,
  Select,
  showToast,
  TextField,
} from "@/ui";
import { AccessTokenCreateMutation } from "../mutations";
import styles from "./Settings.module.css";

const scopes = ["READ", "WRITE", "ADMIN"] as const satisfies readonly AccessTokenScope[];
const lifetimes = ["30", "90", "365", "never"] as const;
type Lifetime = (typeof lifetimes)[number];

const dayMs = 86_400_000;

/** Makes a token and shows it, this once. */
export function TokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const { viewerCan } = useViewer();
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    AccessTokenCreateMutation,
    (answer) => answer.accessTokenCreate,
    {
      showsUserErrors: true,
    },
  );
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly AccessTokenScope[]>(["READ"]);
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [secret, setSecret] = useState<string | null>(null);
  const { fields, rest } = byField(errors, ["name", "scopes"]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const expiresAt =
      lifetime === "never" ? null : new Date(Date.now() + Number(lifetime) * dayMs).toISOString();
    const { payload, userErrors } = await run({
      input: { name: name.trim(), scopes: [...chosen], expiresAt },
    });
    setErrors(userErrors);
    if (payload?.secret) setSecret(payload.secret);
  }

  if (secret) {
    return (
      <Dialog
        isOpen
        onOpenChange={(open) => !open && onClose()}
        isDismissable={false}
        title={t("tokens.created")}
        footer={
          <Button variant="primary" onPress={onClose}>
            {t("common:action.done")}
          </Button>
        }
      >
        <div className={styles.form}>
          <Banner tone="warning">{t("tokens.createdHint")}</Banner>
          <div className={styles.secret}>
            <code>{secret}</code>
            {navigator.clipboard && (
              <IconButton
                icon="copy"
                label={t("common:action.copy")}
                onPress={() => {
                  void navigator.clipboard
                    ?.writeText(secret)
                    .then(() => showToast(t("common:state.copied"), { tone: "success" }));
                }}
              />
            )}
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("tokens.create")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            type="submit"
            form="token"
            variant="primary"
            isPending={isPending}
            isDisabled={!name.trim() || chosen.length === 0}
          >
            {t("tokens.create")}
          </Button>
        </>
      }
    >
      <form id="token" className={styles.form} onSubmit={submit}>
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        <TextField
          label={t("tokens.name")}
          value={name}
          onChange={setName}
          autoFocus
          isRequired
          error={fields.name ? textOfUserError(fields.name) : null}
        />
        <CheckboxGroup
          label={t("tokens.scopes")}
          value={[...chosen]}
          onChange={(values) => setChosen(scopes.filter((scope) => values.includes(scope)))}
          error={
            chosen.length === 0
              ? t("tokens.scopeRequired")
              : fields.scopes
                ? textOfUserError(fields.scopes)
                : null
          }
        >
          {scopes
            .filter((scope) => scope !== "ADMIN" || viewerCan.administerNetwork)
            .map((scope) => (
              <Checkbox key={scope} value={scope}>
                {t(`tokens.scope_${scope}`)}
              </Checkbox>
            ))}
        </CheckboxGroup>
        <Select<Lifetime>
          label={t("tokens.expiry")}
          value={lifetime}
          onChange={setLifetime}
          options={lifetimes.map((value) => ({
            value,
            label:
              value === "never" ? t("tokens.never") : t("tokens.days", { count: Number(value) }),
          }))}
        />
      </form>
    </Dialog>
  );
}
