import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useTranslation } from "@/i18n/texts";
import { Button, IconButton } from "./Button";
import { cx } from "./classNames";
import styles from "./Overlay.module.css";

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  size?: "s" | "m" | "l";
  /** Buttons at the bottom. */
  footer?: ReactNode;
  /** False keeps it open on a press outside, for forms with unsaved text. */
  isDismissable?: boolean;
  role?: "dialog" | "alertdialog";
  /** Shows it near the top of the window and without a head, for palettes. */
  isPalette?: boolean;
  children: ReactNode;
};

/** A modal dialog; on phones a sheet from the bottom. Esc closes it, focus returns to where it was. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  size = "m",
  footer,
  isDismissable = true,
  role = "dialog",
  isPalette = false,
  children,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={isDismissable}
      className={cx(styles.scrim, isPalette && styles.top)}
    >
      <Modal className={cx(styles.modal, size !== "m" && styles[size])}>
        <AriaDialog
          role={role}
          aria-label={isPalette ? title : undefined}
          className={styles.dialog}
        >
          {isPalette ? (
            children
          ) : (
            <>
              <div className={styles.head}>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                <IconButton
                  icon="close"
                  label={t("action.close")}
                  onPress={() => onOpenChange(false)}
                />
              </div>
              <div className={styles.body}>{children}</div>
              {footer && <div className={styles.foot}>{footer}</div>}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  text?: ReactNode;
  confirmLabel: string;
  isDanger?: boolean;
  isPending?: boolean;
};

/** Asks before something that cannot be undone. Prefer doing it at once with an undo toast. */
export function ConfirmDialog({
  isOpen,
  onClose,
  onConfirm,
  title,
  text,
  confirmLabel,
  isDanger,
  isPending,
}: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      title={title}
      size="s"
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{t("action.cancel")}</Button>
          <Button
            variant={isDanger ? "danger" : "primary"}
            isPending={isPending}
            onPress={onConfirm}
            autoFocus
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {text}
    </Dialog>
  );
}
