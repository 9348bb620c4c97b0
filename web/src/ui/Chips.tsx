import type { ReactNode } from "react";
import { useTranslation } from "@/i18n/texts";
import styles from "./Chips.module.css";
import { Icon } from "./icons/Icon";

/** Chosen things one can take away again, for example people in a dialog. */
export function Chips<T extends { id: string }>({
  label,
  items,
  textOf,
  onRemove,
  renderItem,
}: {
  label: string;
  items: readonly T[];
  textOf: (item: T) => string;
  onRemove: (item: T) => void;
  renderItem?: (item: T) => ReactNode;
}) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <ul aria-label={label} className={styles.chips}>
      {items.map((item) => (
        <li key={item.id} className={styles.chip}>
          {renderItem ? renderItem(item) : textOf(item)}
          <button
            type="button"
            className={styles.remove}
            aria-label={`${t("action.remove")}: ${textOf(item)}`}
            onClick={() => onRemove(item)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
