import { type ReactNode, type Ref, useState } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea as AriaTextArea } from "react-aria-components/TextArea";
import {
  type TextFieldProps as AriaProps,
  TextField as AriaTextField,
} from "react-aria-components/TextField";
import { useTranslation } from "@/i18n/texts";
import { cx } from "./classNames";
import styles from "./Field.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";

type Shared = Omit<AriaProps, "className" | "style" | "children" | "isInvalid"> & {
  label: string;
  /** Hides the label visually when the place explains itself. */
  hideLabel?: boolean;
  hint?: ReactNode;
  /** Says what to mend; sets the field invalid. */
  error?: string | null;
  placeholder?: string;
  /** Shows what is left of this many characters and marks what is too much. */
  limit?: number;
  isOptional?: boolean;
  className?: string;
};

function LabelLine({
  label,
  hideLabel,
  isOptional,
}: Pick<Shared, "label" | "hideLabel" | "isOptional">) {
  const { t } = useTranslation();
  if (hideLabel) return null;
  return (
    <Label className={styles.label}>
      {label} {isOptional && <span className={styles.optional}>({t("state.optional")})</span>}
    </Label>
  );
}

function Below({
  hint,
  error,
  limit,
  length,
}: {
  hint?: ReactNode;
  error?: string | null;
  limit?: number;
  length: number;
}) {
  const { t } = useTranslation();
  const left = limit === undefined ? undefined : limit - length;
  const showCount = left !== undefined && limit !== undefined && left < Math.max(20, limit * 0.2);
  return (
    <>
      {error && (
        <FieldError className={styles.error}>
          <Icon name="warning" size={16} />
          {error}
        </FieldError>
      )}
      {((hint && !error) || showCount) && (
        <div className={styles.row}>
          {hint && !error && (
            <Text slot="description" className={styles.hint}>
              {hint}
            </Text>
          )}
          {showCount && (
            <span className={cx(styles.count, left < 0 && styles.over)}>
              {left < 0 ? t("tooLong", { count: -left }) : t("characters", { count: left })}
            </span>
          )}
        </div>
      )}
    </>
  );
}

function useLength(props: Shared) {
  const [inner, setInner] = useState(props.defaultValue ?? "");
  const value = props.value ?? inner;
  const onChange = (next: string) => {
    setInner(next);
    props.onChange?.(next);
  };
  return { length: Array.from(value).length, onChange };
}

export type TextFieldProps = Shared & {
  icon?: IconName;
  /** Widget at the end of the box, for example an IconButton of size "s". */
  trailing?: ReactNode;
  inputRef?: Ref<HTMLInputElement>;
};

/** One line of text with label, hint and error. */
export function TextField({
  label,
  hideLabel,
  hint,
  error,
  placeholder,
  limit,
  isOptional,
  icon,
  trailing,
  inputRef,
  className,
  ...rest
}: TextFieldProps) {
  const { length, onChange } = useLength({ label, ...rest });
  return (
    <AriaTextField
      {...rest}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={cx(styles.field, className)}
    >
      <LabelLine label={label} hideLabel={hideLabel} isOptional={isOptional} />
      <div className={styles.box}>
        {icon && (
          <span className={styles.affix}>
            <Icon name={icon} size={18} />
          </span>
        )}
        <Input ref={inputRef} className={styles.input} placeholder={placeholder} />
        {trailing && <span className={styles.affix}>{trailing}</span>}
      </div>
      <Below hint={hint} error={error} limit={limit} length={length} />
    </AriaTextField>
  );
}

export type TextAreaProps = Shared & { rows?: number; areaRef?: Ref<HTMLTextAreaElement> };

/** Several lines of text; grows with its content. */
export function TextArea({
  label,
  hideLabel,
  hint,
  error,
  placeholder,
  limit,
  isOptional,
  rows = 3,
  areaRef,
  className,
  ...rest
}: TextAreaProps) {
  const { length, onChange } = useLength({ label, ...rest });
  return (
    <AriaTextField
      {...rest}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      aria-label={hideLabel ? label : undefined}
      className={cx(styles.field, className)}
    >
      <LabelLine label={label} hideLabel={hideLabel} isOptional={isOptional} />
      <div className={styles.box}>
        <AriaTextArea
          ref={areaRef}
          rows={rows}
          className={cx(styles.input, styles.area)}
          placeholder={placeholder}
        />
      </div>
      <Below hint={hint} error={error} limit={limit} length={length} />
    </AriaTextField>
  );
}

/** A password with a button that shows it. */
export function PasswordField(
  props: Omit<TextFieldProps, "type" | "trailing"> & { showLabel: string; hideLabelText: string },
) {
  const { showLabel, hideLabelText, ...rest } = props;
  const [visible, setVisible] = useState(false);
  return (
    <TextField
      {...rest}
      type={visible ? "text" : "password"}
      trailing={
        <button
          type="button"
          className={styles.reveal}
          aria-pressed={visible}
          aria-label={visible ? hideLabelText : showLabel}
          onClick={() => setVisible(!visible)}
        >
          <Icon name={visible ? "eye-off" : "eye"} size={18} />
        </button>
      }
    />
  );
}
