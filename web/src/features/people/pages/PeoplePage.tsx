import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Page } from "@/app/shell";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Card, EmptyState, ErrorState, InfiniteList, SkeletonList, TextField } from "@/ui";
import { PeopleTabs } from "../components/PeopleTabs";
import { PersonLine } from "../components/PersonLine";
import { DirectoryQuery, PersonParts } from "../queries";
import styles from "./Pages.module.css";

/** Everybody in the organisation. */
export function PeoplePage() {
  const { t } = useTranslation(["people", "common"]);
  const { formatNumber } = useFormat();
  const { stateOf } = useErrorText();
  const navigate = useNavigate();
  const { q = "" } = useSearch({ from: "/app/people" });
  const [text, setText] = useState(q);
  const query = useDebounced(text.trim());
  useEffect(() => {
    // Whoever has gone on to somebody's profile meanwhile is not called back.
    if (query === q || location.pathname !== "/people") return;
    void navigate({ to: "/people", search: { q: query || undefined }, replace: true });
  }, [query, q, navigate]);
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: DirectoryQuery,
    variables: { query: query || null, first: 40 },
    connection: (data) => data.people,
  });
  const people = readFragment(PersonParts, list?.nodes ?? []);
  return (
    <Page title={t("title")}>
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
      <p className={styles.count} role="status">
        {list && t("count", { count: list.totalCount, number: formatNumber(list.totalCount) })}
      </p>
      {error && !list ? (
        <ErrorState {...stateOf(error)} onRetry={refresh} />
      ) : isLoading ? (
        <SkeletonList count={8} />
      ) : people.length === 0 ? (
        <EmptyState
          icon="search"
          title={t("none")}
          text={t("noneText")}
          actions={<Button onPress={() => setText("")}>{t("showAll")}</Button>}
        />
      ) : (
        <Card className={styles.list}>
          <InfiniteList
            label={t("title")}
            gap="none"
            hasMore={hasMore}
            isLoading={isLoadingMore}
            onLoadMore={loadMore}
            skeleton={<SkeletonList count={3} />}
          >
            {people.map((person) => (
              <li key={person.id}>
                <PersonLine person={person} />
              </li>
            ))}
          </InfiniteList>
        </Card>
      )}
    </Page>
  );
}
