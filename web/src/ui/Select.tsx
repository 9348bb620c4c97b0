import type { ReactNode } from "react";
import { Button } from "react-aria-components/Button";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Select as AriaSelect, SelectValue } from "react-aria-components/Select";
import { Text } from "react-aria-components/Text";
import { cx } from "./classNames";
import field from "./Field.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";
import overlay from "./Overlay.module.css";
import styles from "./Select.module.css";

export type SelectOption<T extends string> = {
  value: T;
  label: string;
  hint?: string;
  icon?: IconName;
};

export type SelectProps<T extends string> = {
  label: string;
  hideLabel?: boolean;
  hint?: ReactNode;
  value: T | null;
  onChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  placeholder?: string;
  size?: "s" | "m";
  isDisabled?: boolean;
  className?: string;
};

/** One of a known list. For long or remote lists use Combobox. */
export function Select<T extends string>({
  label,
  hideLabel,
  hint,
  value,
  onChange,
  options,
  placeholder,
  size = "m",
  isDisabled,
  className,
}: SelectProps<T>) {
  return (
    <AriaSelect
      value={value}
      onChange={(key) => {
        const next = options.find((option) => option.value === key);
        if (next) onChange(next.value);
      }}
      isDisabled={isDisabled}
      placeholder={placeholder}
      aria-label={hideLabel ? label : undefined}
      className={cx(field.field, className)}
    >
      {!hideLabel && <Label className={field.label}>{label}</Label>}
      <Button className={cx(styles.trigger, size === "s" && styles.s)}>
        <SelectValue className={styles.value}>
          {({ selectedText, isPlaceholder, defaultChildren }) =>
            isPlaceholder ? defaultChildren : selectedText
          }
        </SelectValue>
        <Icon name="chevron-down" size={16} />
      </Button>
      {hint && (
        <Text slot="description" className={field.hint}>
          {hint}
        </Text>
      )}
      <Popover className={cx(overlay.popover, styles.popover)} offset={4}>
        <ListBox
          items={options.map((option) => ({ ...option, id: option.value }))}
          className={overlay.list}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={overlay.item}>
              {option.icon && <Icon name={option.icon} size={18} />}
              <span className={overlay.itemText}>
                {option.label}
                {option.hint && <small>{option.hint}</small>}
              </span>
              <Icon name="check" size={18} className={overlay.tick} />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
