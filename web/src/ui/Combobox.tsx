import type { ReactNode } from "react";
import { ComboBox } from "react-aria-components/ComboBox";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { useTranslation } from "@/i18n/texts";
import { cx } from "./classNames";
import field from "./Field.module.css";
import { Icon } from "./icons/Icon";
import type { IconName } from "./icons/paths";
import overlay from "./Overlay.module.css";

export type ComboboxProps<T extends { id: string }> = {
  label: string;
  hideLabel?: boolean;
  placeholder?: string;
  icon?: IconName;
  error?: string | null;
  /** What is typed now; ask the server with it (debounced by the caller). */
  inputValue: string;
  onInputChange: (text: string) => void;
  items: readonly T[];
  isLoading?: boolean;
  /** Called with the chosen item; empty the input there to pick several in a row. */
  onSelect: (item: T) => void;
  textOf: (item: T) => string;
  renderItem?: (item: T) => ReactNode;
  autoFocus?: boolean;
};

/** Typeahead over items that come from the server. The list is not filtered here. */
export function Combobox<T extends { id: string }>({
  label,
  hideLabel,
  placeholder,
  icon,
  error,
  inputValue,
  onInputChange,
  items,
  isLoading,
  onSelect,
  textOf,
  renderItem,
  autoFocus,
}: ComboboxProps<T>) {
  const { t } = useTranslation();
  return (
    <ComboBox
      aria-label={hideLabel ? label : undefined}
      inputValue={inputValue}
      onInputChange={onInputChange}
      items={items}
      value={null}
      onChange={(key) => {
        const item = items.find((candidate) => candidate.id === key);
        if (item) onSelect(item);
      }}
      allowsCustomValue
      // "Nothing found" answers what was typed; once a choice has emptied the field the list closes.
      allowsEmptyCollection={inputValue !== ""}
      menuTrigger="input"
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={field.field}
    >
      {!hideLabel && <Label className={field.label}>{label}</Label>}
      <div className={field.box}>
        {icon && (
          <span className={field.affix}>
            <Icon name={icon} size={18} />
          </span>
        )}
        <Input
          className={field.input}
          placeholder={placeholder}
          autoFocus={autoFocus}
          autoComplete="off"
        />
      </div>
      {error && (
        <FieldError className={field.error}>
          <Icon name="warning" size={16} />
          {error}
        </FieldError>
      )}
      <Popover className={cx(overlay.popover, overlay.matched)} offset={4}>
        <ListBox<T>
          className={overlay.list}
          renderEmptyState={() => (
            <p className={overlay.empty}>{isLoading ? t("state.loading") : t("state.noResults")}</p>
          )}
        >
          {(item) => (
            <ListBoxItem id={item.id} textValue={textOf(item)} className={overlay.item}>
              {renderItem ? renderItem(item) : textOf(item)}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
