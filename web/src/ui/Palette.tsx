import type { ReactNode } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { TextField } from "react-aria-components/TextField";
import { Dialog } from "./Dialog";
import { Icon } from "./icons/Icon";
import overlay from "./Overlay.module.css";
import styles from "./Palette.module.css";

export type PaletteItem = {
  id: string;
  text: string;
  hint?: string;
  picture: ReactNode;
  onAction: () => void;
};
export type PaletteSection = { title: string; items: readonly PaletteItem[] };

export type PaletteProps = {
  label: string;
  placeholder: string;
  inputValue: string;
  onInputChange: (text: string) => void;
  sections: readonly PaletteSection[];
  /** Shown instead of an empty list. */
  empty: ReactNode;
  onClose: () => void;
};

/** A search field with results to jump to, over the page. The caller does the searching. */
export function Palette({
  label,
  placeholder,
  inputValue,
  onInputChange,
  sections,
  empty,
  onClose,
}: PaletteProps) {
  const filled = sections.filter((section) => section.items.length > 0);
  return (
    <Dialog isOpen onOpenChange={(open) => !open && onClose()} title={label} isPalette>
      <Autocomplete inputValue={inputValue} onInputChange={onInputChange}>
        <TextField aria-label={label} autoFocus className={styles.field}>
          <Icon name="search" />
          <Input className={styles.input} placeholder={placeholder} />
        </TextField>
        <Menu
          aria-label={label}
          className={`${overlay.list} ${styles.results}`}
          onAction={() => onClose()}
          renderEmptyState={() => <p className={overlay.empty}>{empty}</p>}
        >
          {filled.map((section) => (
            <MenuSection key={section.title}>
              <Header className={overlay.heading}>{section.title}</Header>
              {section.items.map((item) => (
                <MenuItem
                  key={item.id}
                  id={item.id}
                  textValue={item.text}
                  className={overlay.item}
                  onAction={item.onAction}
                >
                  {item.picture}
                  <span className={overlay.itemText}>
                    {item.text}
                    {item.hint && <small>{item.hint}</small>}
                  </span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}
