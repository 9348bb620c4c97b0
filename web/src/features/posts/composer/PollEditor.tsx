import { useTimeZone } from "@/app/viewer/useTimeZone";
import { useTranslation } from "@/i18n";
import { Button, Checkbox, IconButton, TextField } from "@/ui";
import styles from "./Composer.module.css";
import type { PollDraft } from "./draft";
import { fromZoned, toZoned } from "./zonedTime";

const maxOptions = 10;

type Props = { poll: PollDraft; onChange: (poll: PollDraft) => void; error?: string | null };

/** Options and rules of a poll. */
export function PollEditor({ poll, onChange, error }: Props) {
  const { t } = useTranslation("posts");
  const timeZone = useTimeZone();
  const set = (index: number, text: string) =>
    onChange({
      ...poll,
      options: poll.options.map((option, each) => (each === index ? text : option)),
    });
  return (
    <fieldset className={styles.group}>
      <legend>{t("poll.options")}</legend>
      {poll.options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: options have no identity but their place
        <div key={index} className={styles.option}>
          <TextField
            label={t("poll.option", { number: index + 1 })}
            hideLabel
            placeholder={t("poll.option", { number: index + 1 })}
            value={option}
            onChange={(text) => set(index, text)}
            limit={200}
            error={index === 0 ? error : null}
          />
          <IconButton
            icon="close"
            label={t("poll.removeOption", { number: index + 1 })}
            isDisabled={poll.options.length <= 2}
            onPress={() =>
              onChange({ ...poll, options: poll.options.filter((_, each) => each !== index) })
            }
          />
        </div>
      ))}
      {poll.options.length < maxOptions && (
        <div>
          <Button
            size="s"
            icon="plus"
            variant="quiet"
            onPress={() => onChange({ ...poll, options: [...poll.options, ""] })}
          >
            {t("poll.addOption")}
          </Button>
        </div>
      )}
      <div className={styles.rules}>
        <Checkbox
          isSelected={poll.isMultipleChoice}
          onChange={(isMultipleChoice) => onChange({ ...poll, isMultipleChoice })}
        >
          {t("poll.multiple")}
        </Checkbox>
        <Checkbox
          isSelected={poll.isAnonymous}
          onChange={(isAnonymous) => onChange({ ...poll, isAnonymous })}
          hint={t("poll.anonymousHint")}
        >
          {t("poll.anonymous")}
        </Checkbox>
        <TextField
          type="datetime-local"
          label={t("poll.closesAt")}
          isOptional
          value={poll.closesAt ? toZoned(poll.closesAt, timeZone) : ""}
          onChange={(text) => onChange({ ...poll, closesAt: fromZoned(text, timeZone) })}
        />
      </div>
    </fieldset>
  );
}
