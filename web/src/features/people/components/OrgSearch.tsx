import { useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { useViewer } from "@/app/viewer";
import { readFragment, useClient, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Avatar, Button, Combobox, Icon, showToast } from "@/ui";
import { OrgFindQuery } from "../orgQueries";
import { PersonParts, PersonPlaceQuery } from "../queries";
import styles from "./Organisation.module.css";

/** Finds a unit, or the unit of a person, by a few letters; and the viewer's own. */
export function OrgSearch({ onFound }: { onFound: (unitId: string) => void }) {
  const { t } = useTranslation("people");
  const viewer = useViewer();
  const client = useClient();
  const [text, setText] = useState("");
  const query = useDebounced(text.trim());
  const [{ data, fetching }] = useQuery({
    query: OrgFindQuery,
    variables: { query },
    pause: query === "",
  });
  const units = (query && data?.orgUnitSearch) || [];
  const people = query ? readFragment(PersonParts, data?.people.nodes ?? []) : [];
  const items = [
    ...units.map((unit) => ({ id: unit.id, name: unit.name, unit, person: null })),
    ...people.map((person) => ({ id: person.id, name: person.name, unit: null, person })),
  ];

  async function toPlaceOf(personId: string, name: string) {
    const { data: found } = await client
      .query(PersonPlaceQuery, { personId }, { requestPolicy: "network-only" })
      .toPromise();
    const [place] = found?.personAssignments ?? [];
    if (place) return onFound(place.unit.id);
    if (found) showToast(t("organisation.noPlace", { name }), { tone: "neutral" });
  }

  return (
    <div className={styles.search}>
      <Combobox
        label={t("organisation.search")}
        hideLabel
        icon="search"
        placeholder={t("organisation.search")}
        inputValue={text}
        onInputChange={setText}
        items={items}
        isLoading={fetching || query !== text.trim()}
        textOf={({ name }) => name}
        onSelect={({ id, name, unit }) => {
          setText("");
          if (unit) onFound(id);
          else void toPlaceOf(id, name);
        }}
        renderItem={({ name, unit, person }) => (
          <span className={styles.option}>
            {person ? (
              <Avatar name={name} color={person.avatarColor} url={person.avatarUrl} size="s" />
            ) : (
              <Icon name="building" size={22} />
            )}
            <span>
              {name}
              <small>
                {unit
                  ? [t(`organisation.kind.${unit.kind}`), unit.parent?.name]
                      .filter(Boolean)
                      .join(" · ")
                  : person.title || `@${person.handle}`}
              </small>
            </span>
          </span>
        )}
      />
      <Button icon="location" onPress={() => void toPlaceOf(viewer.person.id, viewer.person.name)}>
        {t("organisation.whereAmI")}
      </Button>
    </div>
  );
}
