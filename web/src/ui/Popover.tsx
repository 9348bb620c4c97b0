import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import { cx } from "./classNames";
import styles from "./Overlay.module.css";

export type PopoverProps = {
  trigger: ReactElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end" | "top" | "bottom";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  isFlush?: boolean;
  children: ReactNode | ((close: () => void) => ReactNode);
};

/** Free content in a small window beside its button. */
export function Popover({
  trigger,
  label,
  placement = "bottom start",
  isOpen,
  onOpenChange,
  isFlush,
  children,
}: PopoverProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      {trigger}
      <AriaPopover placement={placement} offset={6} className={styles.popover}>
        <Dialog aria-label={label} className={cx(styles.dialog, !isFlush && styles.padded)}>
          {typeof children === "function" ? ({ close }) => children(close) : children}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
