import type { ReactNode } from "react";
import { type CombinedError, useErrorText } from "@/graphql";
import { Card, ErrorState, InfiniteList, SkeletonList } from "@/ui";

type PagedListProps<N> = {
  /** What usePagedQuery gives. */
  paged: {
    list: { nodes: readonly N[] } | null | undefined;
    error: CombinedError | undefined;
    isLoading: boolean;
    isLoadingMore: boolean;
    hasMore: boolean;
    loadMore: () => void;
    refresh: () => void;
  };
  /** Name of the list for assistive technology. */
  label: string;
  /** Lines that stand for the first page while it is on its way. */
  skeletons: number;
  /** Shown when nothing is in it. */
  empty: ReactNode;
  className?: string;
  /** One `<li>` for each. */
  children: (nodes: readonly N[]) => ReactNode;
};

/** A list in pages, in every state it can be in: on its way, failed, empty, there, with more to come. */
export function PagedList<N>({
  paged,
  label,
  skeletons,
  empty,
  className,
  children,
}: PagedListProps<N>) {
  const { stateOf } = useErrorText();
  const { list, error, isLoading, isLoadingMore, hasMore, loadMore, refresh } = paged;
  if (error && !list) return <ErrorState {...stateOf(error)} onRetry={refresh} />;
  if (isLoading || !list) return <SkeletonList count={skeletons} />;
  if (list.nodes.length === 0) return empty;
  return (
    <Card className={className}>
      <InfiniteList
        label={label}
        gap="none"
        hasMore={hasMore}
        isLoading={isLoadingMore}
        onLoadMore={loadMore}
        skeleton={<SkeletonList count={3} />}
      >
        {children(list.nodes)}
      </InfiniteList>
    </Card>
  );
}
