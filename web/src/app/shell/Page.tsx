import { type ReactNode, useEffect } from "react";
import { useTranslation } from "@/i18n";
import { cx, SkeletonList } from "@/ui";
import styles from "./Page.module.css";

export type PageProps = {
  /** Heading and, with the organisation, the title of the window. */
  title: string;
  /** Keeps the heading for assistive technology only. */
  hideTitle?: boolean;
  actions?: ReactNode;
  /** "feed": reading column; "wide": lists and tables; "form": narrow. */
  width?: "feed" | "wide" | "form";
  /** Right column from 1280 px; below that it follows the content. */
  context?: ReactNode;
  children: ReactNode;
};

/** The inner frame of every page: heading, column, context. */
export function Page({ title, hideTitle, actions, width = "feed", context, children }: PageProps) {
  const { t } = useTranslation("shell");
  useEffect(() => {
    document.title = `${title} · Loggia`;
  }, [title]);
  return (
    <div className={cx(styles.page, styles[width], Boolean(context) && styles.hasContext)}>
      <div className={styles.content}>
        {(!hideTitle || actions) && (
          <div className={styles.head}>
            <h1 className={hideTitle ? styles.hiddenTitle : undefined}>{title}</h1>
            {actions && <div className={styles.actions}>{actions}</div>}
          </div>
        )}
        {hideTitle && !actions && <h1 className={styles.hiddenTitle}>{title}</h1>}
        {children}
      </div>
      {context && (
        <aside aria-label={t("nav.context")} className={styles.context}>
          {context}
        </aside>
      )}
    </div>
  );
}

/** A page on the way: shown while its chunk or its first data come. */
export function PageSkeleton({ of = "row" }: { of?: "row" | "post" }) {
  return (
    <div className={cx(styles.page, styles.feed)}>
      <div className={styles.content}>
        <SkeletonList of={of} count={of === "post" ? 3 : 6} />
      </div>
    </div>
  );
}
