import { useQuery } from "@/graphql";
import type { PeopleFilterInput } from "@/graphql/generated/graphql";
import { currentLocale, useFormat, useTranslation } from "@/i18n";
import { type Chosen, type FacetKey, facetKeys } from "../directory";
import { languageName } from "../languageName";
import { PeopleFacetsQuery } from "../queries";
import styles from "./Facets.module.css";

type FacetsProps = {
  filter: PeopleFilterInput;
  chosen: Chosen;
  onToggle: (key: FacetKey, value: string) => void;
};

/** What the people found are, with numbers; each value is a switch. */
export function Facets({ filter, chosen, onToggle }: FacetsProps) {
  const { t } = useTranslation("people");
  const { formatNumber } = useFormat();
  const [{ data }] = useQuery({ query: PeopleFacetsQuery, variables: { filter } });
  if (!data) return null;
  return (
    <>
      {facetKeys.map((key) => {
        const facet = data.peopleFacets.find(({ kind }) => kind.toLowerCase() === key);
        const values = facet?.values ?? [];
        if (values.length === 0 && chosen[key].length === 0) return null;
        // What is chosen can be taken back also where the numbers no longer name it.
        const gone = chosen[key].filter((value) => !values.some((one) => one.value === value));
        return (
          <details key={key} className={styles.facet} open={chosen[key].length > 0}>
            <summary>{t(`facet.${key}`)}</summary>
            <ul>
              {gone.map((value) => (
                <li key={value}>
                  <button type="button" aria-pressed onClick={() => onToggle(key, value)}>
                    <span>{key === "unit" ? t("facet.allUnits") : labelOf(key, value)}</span>
                  </button>
                </li>
              ))}
              {values.map(({ value, label, count }) => (
                <li key={value}>
                  <button
                    type="button"
                    aria-pressed={chosen[key].includes(value)}
                    onClick={() => onToggle(key, value)}
                  >
                    <span>{labelOf(key, label)}</span>
                    <span className={styles.number}>{formatNumber(count)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        );
      })}
    </>
  );
}

function labelOf(key: FacetKey, label: string): string {
  return key === "language" ? languageName(label, currentLocale()) : label;
}
