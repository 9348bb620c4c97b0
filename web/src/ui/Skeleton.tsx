import { useTranslation } from "@/i18n/texts";
import { cx } from "./classNames";
import styles from "./Skeleton.module.css";
import { VisuallyHidden } from "./VisuallyHidden";

/** One line of text to come; width 1 (short) to 4 (full). */
export function SkeletonLine({ width = 4 }: { width?: 1 | 2 | 3 | 4 }) {
  return <span className={cx(styles.line, styles[`w${width}`])} />;
}

/** A round picture to come. */
export function SkeletonCircle() {
  return <span className={styles.circle} />;
}

/** A box to come. */
export function SkeletonBlock() {
  return <span className={styles.block} />;
}

/** A line of a list: picture, name and something below. */
export function SkeletonRow() {
  return (
    <div className={styles.row}>
      <SkeletonCircle />
      <div className={styles.grow}>
        <SkeletonLine width={1} />
        <SkeletonLine width={2} />
      </div>
    </div>
  );
}

/** A post to come. */
export function SkeletonPost() {
  return (
    <div className={styles.post}>
      <div className={styles.row}>
        <SkeletonCircle />
        <div className={styles.grow}>
          <SkeletonLine width={1} />
          <SkeletonLine width={2} />
        </div>
      </div>
      <div>
        <SkeletonLine />
        <SkeletonLine />
        <SkeletonLine width={3} />
      </div>
    </div>
  );
}

/** Several of one kind, announced once as loading. */
export function SkeletonList({ of = "row", count = 5 }: { of?: "row" | "post"; count?: number }) {
  const { t } = useTranslation();
  return (
    <div
      className={cx(styles.stack, of === "row" && styles.tight)}
      role="status"
      data-skeleton="list"
    >
      <VisuallyHidden>{t("state.loading")}</VisuallyHidden>
      {Array.from({ length: count }, (_, index) => {
        // biome-ignore lint/suspicious/noArrayIndexKey: identical, never reordered
        return of === "post" ? <SkeletonPost key={index} /> : <SkeletonRow key={index} />;
      })}
    </div>
  );
}
