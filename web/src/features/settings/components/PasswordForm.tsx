import { type FormEvent, useState } from "react";
import { useViewer } from "@/app/viewer";
import { NewPassword, passwordStrength } from "@/features/auth";
import { byField, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Banner, Button, PasswordField } from "@/ui";
import { PasswordChangeMutation } from "../mutations";
import styles from "./Settings.module.css";

type PasswordFormProps = { currentLabel: string; submitLabel: string; onDone?: () => void };

/** The password one has, and the one to have from now on. */
export function PasswordForm({ currentLabel, submitLabel, onDone }: PasswordFormProps) {
  const { t } = useTranslation("auth");
  const { person } = useViewer();
  const { textOfUserError } = useErrorText();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const { run, isPending } = useAction(PasswordChangeMutation, (answer) => answer.passwordChange, {
    showsUserErrors: true,
  });
  const { fields, rest } = byField(errors, ["currentPassword", "newPassword"]);
  const known = [person.name, person.handle];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const { payload, userErrors } = await run({
      input: { currentPassword: current, newPassword: next },
    });
    setErrors(userErrors);
    if (!payload) return;
    setCurrent("");
    setNext("");
    onDone?.();
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      {rest.map((error) => (
        <Banner key={error.code} tone="danger" isLive>
          {textOfUserError(error)}
        </Banner>
      ))}
      {/* Tells password managers whose password this is. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value={person.handle}
        readOnly
        hidden
      />
      <PasswordField
        label={currentLabel}
        name="current-password"
        autoComplete="current-password"
        isRequired
        value={current}
        onChange={setCurrent}
        error={fields.currentPassword ? textOfUserError(fields.currentPassword) : null}
        showLabel={t("password.show")}
        hideLabelText={t("password.hide")}
      />
      <NewPassword
        label={t("password.new")}
        value={next}
        onChange={setNext}
        known={known}
        error={fields.newPassword ? textOfUserError(fields.newPassword) : null}
      />
      <div className={styles.buttons}>
        <Button
          type="submit"
          variant="primary"
          isPending={isPending}
          isDisabled={!current || passwordStrength(next, known) === 0}
        >
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
