import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from "react-aria-components/Checkbox";
import {
  CheckboxGroup as AriaCheckboxGroup,
  type CheckboxGroupProps as AriaCheckboxGroupProps,
} from "react-aria-components/CheckboxGroup";
import { FieldError } from "react-aria-components/FieldError";
import { Label } from "react-aria-components/Label";
import {
  Radio as AriaRadio,
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
} from "react-aria-components/RadioGroup";
import {
  Switch as AriaSwitch,
  type SwitchProps as AriaSwitchProps,
} from "react-aria-components/Switch";
import { cx } from "./classNames";
import styles from "./Field.module.css";
import { Icon } from "./icons/Icon";

type Texts = { children: ReactNode; hint?: ReactNode };

function ChoiceText({ children, hint }: Texts) {
  return (
    <span className={styles.choiceText}>
      <span>{children}</span>
      {hint && <span className={styles.hint}>{hint}</span>}
    </span>
  );
}

export type CheckboxProps = Omit<AriaCheckboxProps, "className" | "style" | "children"> & Texts;

/** A tick box with its text. */
export function Checkbox({ children, hint, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={styles.choice}>
      <span className={styles.mark}>
        <Icon name="check" size={16} />
      </span>
      <ChoiceText hint={hint}>{children}</ChoiceText>
    </AriaCheckbox>
  );
}

export type CheckboxGroupProps = Omit<
  AriaCheckboxGroupProps,
  "className" | "style" | "children" | "isInvalid"
> & {
  label: string;
  error?: string | null;
  children: ReactNode;
};

/** Several tick boxes under one label; children are Checkbox with `value`. */
export function CheckboxGroup({ label, error, children, ...rest }: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup
      {...rest}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={styles.field}
    >
      <Label className={styles.label}>{label}</Label>
      <div className={styles.group}>{children}</div>
      {error && (
        <FieldError className={styles.error}>
          <Icon name="warning" size={16} />
          {error}
        </FieldError>
      )}
    </AriaCheckboxGroup>
  );
}

export type SwitchProps = Omit<AriaSwitchProps, "className" | "style" | "children"> & Texts;

/** An on-off switch that takes effect at once. */
export function Switch({ children, hint, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={cx(styles.choice, styles.switch)}>
      <ChoiceText hint={hint}>{children}</ChoiceText>
      <span className={styles.track} />
    </AriaSwitch>
  );
}

export type RadioGroupProps = Omit<AriaRadioGroupProps, "className" | "style" | "children"> & {
  label: string;
  hideLabel?: boolean;
  /** Shows the choices as cards side by side. */
  asCards?: boolean;
  children: ReactNode;
};

/** One of a few; children are Radio. */
export function RadioGroup({ label, hideLabel, asCards, children, ...rest }: RadioGroupProps) {
  return (
    <AriaRadioGroup {...rest} aria-label={hideLabel ? label : undefined} className={styles.field}>
      {!hideLabel && <Label className={styles.label}>{label}</Label>}
      <div className={asCards ? styles.cards : styles.group}>{children}</div>
    </AriaRadioGroup>
  );
}

/** A choice within a RadioGroup. */
export function Radio({
  value,
  children,
  hint,
  isDisabled,
}: Texts & { value: string; isDisabled?: boolean }) {
  return (
    <AriaRadio value={value} isDisabled={isDisabled} className={styles.choice}>
      <span className={cx(styles.mark, styles.round)} />
      <ChoiceText hint={hint}>{children}</ChoiceText>
    </AriaRadio>
  );
}
