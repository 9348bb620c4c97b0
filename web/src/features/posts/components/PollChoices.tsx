import { useState } from "react";
import type { PollPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, Checkbox, CheckboxGroup, Radio, RadioGroup } from "@/ui";
import styles from "./Kinds.module.css";

type Props = {
  options: PollPartsFragment["options"];
  isMultiple: boolean;
  /** A vote cannot be changed later. */
  isFinal: boolean;
  initial: readonly string[];
  onVote: (optionIds: string[]) => void;
  onCancel?: () => void;
};

/** The options of a poll, to choose from. */
export function PollChoices({ options, isMultiple, isFinal, initial, onVote, onCancel }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const [chosen, setChosen] = useState<string[]>([...initial]);
  return (
    <div className={styles.choices}>
      {isMultiple ? (
        <CheckboxGroup label={t("poll.chooseSeveral")} value={chosen} onChange={setChosen}>
          {options.map(({ id, text }) => (
            <Checkbox key={id} value={id}>
              {text}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : (
        <RadioGroup
          label={t("poll.chooseOne")}
          value={chosen[0] ?? null}
          onChange={(id) => setChosen([id])}
        >
          {options.map(({ id, text }) => (
            <Radio key={id} value={id}>
              {text}
            </Radio>
          ))}
        </RadioGroup>
      )}
      <div className={styles.row}>
        <Button
          size="s"
          variant="primary"
          isDisabled={chosen.length === 0}
          onPress={() => onVote(chosen)}
        >
          {t("poll.vote")}
        </Button>
        {onCancel && (
          <Button size="s" onPress={onCancel}>
            {t("common:action.cancel")}
          </Button>
        )}
        {isFinal && <span className={styles.hint}>{t("poll.final")}</span>}
      </div>
    </div>
  );
}
