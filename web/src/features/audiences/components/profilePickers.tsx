import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { languageName } from "@/features/people";
import { useQuery } from "@/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";
import { Chips, Combobox } from "@/ui";
import { AudienceSkillsQuery } from "../queries";
import styles from "./Audiences.module.css";

type PickerProps = { chosen: readonly string[]; onChange: (chosen: readonly string[]) => void };

/** Skills people name, each with how many they are. */
export function SkillPicker({ chosen, onChange }: PickerProps) {
  const { t } = useTranslation("audiences");
  const { formatNumber } = useFormat();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, fetching }] = useQuery({
    query: AudienceSkillsQuery,
    variables: { query },
    pause: query === "",
  });
  const found = query ? (data?.audienceSkills ?? []) : [];
  return (
    <div className={styles.picker}>
      <Combobox
        label={t("build.skills")}
        icon="search"
        placeholder={t("build.skillsPlaceholder")}
        inputValue={text}
        onInputChange={setText}
        items={found
          .filter(({ name }) => !chosen.includes(name))
          .map((skill) => ({ ...skill, id: skill.name }))}
        isLoading={fetching || query !== text.trim()}
        textOf={({ name }) => name}
        onSelect={({ name }) => {
          setText("");
          onChange([...chosen, name]);
        }}
        renderItem={({ name, count }) => (
          <span className={styles.option}>
            {name}
            <small>{t("count", { count, number: formatNumber(count) })}</small>
          </span>
        )}
      />
      <Chosen what={t("build.skills")} chosen={chosen} onChange={onChange} />
      <p className={styles.hint}>{t("build.ownHint")}</p>
    </div>
  );
}

/** Languages people may say to speak. */
const codes =
  "ar bg bn bs ca cs da de el en es et fa fi fr ga he hi hr hu id is it ja ka ko ku lb lt lv mk nl no pl pt rm ro ru sk sl sq sr sv ta th tr uk ur vi zh".split(
    " ",
  );

/** Languages, found by their names. */
export function LanguagePicker({ chosen, onChange }: PickerProps) {
  const { t } = useTranslation("audiences");
  const locale = currentLocale();
  const [text, setText] = useState("");
  const nameOf = (code: string) => languageName(code, locale);
  const typed = text.trim().toLocaleLowerCase();
  const found = codes
    .map((id) => ({ id, name: nameOf(id) }))
    .filter(({ id, name }) => !chosen.includes(id) && name.toLocaleLowerCase().includes(typed))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <div className={styles.picker}>
      <Combobox
        label={t("build.languages")}
        icon="search"
        placeholder={t("build.languagesPlaceholder")}
        inputValue={text}
        onInputChange={setText}
        items={typed ? found.slice(0, 12) : []}
        textOf={({ name }) => name}
        onSelect={({ id }) => {
          setText("");
          onChange([...chosen, id]);
        }}
      />
      <Chosen what={t("build.languages")} chosen={chosen} onChange={onChange} nameOf={nameOf} />
      <p className={styles.hint}>{t("build.ownHint")}</p>
    </div>
  );
}

type ChosenProps = PickerProps & { what: string; nameOf?: (word: string) => string };

function Chosen({ what, chosen, onChange, nameOf = (word) => word }: ChosenProps) {
  const { t } = useTranslation("audiences");
  return (
    <Chips
      label={t("build.chosen", { what })}
      items={chosen.map((id) => ({ id }))}
      textOf={({ id }) => nameOf(id)}
      onRemove={({ id }) => onChange(chosen.filter((word) => word !== id))}
    />
  );
}
