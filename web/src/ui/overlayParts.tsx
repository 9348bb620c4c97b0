/**
 * The heavy halves of Menu and Popover. They come as one chunk when somebody first points at,
 * focuses or presses a button that opens one, or when the page has been idle; see lazyParts.ts.
 */
import type { ReactNode, RefObject } from "react";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
} from "react-aria-components/Menu";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { cx } from "./classNames";
import { Icon } from "./icons/Icon";
import type { MenuChoiceProps, MenuItemProps } from "./Menu";
import overlay from "./Overlay.module.css";

type PanelProps = {
  label: string;
  placement:
    | "bottom start"
    | "bottom end"
    | "top start"
    | "top end"
    | "top"
    | "bottom"
    | "right bottom";
  triggerRef: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

export function MenuPanel({
  label,
  placement,
  triggerRef,
  isOpen,
  onOpenChange,
  focus,
  children,
}: PanelProps & { focus: "first" | "last" | true; children: ReactNode }) {
  return (
    <AriaPopover
      aria-label={label}
      triggerRef={triggerRef}
      placement={placement}
      offset={4}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className={overlay.popover}
    >
      <AriaMenu
        aria-label={label}
        autoFocus={focus}
        onClose={() => onOpenChange(false)}
        className={overlay.list}
      >
        {children}
      </AriaMenu>
    </AriaPopover>
  );
}

export function MenuItemPart({ icon, isDanger, hint, children, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      className={cx(overlay.item, isDanger && overlay.dangerItem)}
    >
      {icon && <Icon name={icon} size={18} />}
      <span className={overlay.itemText}>
        {children}
        {hint && <small>{hint}</small>}
      </span>
    </AriaMenuItem>
  );
}

export function MenuChoicePart<T extends string>({
  title,
  value,
  onChange,
  options,
}: MenuChoiceProps<T>) {
  return (
    <AriaMenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const next = options.find((option) => keys !== "all" && keys.has(option.value));
        if (next) onChange(next.value);
      }}
    >
      <Header className={overlay.heading}>{title}</Header>
      {options.map((option) => (
        <AriaMenuItem
          key={option.value}
          id={option.value}
          textValue={option.label}
          className={overlay.item}
        >
          {option.icon && <Icon name={option.icon} size={18} />}
          <span className={overlay.itemText}>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
          <Icon name="check" size={18} className={overlay.tick} />
        </AriaMenuItem>
      ))}
    </AriaMenuSection>
  );
}

export function MenuSeparatorPart() {
  return <Separator className={overlay.separator} />;
}

export function PopoverPanel({
  label,
  placement,
  triggerRef,
  isOpen,
  onOpenChange,
  isFlush,
  children,
}: PanelProps & { isFlush?: boolean; children: ReactNode }) {
  return (
    <AriaPopover
      triggerRef={triggerRef}
      placement={placement}
      offset={6}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className={overlay.popover}
    >
      <Dialog aria-label={label} className={cx(overlay.dialog, !isFlush && overlay.padded)}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}
