import type { ReactElement, ReactNode } from "react";
import { Header } from "react-aria-components/Header";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  MenuTrigger,
} from "react-aria-components/Menu";
import { Popover as AriaPopover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { cx } from "./classNames";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";
import styles from "./Overlay.module.css";

export type MenuProps = {
  /** The button that opens it: Button or IconButton. */
  trigger: ReactElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end" | "right bottom";
  children: ReactNode;
};

/** A menu of actions behind a button. */
export function Menu({ trigger, label, placement = "bottom end", children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <AriaPopover placement={placement} offset={4} className={styles.popover}>
        <AriaMenu aria-label={label} className={styles.list}>
          {children}
        </AriaMenu>
      </AriaPopover>
    </MenuTrigger>
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

/** One action. */
export function MenuItem({ icon, isDanger, hint, children, ...rest }: MenuItemProps) {
  return (
    <AriaMenuItem
      {...rest}
      textValue={children}
      className={cx(styles.item, isDanger && styles.dangerItem)}
    >
      {icon && <Icon name={icon} size={18} />}
      <span className={styles.itemText}>
        {children}
        {hint && <small>{hint}</small>}
      </span>
    </AriaMenuItem>
  );
}

export type MenuChoiceProps<T extends string> = {
  title: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; icon?: IconName }[];
};

/** A section in which exactly one is chosen. */
export function MenuChoice<T extends string>({
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
      <Header className={styles.heading}>{title}</Header>
      {options.map((option) => (
        <AriaMenuItem
          key={option.value}
          id={option.value}
          textValue={option.label}
          className={styles.item}
        >
          {option.icon && <Icon name={option.icon} size={18} />}
          <span className={styles.itemText}>{option.label}</span>
          <Icon name="check" size={18} className={styles.tick} />
        </AriaMenuItem>
      ))}
    </AriaMenuSection>
  );
}

/** A line between groups of actions. */
export function MenuSeparator() {
  return <Separator className={styles.separator} />;
}
