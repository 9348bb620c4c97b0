import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { useViewer } from "@/app/viewer";
import { readFragment, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Chips, Combobox, Select } from "@/ui";
import { badgeGlyph, praiseBadges } from "../components/kinds";
import { PostPerson } from "../fragments";
import { MentionPeopleQuery } from "../queries";
import styles from "./Composer.module.css";
import type { DraftContent } from "./draft";

type Props = {
  praise: DraftContent["praise"];
  onChange: (praise: DraftContent["praise"]) => void;
  error?: string | null;
};

/** Who is praised and for what. */
export function PraiseEditor({ praise, onChange, error }: Props) {
  const { t } = useTranslation("posts");
  const { person: me } = useViewer();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, fetching }] = useQuery({
    query: MentionPeopleQuery,
    variables: { query },
    pause: query.length === 0,
  });
  const chosen = new Set(praise.people.map(({ id }) => id));
  const found = query
    ? readFragment(PostPerson, data?.people.nodes ?? []).filter(
        ({ id }) => id !== me.id && !chosen.has(id),
      )
    : [];
  return (
    <fieldset className={styles.group}>
      <legend>{t("praise.legend")}</legend>
      <Select
        label={t("praise.for")}
        value={praise.badge}
        onChange={(badge) => onChange({ ...praise, badge })}
        options={praiseBadges.map((badge) => ({
          value: badge,
          label: `${badgeGlyph[badge]} ${t(`praise.badge.${badge}`)}`,
        }))}
      />
      <Combobox
        label={t("praise.people")}
        placeholder={t("praise.peoplePlaceholder")}
        icon="people"
        error={error}
        inputValue={text}
        onInputChange={setText}
        items={found}
        isLoading={fetching}
        textOf={({ name }) => name}
        onSelect={(person) => {
          setText("");
          onChange({ ...praise, people: [...praise.people, person] });
        }}
        renderItem={(person) => (
          <>
            <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="s" />
            <span>{person.name}</span>
            <small className={styles.hint}>{person.title}</small>
          </>
        )}
      />
      <Chips
        label={t("praise.people")}
        items={praise.people}
        textOf={({ name }) => name}
        onRemove={({ id }) =>
          onChange({ ...praise, people: praise.people.filter((person) => person.id !== id) })
        }
      />
    </fieldset>
  );
}
