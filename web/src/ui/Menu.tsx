import type { ReactElement, ReactNode } from "react";
import type { IconName } from "./icons/paths";
import { getParts, useParts } from "./lazyParts";
import { useOverlayTrigger } from "./overlayTrigger";

export type MenuProps = {
  /** The button that opens it: Button or IconButton. */
  trigger: ReactElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end" | "right bottom";
  children: ReactNode;
};

/** A menu of actions behind a button. */
export function Menu({ trigger, label, placement = "bottom end", children }: MenuProps) {
  const { element, ref, isOpen, onOpenChange, focus } = useOverlayTrigger(trigger, "menu");
  const parts = useParts(isOpen);
  return (
    <>
      {element}
      {parts && (
        <parts.MenuPanel
          label={label}
          placement={placement}
          triggerRef={ref}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          focus={focus}
        >
          {children}
        </parts.MenuPanel>
      )}
    </>
  );
}

export type MenuItemProps = {
  /** Needed within a section with a choice. */
  id?: string;
  icon?: IconName;
  onAction?: () => void;
  /** An address within Loggia, or outside. */
  href?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  hint?: string;
  children: string;
};

// What follows is only ever rendered inside an open menu, when the parts are there.

/** One action. */
export function MenuItem(props: MenuItemProps) {
  const parts = getParts();
  return parts && <parts.MenuItemPart {...props} />;
}

export type MenuChoiceProps<T extends string> = {
  title: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; hint?: string; icon?: IconName }[];
};

/** A section in which exactly one is chosen. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const parts = getParts();
  return parts && <parts.MenuChoicePart {...props} />;
}

/** A line between groups of actions. */
export function MenuSeparator() {
  const parts = getParts();
  return parts && <parts.MenuSeparatorPart />;
}
