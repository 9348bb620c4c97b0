import type { ReactElement, ReactNode } from "react";
import { useParts } from "./lazyParts";
import { useOverlayTrigger } from "./overlayTrigger";

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
  isFlush,
  children,
  ...controlled
}: PopoverProps) {
  const { element, ref, isOpen, onOpenChange } = useOverlayTrigger(trigger, "dialog", controlled);
  const parts = useParts(isOpen);
  return (
    <>
      {element}
      {parts && (
        <parts.PopoverPanel
          label={label}
          placement={placement}
          triggerRef={ref}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          isFlush={isFlush}
        >
          {typeof children === "function" ? children(() => onOpenChange(false)) : children}
        </parts.PopoverPanel>
      )}
    </>
  );
}
