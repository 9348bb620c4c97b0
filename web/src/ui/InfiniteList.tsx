import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "@/i18n/texts";
import { Button } from "./Button";
import styles from "./InfiniteList.module.css";

export type InfiniteListProps = {
  /** Name of the list for assistive technology. */
  label: string;
  /** "feed": children are `<article aria-posinset aria-setsize={-1} tabIndex={0}>`; "list": children are `<li>`. */
  as?: "feed" | "list";
  hasMore: boolean;
  isLoading: boolean;
  onLoadMore: () => void;
  /** Shown below while more is on the way. */
  skeleton?: ReactNode;
  /** Shown when all has been seen. */
  end?: ReactNode;
  gap?: "none" | "s" | "m";
  children: ReactNode;
};

/** Loads more when the end comes near; a button does the same where that does not work. */
export function InfiniteList({
  label,
  as = "list",
  hasMore,
  isLoading,
  onLoadMore,
  skeleton,
  end,
  gap = "m",
  children,
}: InfiniteListProps) {
  const { t } = useTranslation();
  const sentinel = useRef<HTMLDivElement>(null);
  const load = useRef(onLoadMore);
  useEffect(() => {
    load.current = onLoadMore;
  });
  useEffect(() => {
    const target = sentinel.current;
    if (!target || !hasMore || isLoading || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) load.current();
      },
      { rootMargin: "600px 0px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [hasMore, isLoading]);
  return (
    <>
      {as === "feed" ? (
        <div role="feed" aria-label={label} aria-busy={isLoading} className={styles[gap]}>
          {children}
        </div>
      ) : (
        <ul aria-label={label} aria-busy={isLoading} className={styles[gap]}>
          {children}
        </ul>
      )}
      <div ref={sentinel} className={styles.more}>
        {isLoading && skeleton}
        {hasMore && !isLoading && (
          <Button variant="quiet" onPress={onLoadMore}>
            {t("action.loadMore")}
          </Button>
        )}
        {!hasMore && !isLoading && end}
      </div>
    </>
  );
}
