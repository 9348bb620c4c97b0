import { useTranslation } from "@/i18n";
import type { IconName } from "@/ui";
import { Button, Menu, MenuItem, Radio, RadioGroup } from "@/ui";
import {
  type AudienceDraft,
  type Condition,
  type ConditionKind,
  conditionKinds,
  newCondition,
} from "../draft";
import styles from "./Audiences.module.css";
import { ConditionCard } from "./ConditionCard";

export type AudienceBuilderProps = {
  draft: AudienceDraft;
  onChange: (draft: AudienceDraft) => void;
};

/** Puts an audience together: who is in, and who is left out. Goes with AudiencePreview. */
export function AudienceBuilder({ draft, onChange }: AudienceBuilderProps) {
  const { t } = useTranslation("audiences");
  const { mode, include, exclude } = draft;
  return (
    <div className={styles.stack}>
      <fieldset className={styles.group}>
        <legend>{t("build.include")}</legend>
        <Conditions
          conditions={include}
          onChange={(next) => onChange({ ...draft, include: next })}
        />
        {include.length > 1 && (
          <RadioGroup
            label={t("build.mode")}
            value={mode}
            onChange={(value) => onChange({ ...draft, mode: value === "any" ? "any" : "all" })}
          >
            <Radio value="all">{t("build.all")}</Radio>
            <Radio value="any">{t("build.any")}</Radio>
          </RadioGroup>
        )}
        <AddCondition
          label={t("build.add")}
          onAdd={(kind) => onChange({ ...draft, include: [...include, newCondition(kind)] })}
        />
      </fieldset>
      {include.length > 0 && (
        <fieldset className={styles.group}>
          <legend>{t("build.exclude")}</legend>
          {exclude.length > 0 && <p className={styles.hint}>{t("build.excludeHint")}</p>}
          <Conditions
            conditions={exclude}
            onChange={(next) => onChange({ ...draft, exclude: next })}
          />
          <AddCondition
            label={t("build.addExclude")}
            except="everybody"
            onAdd={(kind) => onChange({ ...draft, exclude: [...exclude, newCondition(kind)] })}
          />
        </fieldset>
      )}
    </div>
  );
}

type ConditionsProps = {
  conditions: readonly Condition[];
  onChange: (conditions: readonly Condition[]) => void;
};

function Conditions({ conditions, onChange }: ConditionsProps) {
  return conditions.map((condition) => (
    <ConditionCard
      key={condition.key}
      condition={condition}
      onChange={(next) =>
        onChange(conditions.map((each) => (each.key === condition.key ? next : each)))
      }
      onRemove={() => onChange(conditions.filter(({ key }) => key !== condition.key))}
    />
  ));
}

const icons: Record<ConditionKind, IconName> = {
  place: "building",
  communities: "communities",
  people: "person",
  locations: "location",
  skills: "star",
  languages: "globe",
  everybody: "people",
};

type AddConditionProps = {
  label: string;
  except?: ConditionKind;
  onAdd: (kind: ConditionKind) => void;
};

function AddCondition({ label, except, onAdd }: AddConditionProps) {
  const { t } = useTranslation("audiences");
  return (
    <div className={styles.add}>
      <Menu
        label={label}
        placement="bottom start"
        trigger={
          <Button icon="plus" size="s">
            {label}
          </Button>
        }
      >
        {conditionKinds
          .filter((kind) => kind !== except)
          .map((kind) => (
            <MenuItem
              key={kind}
              icon={icons[kind]}
              hint={t(`build.${kind}Text`)}
              onAction={() => onAdd(kind)}
            >
              {t(`build.${kind}`)}
            </MenuItem>
          ))}
      </Menu>
    </div>
  );
}
