import type {
  EmailTiming,
  NotificationCategory,
  NotificationChoiceInput,
  NotificationChoicePartsFragment,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Checkbox, Select } from "@/ui";
import styles from "./Delivery.module.css";

const timings = ["NEVER", "INSTANT", "DAILY", "WEEKLY"] as const satisfies readonly EmailTiming[];

type Props = {
  choices: readonly NotificationChoicePartsFragment[];
  hasMail: boolean;
  hasPush: boolean;
  onChoose: (input: NotificationChoiceInput) => void;
};

/** Which news come over which channel, a line per kind. */
export function ChoiceMatrix({ choices, hasMail, hasPush, onChoose }: Props) {
  const { t } = useTranslation("notifications");
  const name = (category: NotificationCategory) => t(`category.${category}`);
  return (
    <ul className={styles.matrix}>
      {choices.map(({ category, inApp, email, push, isAlwaysShown }) => {
        const now = { category, inApp, email, push };
        return (
          <li key={category} className={styles.kind}>
            {/* biome-ignore lint/a11y/useSemanticElements: a legend cannot stand in a grid */}
            <div role="group" aria-label={name(category)} className={styles.channels}>
              <span className={styles.kindName}>{name(category)}</span>
              <Checkbox
                isSelected={inApp}
                isDisabled={isAlwaysShown}
                onChange={(value) => onChoose({ ...now, inApp: value })}
              >
                {t("delivery.inApp")}
              </Checkbox>
              {hasMail && (
                <Select
                  label={t("delivery.emailOf", { kind: name(category) })}
                  hideLabel
                  size="s"
                  isDisabled={!inApp}
                  value={email}
                  onChange={(value) => onChoose({ ...now, email: value })}
                  options={timings.map((value) => ({ value, label: t(`delivery.email.${value}`) }))}
                  className={styles.timing}
                />
              )}
              {hasPush && (
                <Checkbox
                  isSelected={push}
                  isDisabled={!inApp}
                  onChange={(value) => onChoose({ ...now, push: value })}
                >
                  {t("delivery.push")}
                </Checkbox>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
