import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "@/i18n/texts";
import { Button, IconButton } from "./Button";
import { cx } from "./classNames";
import { Icon } from "./icons/Icon";
import styles from "./Toast.module.css";
import { dismissToast, type Toast, toastStore } from "./toastStore";

/** The place of all toasts; stands once in the app. Resting the pointer or focus on one keeps it. */
export function ToastRegion() {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  const [isHeld, setHeld] = useState(false);
  return (
    <div
      role="status"
      className={styles.region}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} isHeld={isHeld} />
      ))}
    </div>
  );
}

function ToastItem({ toast, isHeld }: { toast: Toast; isHeld: boolean }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), toast.durationMs);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  const { action } = toast;
  return (
    <div className={cx(styles.toast, styles[toast.tone])}>
      {toast.tone !== "neutral" && (
        <Icon name={toast.tone === "success" ? "check-circle" : "warning"} />
      )}
      <span className={styles.text}>{toast.text}</span>
      {action && (
        <Button
          size="s"
          variant="quiet"
          className={styles.action}
          onPress={() => {
            dismissToast(toast.id);
            action.onAction();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton
        icon="close"
        size="s"
        className={styles.close}
        label={t("action.dismiss")}
        onPress={() => dismissToast(toast.id)}
      />
    </div>
  );
}
