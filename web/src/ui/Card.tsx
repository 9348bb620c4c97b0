import type { ReactNode } from "react";
import { cx } from "./classNames";
import styles from "./Display.module.css";

type CardProps = { isFlush?: boolean; className?: string; children: ReactNode };

/** A surface that holds one thing. */
export function Card({ isFlush, className, children }: CardProps) {
  return <div className={cx(styles.card, !isFlush && styles.padded, className)}>{children}</div>;
}

/** A titled part of a page on a card. */
export function Section({
  title,
  actions,
  className,
  children,
}: {
  title: string;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={cx(styles.card, styles.padded, className)}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
