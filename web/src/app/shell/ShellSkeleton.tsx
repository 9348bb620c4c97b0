import { SkeletonLine, SkeletonList } from "@/ui";
import styles from "./AppShell.module.css";
import { Logo } from "./Logo";

/** The frame while the viewer is on the way; takes the same room as what comes. */
export function ShellSkeleton() {
  return (
    <div className={styles.shell}>
      <div className={styles.rail}>
        <div className={styles.brand}>
          <Logo />
        </div>
        <div className={styles.railLines}>
          <SkeletonLine width={3} />
          <SkeletonLine width={2} />
          <SkeletonLine width={3} />
        </div>
      </div>
      <div className={styles.column}>
        <div className={styles.main}>
          <div className={styles.skeleton}>
            <SkeletonList of="post" count={3} />
          </div>
        </div>
      </div>
      <div className={styles.tabs} />
    </div>
  );
}
