import type { ReactNode } from "react";
import { useTranslation } from "@/i18n/texts";
import { Button } from "./Button";
import { cx } from "./classNames";
import styles from "./Display.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";

export type EmptyStateProps = {
  icon: IconName;
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  isCompact?: boolean;
};

/** Says why nothing is here and what to do next. */
export function EmptyState({ icon, title, text, actions, isCompact }: EmptyStateProps) {
  return (
    <div className={cx(styles.state, isCompact && styles.compact)}>
      <span className={styles.stateIcon}>
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {actions && <div className={styles.stateActions}>{actions}</div>}
    </div>
  );
}

export type ErrorStateProps = {
  /** Already in the reader's language: see useErrorText in @/graphql. */
  message: string;
  requestId?: string | null;
  onRetry?: () => void;
  isCompact?: boolean;
};

/** A failure with its reference and a way on. */
export function ErrorState({ message, requestId, onRetry, isCompact }: ErrorStateProps) {
  const { t } = useTranslation();
  return (
    <div className={cx(styles.state, isCompact && styles.compact)} role="alert">
      <span className={cx(styles.stateIcon, styles.stateDanger)}>
        <Icon name="warning" size={26} />
      </span>
      <h2>{t("error.title")}</h2>
      <p>{message}</p>
      {requestId && <p className={styles.reference}>{t("error.requestId", { id: requestId })}</p>}
      {onRetry && (
        <div className={styles.stateActions}>
          <Button icon="refresh" onPress={onRetry}>
            {t("action.retry")}
          </Button>
        </div>
      )}
    </div>
  );
}
