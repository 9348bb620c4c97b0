import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Chips, Combobox, TextField } from "@/ui";
import type { Named } from "../draft";
import { AudienceCommunitiesQuery, AudienceRolesQuery, UnitSearchQuery } from "../queries";
import styles from "./Audiences.module.css";

type PickerProps<T> = { chosen: readonly T[]; onChange: (chosen: readonly T[]) => void };

/** What is typed, and what of it is asked for. */
function useSearchText() {
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  return { text, setText, query, isWaiting: query !== text.trim() };
}

const without = (chosen: readonly Named[], { id }: { id: string }) =>
  chosen.filter((each) => each.id !== id);

/** Units, found by a few letters; where each belongs stands below its name. */
export function UnitPicker({
  chosen,
  onChange,
  anyHint,
}: PickerProps<Named> & { anyHint?: string }) {
  const { t } = useTranslation(["audiences", "people"]);
  const { text, setText, query, isWaiting } = useSearchText();
  const [{ data, fetching }] = useQuery({
    query: UnitSearchQuery,
    variables: { query },
    pause: query === "",
  });
  const found = query ? (data?.orgUnitSearch ?? []) : [];
  return (
    <div className={styles.picker}>
      <Combobox
        label={t("build.units")}
        icon="search"
        placeholder={t("build.unitsPlaceholder")}
        inputValue={text}
        onInputChange={setText}
        items={found.filter(({ id }) => !chosen.some((unit) => unit.id === id))}
        isLoading={fetching || isWaiting}
        textOf={({ name }) => name}
        onSelect={({ id, name }) => {
          setText("");
          onChange([...chosen, { id, name }]);
        }}
        renderItem={({ name, kind, parent }) => (
          <span className={styles.option}>
            {name}
            <small>
              {[t(`people:organisation.kind.${kind}`), parent?.name].filter(Boolean).join(" · ")}
            </small>
          </span>
        )}
      />
      <Chips
        label={t("build.chosen", { what: t("build.units") })}
        items={chosen}
        textOf={({ name }) => name}
        onRemove={(unit) => onChange(without(chosen, unit))}
      />
      {chosen.length === 0 && <p className={styles.hint}>{anyHint ?? t("build.anyUnit")}</p>}
    </div>
  );
}

/** Roles people hold, each with how many they are. */
export function RolePicker({ chosen, onChange }: PickerProps<string>) {
  const { t } = useTranslation("audiences");
  const { formatNumber } = useFormat();
  const [text, setText] = useState("");
  const [{ data, fetching }] = useQuery({ query: AudienceRolesQuery });
  const typed = text.trim().toLocaleLowerCase();
  const isChosen = (name: string) =>
    chosen.some((role) => role.toLocaleLowerCase() === name.toLocaleLowerCase());
  const found = (data?.audienceRoles ?? [])
    .filter(({ name }) => typed && name.toLocaleLowerCase().includes(typed) && !isChosen(name))
    .map((role) => ({ ...role, id: role.name }));
  return (
    <div className={styles.picker}>
      <Combobox
        label={t("build.roles")}
        icon="search"
        placeholder={t("build.rolesPlaceholder")}
        inputValue={text}
        onInputChange={setText}
        items={found.slice(0, 12)}
        isLoading={fetching}
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
      <Chips
        label={t("build.chosen", { what: t("build.roles") })}
        items={chosen.map((role) => ({ id: role }))}
        textOf={({ id }) => id}
        onRemove={({ id }) => onChange(chosen.filter((role) => role !== id))}
      />
      {chosen.length === 0 && <p className={styles.hint}>{t("build.anyRole")}</p>}
    </div>
  );
}

/** Communities whose members one may see. */
export function CommunityPicker({ chosen, onChange }: PickerProps<Named>) {
  const { t } = useTranslation("audiences");
  const { text, setText, query, isWaiting } = useSearchText();
  const [{ data, fetching }] = useQuery({
    query: AudienceCommunitiesQuery,
    variables: { query },
    pause: query === "",
  });
  const found = query ? (data?.communities.nodes ?? []) : [];
  return (
    <div className={styles.picker}>
      <Combobox
        label={t("build.communities")}
        icon="search"
        placeholder={t("build.communityPlaceholder")}
        inputValue={text}
        onInputChange={setText}
        items={found.filter(
          ({ id, viewerCan }) => viewerCan.read && !chosen.some((each) => each.id === id),
        )}
        isLoading={fetching || isWaiting}
        textOf={({ name }) => name}
        onSelect={({ id, name }) => {
          setText("");
          onChange([...chosen, { id, name }]);
        }}
      />
      <Chips
        label={t("build.chosen", { what: t("build.communities") })}
        items={chosen}
        textOf={({ name }) => name}
        onRemove={(community) => onChange(without(chosen, community))}
      />
    </div>
  );
}

/** Locations as people write them. */
export function LocationPicker({ chosen, onChange }: PickerProps<string>) {
  const { t } = useTranslation("audiences");
  const [text, setText] = useState("");
  function add() {
    const name = text.trim();
    setText("");
    if (name && !chosen.includes(name)) onChange([...chosen, name]);
  }
  return (
    <div className={styles.picker}>
      <TextField
        label={t("build.locations")}
        icon="location"
        placeholder={t("build.locationPlaceholder")}
        value={text}
        onChange={setText}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
      />
      <Chips
        label={t("build.chosen", { what: t("build.locations") })}
        items={chosen.map((name) => ({ id: name }))}
        textOf={({ id }) => id}
        onRemove={({ id }) => onChange(chosen.filter((name) => name !== id))}
      />
    </div>
  );
}
