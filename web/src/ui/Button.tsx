import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
} from "react-aria-components/Button";
import styles from "./Button.module.css";
import { cx } from "./classNames";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";
import { Tooltip } from "./Tooltip";

export type ButtonVariant = "primary" | "secondary" | "soft" | "quiet" | "danger";
export type ButtonSize = "s" | "m" | "l";

type Look = { variant?: ButtonVariant; size?: ButtonSize; block?: boolean };

/** The look of a button for a router link: `<Link className={buttonClass({ variant: "primary" })}>`. */
export function buttonClass({
  variant = "secondary",
  size = "m",
  block = false,
}: Look = {}): string {
  return cx(styles.button, styles[variant], size !== "m" && styles[size], block && styles.block);
}

export type ButtonProps = Omit<AriaButtonProps, "className" | "style" | "children"> &
  Look & {
    icon?: IconName;
    /** Shows progress, keeps focus and ignores presses. */
    isPending?: boolean;
    children: ReactNode;
    className?: string;
    ref?: Ref<HTMLButtonElement>;
  };

/** A button with a text. */
export function Button({
  variant,
  size,
  block,
  icon,
  children,
  className,
  isPending,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      isPending={isPending}
      className={cx(buttonClass({ variant, size, block }), className)}
    >
      {isPending ? (
        <span className={styles.dots} aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      ) : (
        icon && <Icon name={icon} size={size === "s" ? 16 : 18} />
      )}
      {children}
    </AriaButton>
  );
}

export type IconButtonProps = Omit<
  AriaButtonProps,
  "className" | "style" | "children" | "aria-label"
> & {
  icon: IconName;
  /** Name for assistive technology and tooltip. */
  label: string;
  /** Keys shown in the tooltip, for example "c". */
  shortcut?: string;
  variant?: ButtonVariant;
  size?: "s" | "m";
  className?: string;
  ref?: Ref<HTMLButtonElement>;
};

/** A square button with only an icon; always named, always with a tooltip. */
export function IconButton({
  icon,
  label,
  shortcut,
  variant = "quiet",
  size = "m",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx(buttonClass({ variant, size }), styles.icon, className)}
      >
        <Icon name={icon} size={size === "s" ? 17 : 20} />
      </AriaButton>
    </Tooltip>
  );
}
