import { useState } from "react";
import { useTimeZone } from "@/app/viewer/useTimeZone";
import { type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { PostScheduleMutation as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Dialog, showToast, TextField } from "@/ui";
import { fromZoned, toZoned } from "../composer/zonedTime";
import { PostScheduleMutation } from "../mutations";
import styles from "./Dialogs.module.css";

const payloadOf = (data: Data) => data.postSchedule;

type Props = { postId: string; scheduledFor: string | null; onClose: () => void };

/** Another time for a scheduled post. */
export function RescheduleDialog({ postId, scheduledFor, onClose }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { formatDate } = useFormat();
  const { textOfUserError } = useErrorText();
  const timeZone = useTimeZone();
  const { run, isPending } = useAction(PostScheduleMutation, payloadOf, { showsUserErrors: true });
  const [at, setAt] = useState(scheduledFor);
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  async function submit() {
    if (!at) return;
    const { payload, userErrors } = await run({ input: { postId, scheduledFor: at } });
    setErrors(userErrors);
    if (!payload) return;
    onClose();
    showToast(t("composer.scheduled", { time: formatDate(at) }), { tone: "success" });
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("schedule.title")}
      size="s"
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isDisabled={!at}
            isPending={isPending}
            onPress={() => void submit()}
          >
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          type="datetime-local"
          label={t("schedule.at")}
          hint={t("schedule.zone", { zone: timeZone })}
          value={at ? toZoned(at, timeZone) : ""}
          onChange={(text) => setAt(fromZoned(text, timeZone))}
          error={errors[0] ? textOfUserError(errors[0]) : null}
          autoFocus
        />
      </div>
    </Dialog>
  );
}
