import { Link, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Page } from "@/app/shell";
import { FeedView, useComposer } from "@/features/posts";
import { readFragment, useErrorText, useQuery } from "@/graphql";
import type {
  CommunityCardPartsFragment,
  CommunityPartsFragment,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import {
  Button,
  buttonClass,
  CountBadge,
  EmptyState,
  ErrorState,
  SkeletonList,
  TabLinks,
  tabLinkClass,
} from "@/ui";
import { About } from "../components/About";
import styles from "../components/Community.module.css";
import { CommunityHead } from "../components/CommunityHead";
import { JoinButton } from "../components/JoinButton";
import { CommunityCardParts, CommunityParts, CommunityQuery } from "../queries";

// What few people open comes when they do.
const CommunitySettings = lazy(() =>
  import("../components/CommunitySettings").then((module) => ({
    default: module.CommunitySettings,
  })),
);
const Members = lazy(() =>
  import("../components/Members").then((module) => ({ default: module.Members })),
);
const Requests = lazy(() =>
  import("../components/Requests").then((module) => ({ default: module.Requests })),
);

/** One community: what it is, what is said in it, who is in it. */
export function CommunityPage() {
  const { t } = useTranslation("communities");
  const { stateOf } = useErrorText();
  const { slug } = useParams({ from: "/app/communities/$slug" });
  const [{ data, error, fetching }, refetch] = useQuery({
    query: CommunityQuery,
    variables: { slug },
  });
  const community = readFragment(CommunityParts, data?.community);
  const card = readFragment(CommunityCardParts, community);
  if (!community || !card) {
    return (
      <Page title={t("title")} hideTitle>
        {error ? (
          <ErrorState
            {...stateOf(error)}
            onRetry={() => refetch({ requestPolicy: "network-only" })}
          />
        ) : fetching || !data ? (
          <SkeletonList of="post" count={3} />
        ) : (
          <EmptyState
            icon="communities"
            title={t("unknown")}
            text={t("unknownText")}
            actions={
              <Link to="/communities" className={buttonClass({ variant: "primary" })}>
                {t("toList")}
              </Link>
            }
          />
        )}
      </Page>
    );
  }
  return <Content key={community.id} community={community} card={card} />;
}

export type CommunityProps = {
  community: CommunityPartsFragment;
  card: CommunityCardPartsFragment;
};

function Content({ community, card }: CommunityProps) {
  const { t } = useTranslation("communities");
  const { tab } = useSearch({ from: "/app/communities/$slug" });
  const { viewerCan, pendingRequestCount } = community;
  const hasSettings = viewerCan.edit || viewerCan.archive || viewerCan.setOfficial;
  const hasRequests =
    viewerCan.moderate && (card.joining === "REQUEST" || Boolean(pendingRequestCount));
  const open =
    (tab === "settings" && !hasSettings) || (tab === "requests" && !hasRequests) ? undefined : tab;
  const link = { to: "/communities/$slug", params: { slug: card.slug } } as const;
  const options = {
    activeOptions: { exact: true, includeSearch: true },
    className: tabLinkClass,
    resetScroll: false,
  } as const;
  return (
    <Page
      title={card.name}
      hideTitle
      context={viewerCan.read && !open ? <About community={community} card={card} isAside /> : null}
    >
      <CommunityHead community={community} card={card} hasAside={viewerCan.read && !open} />
      {!viewerCan.read ? (
        <Closed community={community} card={card} hasSettings={hasSettings} />
      ) : (
        <>
          <TabLinks label={card.name}>
            <Link {...link} {...options} search={{}}>
              {t("tab.posts")}
            </Link>
            <Link {...link} {...options} search={{ tab: "members" }}>
              {t("tab.members")}
            </Link>
            <Link {...link} {...options} search={{ tab: "about" }}>
              {t("tab.about")}
            </Link>
            {hasRequests && (
              <Link {...link} {...options} search={{ tab: "requests" }}>
                {t("tab.requests")}
                <CountBadge
                  count={pendingRequestCount ?? 0}
                  label={t("requests.waiting", { count: pendingRequestCount ?? 0 })}
                />
              </Link>
            )}
            {hasSettings && (
              <Link {...link} {...options} search={{ tab: "settings" }}>
                {t("tab.settings")}
              </Link>
            )}
          </TabLinks>
          <div className={styles.panel}>
            <Suspense fallback={<SkeletonList count={5} />}>
              {open === "members" ? (
                <Members key={community.id} community={community} card={card} />
              ) : open === "about" ? (
                <About community={community} card={card} />
              ) : open === "requests" ? (
                <Requests communityId={community.id} />
              ) : open === "settings" ? (
                <CommunitySettings community={community} card={card} />
              ) : (
                <Posts community={community} card={card} />
              )}
            </Suspense>
          </div>
        </>
      )}
    </Page>
  );
}

function Posts({ community, card }: CommunityProps) {
  const { t } = useTranslation("communities");
  const { compose } = useComposer();
  const write = community.viewerCan.post && (
    <Button variant="primary" icon="edit" onPress={() => compose({ communityId: community.id })}>
      {t("write")}
    </Button>
  );
  return (
    <>
      {community.viewerCan.post && (
        <button
          type="button"
          className={styles.opener}
          onClick={() => compose({ communityId: community.id })}
        >
          {t("opener", { name: card.name })}
        </button>
      )}
      <FeedView
        scope={{ communityId: community.id }}
        label={t("postsIn", { name: card.name })}
        hidesCommunity
        empty={
          <EmptyState
            icon="discussion"
            title={t("noPosts")}
            text={t(community.viewerCan.post ? "noPostsWrite" : "noPostsRead")}
            actions={write}
          />
        }
      />
    </>
  );
}

/** For those who may know that it exists, but not read it. */
function Closed({ community, card, hasSettings }: CommunityProps & { hasSettings: boolean }) {
  const { t } = useTranslation("communities");
  const { viewerIsInvited, viewerHasRequested, viewerCan } = card;
  const state = viewerIsInvited
    ? "invited"
    : viewerHasRequested
      ? "requested"
      : viewerCan.requestToJoin
        ? "request"
        : viewerCan.join
          ? "join"
          : "inviteOnly";
  return (
    <>
      <EmptyState
        icon="lock"
        title={t("closed.title")}
        text={t(`closed.${state}`)}
        actions={state === "invited" ? undefined : <JoinButton community={card} />}
      />
      {hasSettings && (
        <Suspense>
          <CommunitySettings community={community} card={card} />
        </Suspense>
      )}
    </>
  );
}
