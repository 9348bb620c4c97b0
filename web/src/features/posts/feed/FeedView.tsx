import { type ReactNode, startTransition, useEffect, useRef, useState } from "react";
import { useFeedKeys } from "@/app/shortcuts";
import { useErrorText } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, ErrorState, Icon, InfiniteList, SkeletonList, VisuallyHidden } from "@/ui";
import { usePostKeys } from "../components/postKeys";
import { FeedEntry } from "./FeedEntry";
import styles from "./FeedView.module.css";
import { newLineIndex } from "./reducer";
import type { FeedScope } from "./scope";
import { useFeed } from "./useFeed";

/** As many posts as a tall screen shows are there at once; the others follow between two frames. */
const atOnce = 4;

export type FeedViewProps = {
  scope: FeedScope;
  /** Name of the feed for assistive technology. */
  label: string;
  /** Shown when there is nothing at all. */
  empty: ReactNode;
  /** Leaves out where a post stands: on a community's own page. */
  hidesCommunity?: boolean;
  /** Offers "why am I seeing this". */
  showsReasons?: boolean;
};

/** A live feed: new posts wait behind a quiet pill, everything else changes in place. */
export function FeedView({ scope, label, empty, hidesCommunity, showsReasons }: FeedViewProps) {
  const { t } = useTranslation(["feed", "common"]);
  const { stateOf, textOf } = useErrorText();
  const { store, state } = useFeed(scope);
  const container = useRef<HTMLDivElement>(null);
  const [isShowing, setShowing] = useState(false);
  const isReady = state.status === "ready";
  // Whoever comes back finds the whole feed, and with it the place they had scrolled to.
  const [isWhole, setWhole] = useState(isReady);
  useEffect(() => {
    if (isReady) startTransition(() => setWhole(true));
  }, [isReady]);
  useFeedKeys(container);
  usePostKeys();

  const { items, pending, isStale } = state;
  const hasNews = pending.length > 0 || isStale;
  const lineAt = newLineIndex(items);

  async function showNews() {
    setShowing(true);
    await store.showPending();
    setShowing(false);
    window.scrollTo({ top: 0, behavior: "instant" });
    requestAnimationFrame(() =>
      container.current?.querySelector<HTMLElement>("article")?.focus({ preventScroll: true }),
    );
  }

  const error = store.error();
  if (state.status === "loading") return <SkeletonList of="post" count={4} />;
  if (state.status === "failed") {
    return (
      <ErrorState
        {...(error ? stateOf(error) : { message: t("common:error.NETWORK") })}
        onRetry={() => void store.load()}
      />
    );
  }
  return (
    <div ref={container} className={styles.feed}>
      <div className={styles.pillPlace}>
        {hasNews && (
          <Button
            size="s"
            variant="primary"
            icon="arrow-up"
            className={styles.pill}
            isPending={isShowing}
            onPress={() => void showNews()}
          >
            {pending.length > 0 ? t("newPosts", { count: pending.length }) : t("reload")}
          </Button>
        )}
      </div>
      <LiveAnnouncement count={pending.length} />
      {error && (
        <p role="status" className={styles.offline}>
          <Icon name="offline" size={16} />
          {textOf(error)}
        </p>
      )}
      {items.length === 0 ? (
        empty
      ) : (
        <InfiniteList
          label={label}
          as="feed"
          gap="s"
          hasMore={isWhole && state.hasMore}
          isLoading={state.isLoadingMore}
          onLoadMore={() => void store.loadMore()}
          skeleton={<SkeletonList of="post" count={2} />}
          end={isWhole && <FeedEnd />}
        >
          {(isWhole ? items : items.slice(0, atOnce)).map((item, index) => (
            <FeedEntry
              key={item.id}
              item={item}
              position={index + 1}
              hasLine={index === lineAt}
              newSince={state.newSince}
              hidesCommunity={hidesCommunity}
              showsReasons={showsReasons}
            />
          ))}
        </InfiniteList>
      )}
    </div>
  );
}

/** Says politely how many posts wait, once they have settled for a moment. */
function LiveAnnouncement({ count }: { count: number }) {
  const { t } = useTranslation("feed");
  const [said, setSaid] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(count), 1_500);
    return () => clearTimeout(timer);
  }, [count]);
  return (
    <div role="status">
      <VisuallyHidden>{said > 0 ? t("newPosts", { count: said }) : ""}</VisuallyHidden>
    </div>
  );
}

/** The end is a good place to be. */
function FeedEnd() {
  const { t } = useTranslation("feed");
  const hour = new Date().getHours();
  const time = hour < 11 ? "morning" : hour < 17 ? "day" : "evening";
  return (
    <div className={styles.end}>
      <svg viewBox="0 0 96 40" width="96" height="40" aria-hidden="true" className={styles.arches}>
        <path d="M2 39V22a11 11 0 0 1 22 0v17M37 39V16a11 11 0 0 1 22 0v23M72 39V22a11 11 0 0 1 22 0v17" />
        <path d="M0 39h96" />
      </svg>
      <p className={styles.endTitle}>{t("end.title")}</p>
      <p>{t(`end.${time}`)}</p>
    </div>
  );
}
