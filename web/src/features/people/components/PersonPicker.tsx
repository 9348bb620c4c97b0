import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useQuery } from "@/graphql";
import type { PersonPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Chips, Combobox } from "@/ui";
import { PersonParts, PersonSearchQuery } from "../queries";
import styles from "./People.module.css";

export type PickedPerson = PersonPartsFragment;

export type PersonPickerProps = {
  label: string;
  chosen: readonly PickedPerson[];
  onChange: (chosen: readonly PickedPerson[]) => void;
  /** Not offered: usually oneself. */
  exclude?: readonly string[];
  max?: number;
  error?: string | null;
  autoFocus?: boolean;
};

/** Chooses people by typing a few letters of their names. */
export function PersonPicker({
  label,
  chosen,
  onChange,
  exclude = [],
  max = 50,
  error,
  autoFocus,
}: PersonPickerProps) {
  const { t } = useTranslation("people");
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, fetching }] = useQuery({
    query: PersonSearchQuery,
    variables: { query },
    pause: query.length === 0,
  });
  const taken = new Set([...exclude, ...chosen.map(({ id }) => id)]);
  const found =
    query && text.trim()
      ? readFragment(PersonParts, data?.people.nodes ?? []).filter(({ id }) => !taken.has(id))
      : [];
  return (
    <div className={styles.picker}>
      {chosen.length < max && (
        <Combobox
          label={label}
          icon="search"
          placeholder={t("picker.placeholder")}
          inputValue={text}
          onInputChange={setText}
          items={found}
          isLoading={fetching || query !== text.trim()}
          error={error}
          autoFocus={autoFocus}
          textOf={({ name }) => name}
          onSelect={(person) => {
            setText("");
            onChange([...chosen, person]);
          }}
          renderItem={({ name, title, handle, avatarColor, avatarUrl }) => (
            <span className={styles.option}>
              <Avatar name={name} color={avatarColor} url={avatarUrl} size="s" />
              <span>
                {name}
                <small>{title || `@${handle}`}</small>
              </span>
            </span>
          )}
        />
      )}
      <Chips
        label={t("picker.chosen")}
        items={chosen}
        textOf={({ name }) => name}
        onRemove={(person) => onChange(chosen.filter(({ id }) => id !== person.id))}
      />
      {max > 1 && chosen.length >= max && (
        <p className={styles.note}>{t("picker.full", { count: max })}</p>
      )}
    </div>
  );
}
