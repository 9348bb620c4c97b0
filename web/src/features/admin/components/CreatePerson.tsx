import { type FormEvent, useState } from "react";
import { handleFrom } from "@/features/auth";
import { byField, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { OrganisationRole } from "@/graphql/generated/graphql";
import { currentLocale, type Locale, locales, useTranslation } from "@/i18n";
import { Banner, Button, Dialog, Select, TextField } from "@/ui";
import { PersonCreateMutation } from "../queries";
import styles from "./Admin.module.css";
import type { Credentials } from "./OneTimePassword";

type Props = { onClose: () => void; onCredentials: (credentials: Credentials) => void };

const fieldNames = ["name", "handle", "email", "title", "role", "locale"] as const;

/** Makes an account. The handle follows the name until it is written by hand. */
export function CreatePerson({ onClose, onCredentials }: Props) {
  const { t } = useTranslation(["admin", "common", "shell"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(PersonCreateMutation, (answer) => answer.personCreate, {
    showsUserErrors: true,
  });
  const [name, setName] = useState("");
  const [ownHandle, setOwnHandle] = useState<string | null>(null);
  const [email, setEmail] = useState("");
  const [title, setTitle] = useState("");
  const [role, setRole] = useState<OrganisationRole>("MEMBER");
  const [locale, setLocale] = useState<Locale>(currentLocale());
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { fields, rest } = byField(errors, fieldNames);
  const handle = ownHandle ?? handleFrom(name);
  const textOf = (field: (typeof fieldNames)[number]) => {
    const error = fields[field];
    return error ? textOfUserError(error) : null;
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({
      input: { name: name.trim(), handle, email: email.trim(), title: title.trim(), role, locale },
    });
    setErrors(userErrors);
    if (!payload) return;
    onClose();
    if (payload.oneTimePassword) {
      onCredentials({ name: name.trim(), handle, password: payload.oneTimePassword });
    }
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={!name && !email}
      title={t("people.create")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            type="submit"
            form="person"
            variant="primary"
            isPending={isPending}
            isDisabled={!name.trim() || !handle || !email.trim()}
          >
            {t("people.create")}
          </Button>
        </>
      }
    >
      <form id="person" className={styles.form} onSubmit={submit} autoComplete="off">
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        <TextField
          label={t("people.name")}
          value={name}
          onChange={setName}
          error={textOf("name")}
          isRequired
          autoFocus
        />
        <div className={styles.pair}>
          <TextField
            label={t("people.handle")}
            hint={t("people.handleHint")}
            icon="at"
            value={handle}
            onChange={setOwnHandle}
            error={textOf("handle")}
            isRequired
          />
          <TextField
            label={t("people.email")}
            type="email"
            value={email}
            onChange={setEmail}
            error={textOf("email")}
            isRequired
          />
        </div>
        <TextField
          label={t("people.jobTitle")}
          isOptional
          value={title}
          onChange={setTitle}
          error={textOf("title")}
        />
        <div className={styles.pair}>
          <Select<OrganisationRole>
            label={t("people.role")}
            value={role}
            onChange={setRole}
            options={[
              { value: "MEMBER", label: t("common:role.MEMBER") },
              { value: "NETWORK_ADMIN", label: t("common:role.NETWORK_ADMIN") },
            ]}
          />
          <Select<Locale>
            label={t("people.locale")}
            value={locale}
            onChange={setLocale}
            options={locales.map((value) => ({ value, label: t(`shell:locale.${value}`) }))}
          />
        </div>
      </form>
    </Dialog>
  );
}
