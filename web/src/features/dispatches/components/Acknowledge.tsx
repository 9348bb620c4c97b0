import { useState } from "react";
import { byField, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { DispatchPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Banner, Button, Card, Icon, PasswordField, Radio, RadioGroup } from "@/ui";
import { DispatchAcknowledgeMutation } from "../queries";
import { dutyState } from "../texts";
import styles from "./Dispatches.module.css";

type Props = {
  dispatch: DispatchPartsFragment & { viewerDuty: Parameters<typeof dutyState>[0]["viewerDuty"] };
  acknowledgedAt: string | null;
  /** Language that was read. */
  language: string;
  onDone: () => void;
};

/** Confirming: after the questions of understanding, and signed where it has to be. */
export function Acknowledge({ dispatch, acknowledgedAt, language, onDone }: Props) {
  const { t } = useTranslation(["dispatches", "auth"]);
  const { formatDate } = useFormat();
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(
    DispatchAcknowledgeMutation,
    (answer) => answer.dispatchAcknowledge,
    { showsUserErrors: true },
  );
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [password, setPassword] = useState("");
  const [answers, setAnswers] = useState<Record<number, number>>({});
  const questions = dispatch.questions.filter((question) => question.language === language);
  const state = dutyState(dispatch);
  if (state === "done" && acknowledgedAt) {
    return (
      <p className={styles.confirmed} role="status">
        <Icon name="check-circle" size={20} />
        {t("acknowledge.done", {
          when: formatDate(acknowledgedAt, "dateTime"),
          version: dispatch.viewerDuty?.acknowledgedVersion ?? dispatch.version,
        })}
      </p>
    );
  }
  if (state !== "open" && state !== "overdue") return null;
  const { fields, rest } = byField(errors, ["password", "answers"]);
  const isComplete =
    questions.every((_, index) => answers[index] !== undefined) &&
    (!dispatch.needsSignature || password !== "");

  async function confirm() {
    const { payload, userErrors } = await run({
      input: {
        dispatchId: dispatch.id,
        version: dispatch.version,
        language,
        password: dispatch.needsSignature ? password : null,
        answers: questions.map((_, index) => answers[index] ?? -1),
      },
    });
    setErrors(userErrors);
    setPassword("");
    if (payload) onDone();
  }

  return (
    <Card className={styles.acknowledge}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <h2>{t("acknowledge.title")}</h2>
        <p>{t("acknowledge.text", { version: dispatch.version })}</p>
        {questions.map(({ prompt, options }, index) => (
          <RadioGroup
            key={prompt}
            label={prompt}
            value={answers[index] === undefined ? "" : String(answers[index])}
            onChange={(value) => setAnswers((known) => ({ ...known, [index]: Number(value) }))}
          >
            {options.map((option, number) => (
              <Radio key={option} value={String(number)}>
                {option}
              </Radio>
            ))}
          </RadioGroup>
        ))}
        {fields.answers && (
          <Banner tone="warning" isLive>
            {textOfUserError(fields.answers)}
          </Banner>
        )}
        {dispatch.needsSignature && (
          <PasswordField
            label={t("acknowledge.password")}
            hint={t("acknowledge.passwordHint")}
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            error={fields.password ? textOfUserError(fields.password) : null}
            showLabel={t("auth:password.show")}
            hideLabelText={t("auth:password.hide")}
          />
        )}
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
        <Button type="submit" variant="primary" isPending={isPending} isDisabled={!isComplete}>
          {t("acknowledge.confirm")}
        </Button>
      </form>
    </Card>
  );
}
