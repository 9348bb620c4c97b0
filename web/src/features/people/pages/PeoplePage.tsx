import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { PagedList } from "@/app/PagedList";
import { Page } from "@/app/shell";
import { useDebounced } from "@/app/useDebounced";
import { useIsWide } from "@/app/useIsWide";
import { readFragment, usePagedQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Disclosure, EmptyState, Section, TextField } from "@/ui";
import { Facets } from "../components/Facets";
import { PeopleTabs } from "../components/PeopleTabs";
import { PersonLine } from "../components/PersonLine";
import { chosenOf, type FacetKey, facetKeys, filterOf, toggled } from "../directory";
import { DirectoryQuery, PersonParts } from "../queries";
import styles from "./Pages.module.css";

/** Everybody in the organisation. */
export function PeoplePage() {
  const { t } = useTranslation(["people", "common"]);
  const { formatNumber } = useFormat();
  const navigate = useNavigate();
  const search = useSearch({ from: "/app/people" });
  const { q = "" } = search;
  const chosen = chosenOf(search);
  const [text, setText] = useState(q);
  const query = useDebounced(text.trim());
  useEffect(() => {
    // Whoever has gone on to somebody's profile meanwhile is not called back.
    if (query === q || location.pathname !== "/people") return;
    void navigate({
      to: "/people",
      search: (now) => ({ ...now, q: query || undefined }),
      replace: true,
    });
  }, [query, q, navigate]);
  const filter = filterOf(query, chosen);
  const toggle = (key: FacetKey, value: string) =>
    void navigate({ to: "/people", search: toggled(search, key, value), replace: true });
  const paged = usePagedQuery({
    query: DirectoryQuery,
    variables: { filter, first: 40 },
    connection: (data) => data.peopleDirectory,
    keepsWhileSearching: true,
  });
  const { list } = paged;
  const isWide = useIsWide();
  const facets = <Facets filter={filter} chosen={chosen} onToggle={toggle} />;
  const chosenCount = facetKeys.reduce((sum, key) => sum + chosen[key].length, 0);
  const showAll = () => {
    setText("");
    void navigate({ to: "/people", search: {}, replace: true });
  };
  return (
    <Page
      title={t("title")}
      context={isWide && <Section title={t("facet.title")}>{facets}</Section>}
    >
      <PeopleTabs />
      <div className={styles.tools}>
        <TextField
          label={t("search")}
          hideLabel
          type="search"
          icon="search"
          placeholder={t("search")}
          value={text}
          onChange={setText}
        />
      </div>
      {!isWide && (
        <Disclosure
          icon="filter"
          title={
            chosenCount > 0 ? t("facet.filterChosen", { count: chosenCount }) : t("facet.filter")
          }
        >
          <div>{facets}</div>
        </Disclosure>
      )}
      <p className={styles.count} role="status">
        {list && t("count", { count: list.totalCount, number: formatNumber(list.totalCount) })}
      </p>
      <PagedList
        paged={paged}
        label={t("title")}
        skeletons={8}
        className={styles.list}
        empty={
          <EmptyState
            icon="search"
            title={t("none")}
            text={t("noneText")}
            actions={<Button onPress={showAll}>{t("showAll")}</Button>}
          />
        }
      >
        {(nodes) =>
          readFragment(PersonParts, nodes).map((person) => (
            <li key={person.id}>
              <PersonLine person={person} />
            </li>
          ))
        }
      </PagedList>
    </Page>
  );
}
