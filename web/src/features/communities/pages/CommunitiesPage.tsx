import { Link, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { Page } from "@/app/shell";
import { useDebounced } from "@/app/useDebounced";
import { useViewer } from "@/app/viewer";
import { readFragment, useErrorText, usePagedQuery } from "@/graphql";
import type { CommunityScope } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Button,
  buttonClass,
  Card,
  Checkbox,
  EmptyState,
  ErrorState,
  InfiniteList,
  SkeletonList,
  TabLinks,
  TextField,
  tabLinkClass,
} from "@/ui";
import styles from "../components/Communities.module.css";
import { CommunityLine } from "../components/CommunityLine";
import { CreateCommunity } from "../components/CreateCommunity";
import { Invitations } from "../components/Invitations";
import { CommunitiesQuery, CommunityCardParts } from "../queries";

const scopes = { mine: "MINE", discover: "DISCOVER", all: "ALL" } as const satisfies Record<
  string,
  CommunityScope
>;
const tabs = ["mine", "discover", "all"] as const;

/** Communities one is in, could be in, or may know of. */
export function CommunitiesPage() {
  const { t } = useTranslation("communities");
  const { stateOf } = useErrorText();
  const { viewerCan } = useViewer();
  const { tab = "mine" } = useSearch({ from: "/app/communities" });
  const [text, setText] = useState("");
  const [includeArchived, setIncludeArchived] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const query = useDebounced(text.trim());
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = usePagedQuery({
    query: CommunitiesQuery,
    variables: { scope: scopes[tab], query: query || null, includeArchived, first: 30 },
    connection: (data) => data.communities,
  });
  const create = viewerCan.createCommunity && (
    <Button variant="primary" icon="plus" onPress={() => setCreating(true)}>
      {t("create")}
    </Button>
  );
  return (
    <Page title={t("title")} actions={create}>
      <TabLinks label={t("title")}>
        {tabs.map((each) => (
          <Link
            key={each}
            to="/communities"
            search={each === "mine" ? {} : { tab: each }}
            activeOptions={{ exact: true, includeSearch: true }}
            className={tabLinkClass}
          >
            {t(`tab.${each}`)}
          </Link>
        ))}
      </TabLinks>
      <Invitations />
      <div className={styles.bar}>
        <TextField
          label={t("search")}
          hideLabel
          type="search"
          icon="search"
          placeholder={t("search")}
          value={text}
          onChange={setText}
        />
        <Checkbox isSelected={includeArchived} onChange={setIncludeArchived}>
          {t("withArchived")}
        </Checkbox>
      </div>
      {error && !list ? (
        <ErrorState {...stateOf(error)} onRetry={refresh} />
      ) : isLoading || !list ? (
        <SkeletonList count={6} />
      ) : list.nodes.length === 0 ? (
        <NoCommunities tab={query ? "found" : tab} create={create} onClear={() => setText("")} />
      ) : (
        <Card className={styles.list}>
          <InfiniteList
            label={t(`tab.${tab}`)}
            gap="none"
            hasMore={hasMore}
            isLoading={isLoadingMore}
            onLoadMore={loadMore}
            skeleton={<SkeletonList count={3} />}
          >
            {list.nodes.map((community) => (
              <li key={readFragment(CommunityCardParts, community).id}>
                <CommunityLine community={community} />
              </li>
            ))}
          </InfiniteList>
        </Card>
      )}
      {isCreating && <CreateCommunity onClose={() => setCreating(false)} />}
    </Page>
  );
}

function NoCommunities({
  tab,
  create,
  onClear,
}: {
  tab: (typeof tabs)[number] | "found";
  create: ReactNode;
  onClear: () => void;
}) {
  const { t } = useTranslation("communities");
  return (
    <EmptyState
      icon={tab === "found" ? "search" : "communities"}
      title={t(`none.${tab}`)}
      text={t(`none.${tab}Text`)}
      actions={
        tab === "found" ? (
          <Button onPress={onClear}>{t("none.clear")}</Button>
        ) : tab === "mine" ? (
          <>
            <Link
              to="/communities"
              search={{ tab: "discover" }}
              className={buttonClass({ variant: "primary" })}
            >
              {t("tab.discover")}
            </Link>
            {create}
          </>
        ) : (
          create
        )
      }
    />
  );
}
