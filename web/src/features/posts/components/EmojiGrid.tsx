import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "@/i18n";
import { emojis, quickCount } from "./emoji";
import styles from "./ReactionBar.module.css";

/** Emoji to choose from; the arrow keys walk through them. */
export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation("posts");
  const grid = useRef<HTMLDivElement>(null);

  function walk(event: KeyboardEvent) {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: quickCount,
      ArrowUp: -quickCount,
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons: (Element | null)[] = [...(grid.current?.querySelectorAll("button") ?? [])];
    const current = buttons.indexOf(document.activeElement);
    const next = Math.min(buttons.length - 1, Math.max(0, current + step));
    const button = buttons[next];
    if (button instanceof HTMLElement) button.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside have the focus; this only moves it
    <div ref={grid} className={styles.grid} onKeyDown={walk}>
      {emojis.map(({ emoji, name }, index) => (
        <button
          key={name}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          className={styles.choice}
          aria-label={t(`emoji.${name}`)}
          title={t(`emoji.${name}`)}
          onClick={() => onPick(emoji)}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
