import { type KeyboardEvent, useState } from "react";
import type {
  CommunityJoining,
  CommunityPosting,
  CommunityVisibility,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Chips, Icon, Radio, RadioGroup, Switch, TextArea, TextField } from "@/ui";
import { addTopic, audienceKey, joinings, visibilities, visibilityIcon } from "../audience";
import styles from "./Communities.module.css";

export type CommunityDraft = {
  name: string;
  description: string;
  visibility: CommunityVisibility;
  joining: CommunityJoining;
  posting: CommunityPosting;
  topics: readonly string[];
};

export const communityFields = [
  "name",
  "description",
  "visibility",
  "joining",
  "posting",
  "topics",
] as const;

type Props = {
  draft: CommunityDraft;
  onChange: (draft: CommunityDraft) => void;
  errors: Partial<Record<keyof CommunityDraft, string>>;
  /** Everybody is in it: who reads and joins is not to be chosen. */
  isAllCompany?: boolean;
  autoFocus?: boolean;
};

/** The fields of a community; creating and changing it share them. */
export function CommunityFields({ draft, onChange, errors, isAllCompany, autoFocus }: Props) {
  const { t } = useTranslation("communities");
  const set = (part: Partial<CommunityDraft>) => onChange({ ...draft, ...part });
  const { visibility, joining } = draft;
  return (
    <>
      <TextField
        label={t("field.name")}
        hint={t("field.nameHint")}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={errors.name}
        isRequired
        autoFocus={autoFocus}
      />
      <TextArea
        label={t("field.description")}
        hint={t("field.descriptionHint")}
        isOptional
        value={draft.description}
        onChange={(description) => set({ description })}
        error={errors.description}
      />
      {!isAllCompany && (
        <>
          <RadioGroup
            label={t("field.visibility")}
            value={visibility}
            onChange={(value) => {
              const next = visibilities.find((each) => each === value) ?? "PUBLIC";
              set({
                visibility: next,
                joining: next === "SECRET" ? "INVITE_ONLY" : joining,
              });
            }}
          >
            {visibilities.map((value) => (
              <Radio key={value} value={value} hint={t(`visibility.${value}_hint`)}>
                {t(`visibility.${value}`)}
              </Radio>
            ))}
          </RadioGroup>
          {visibility !== "SECRET" && (
            <RadioGroup
              label={t("field.joining")}
              value={joining}
              onChange={(value) =>
                set({ joining: joinings.find((each) => each === value) ?? "OPEN" })
              }
            >
              {joinings.map((value) => (
                <Radio key={value} value={value} hint={t(`joining.${value}_hint`)}>
                  {t(`joining.${value}`)}
                </Radio>
              ))}
            </RadioGroup>
          )}
          <p className={styles.explained} role="status">
            <Icon name={visibilityIcon[visibility]} size={18} />
            {t(audienceKey(visibility, joining))}
          </p>
        </>
      )}
      <Switch
        isSelected={draft.posting === "MODERATORS"}
        onChange={(isOn) => set({ posting: isOn ? "MODERATORS" : "EVERYBODY" })}
        hint={t("field.postingHint")}
      >
        {t("field.posting")}
      </Switch>
      <TopicsField
        topics={draft.topics}
        onChange={(topics) => set({ topics })}
        error={errors.topics}
      />
    </>
  );
}

function TopicsField({
  topics,
  onChange,
  error,
}: {
  topics: readonly string[];
  onChange: (topics: readonly string[]) => void;
  error?: string;
}) {
  const { t } = useTranslation("communities");
  const [text, setText] = useState("");

  function add() {
    if (!text.trim()) return;
    onChange(addTopic(topics, text));
    setText("");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" && event.key !== ",") return;
    if (!text.trim()) return;
    event.preventDefault();
    add();
  }

  return (
    <div className={styles.topics}>
      <TextField
        label={t("field.topics")}
        hint={t("field.topicsHint")}
        icon="hash"
        isOptional
        value={text}
        onChange={setText}
        onKeyDown={onKeyDown}
        onBlur={add}
        error={error}
      />
      <Chips
        label={t("field.topics")}
        items={topics.map((id) => ({ id }))}
        textOf={({ id }) => `#${id}`}
        onRemove={({ id }) => onChange(topics.filter((topic) => topic !== id))}
      />
    </div>
  );
}
