import { PersonPicker } from "@/features/people";
import { useTranslation } from "@/i18n";
import { Checkbox, IconButton } from "@/ui";
import type { Condition } from "../draft";
import styles from "./Audiences.module.css";
import { CommunityPicker, LocationPicker, RolePicker, UnitPicker } from "./pickers";
import { LanguagePicker, SkillPicker } from "./profilePickers";

type ConditionCardProps = {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
};

/** One condition with its fields. */
export function ConditionCard({ condition, onChange, onRemove }: ConditionCardProps) {
  const { t } = useTranslation("audiences");
  const name = t(`build.${condition.kind}`);
  return (
    <section className={styles.condition} aria-label={name}>
      <div className={styles.conditionHead}>
        <h3>{name}</h3>
        <IconButton icon="close" label={t("build.remove", { name })} onPress={onRemove} />
      </div>
      <Fields condition={condition} onChange={onChange} />
    </section>
  );
}

function Fields({ condition, onChange }: Omit<ConditionCardProps, "onRemove">) {
  const { t } = useTranslation("audiences");
  switch (condition.kind) {
    case "everybody":
      return <p className={styles.hint}>{t("build.everybodyText")}</p>;
    case "place":
      return (
        <>
          <UnitPicker
            chosen={condition.units}
            onChange={(units) => onChange({ ...condition, units })}
          />
          <RolePicker
            chosen={condition.roles}
            onChange={(roles) => onChange({ ...condition, roles })}
          />
          <div className={styles.checks}>
            {condition.units.length > 0 && (
              <Checkbox
                isSelected={condition.withBelow}
                onChange={(withBelow) => onChange({ ...condition, withBelow })}
              >
                {t("build.withBelow")}
              </Checkbox>
            )}
            <Checkbox
              isSelected={condition.headsOnly}
              onChange={(headsOnly) => onChange({ ...condition, headsOnly })}
            >
              {t("build.headsOnly")}
            </Checkbox>
          </div>
        </>
      );
    case "communities":
      return (
        <CommunityPicker
          chosen={condition.communities}
          onChange={(communities) => onChange({ ...condition, communities })}
        />
      );
    case "people":
      return (
        <PersonPicker
          label={t("build.people")}
          chosen={condition.people}
          onChange={(people) => onChange({ ...condition, people })}
          max={200}
        />
      );
    case "locations":
      return (
        <LocationPicker
          chosen={condition.names}
          onChange={(names) => onChange({ ...condition, names })}
        />
      );
    case "skills":
      return (
        <SkillPicker
          chosen={condition.names}
          onChange={(names) => onChange({ ...condition, names })}
        />
      );
    case "languages":
      return (
        <LanguagePicker
          chosen={condition.codes}
          onChange={(codes) => onChange({ ...condition, codes })}
        />
      );
  }
}
