import { Link, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { PagedList } from "@/app/PagedList";
import { Page } from "@/app/shell";
import { useDebounced } from "@/app/useDebounced";
import { useViewer } from "@/app/viewer";
import { readFragment, usePagedQuery } from "@/graphql";
import type { CommunityScope } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, buttonClass, Checkbox, EmptyState, TabLinks, TextField, tabLinkClass } from "@/ui";
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
  const { viewerCan } = useViewer();
  const { tab = "mine" } = useSearch({ from: "/app/communities" });
  const [text, setText] = useState("");
  const [includeArchived, setIncludeArchived] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const query = useDebounced(text.trim());
  const paged = usePagedQuery({
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
      <PagedList
        paged={paged}
        label={t(`tab.${tab}`)}
        skeletons={6}
        className={styles.list}
        empty={
          <NoCommunities tab={query ? "found" : tab} create={create} onClear={() => setText("")} />
        }
      >
        {(nodes) =>
          nodes.map((community) => (
            <li key={readFragment(CommunityCardParts, community).id}>
              <CommunityLine community={community} />
            </li>
          ))
        }
      </PagedList>
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
