import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "@/i18n";
import { Icon, type IconName } from "@/ui";
import type { Tool } from "./markdownEdit";
import styles from "./WritingArea.module.css";

type Props = {
  mode: "write" | "preview";
  onModeChange: (mode: "write" | "preview") => void;
  onTool: (tool: Tool) => void;
  onFiles?: (files: readonly File[]) => void;
  isCompact?: boolean;
};

const tools: readonly { tool: Tool; icon: IconName | null; keys?: string }[] = [
  { tool: "bold", icon: "bold", keys: "B" },
  { tool: "italic", icon: "italic", keys: "I" },
  { tool: "link", icon: "link", keys: "K" },
  { tool: "list", icon: "list" },
  { tool: "quote", icon: "quote" },
  { tool: "code", icon: "code", keys: "E" },
  { tool: "tasks", icon: "check-circle" },
  { tool: "table", icon: null },
];

/** Buttons over the text; one stop for the Tab key, arrows within. */
export function Toolbar({ mode, onModeChange, onTool, onFiles, isCompact }: Props) {
  const { t } = useTranslation("posts");
  const bar = useRef<HTMLDivElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const isPreview = mode === "preview";

  function walk(event: KeyboardEvent) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const buttons = [...(bar.current?.querySelectorAll("button:not(:disabled)") ?? [])];
    const current = buttons.indexOf(document.activeElement as Element);
    const next = buttons[(current + step + buttons.length) % buttons.length];
    if (next instanceof HTMLElement) next.focus();
    event.preventDefault();
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t("tools.label")}
      className={styles.toolbar}
      onKeyDown={walk}
    >
      <div className={styles.tools}>
        {tools.map(({ tool, icon, keys }, index) => (
          <button
            key={tool}
            type="button"
            tabIndex={index === 0 && !isPreview ? 0 : -1}
            className={styles.tool}
            disabled={isPreview}
            aria-label={t(`tools.${tool}`)}
            title={keys ? `${t(`tools.${tool}`)} (Ctrl+${keys})` : t(`tools.${tool}`)}
            onClick={() => onTool(tool)}
          >
            {icon ? <Icon name={icon} size={18} /> : <TableIcon />}
          </button>
        ))}
        {onFiles && (
          <>
            <button
              type="button"
              tabIndex={-1}
              className={styles.tool}
              aria-label={t("attachments.add")}
              title={t("attachments.add")}
              onClick={() => files.current?.click()}
            >
              <Icon name="paperclip" size={18} />
            </button>
            <input
              ref={files}
              type="file"
              multiple
              hidden
              accept="image/*,application/pdf,video/*"
              aria-label={t("attachments.add")}
              onChange={(event) => {
                if (event.target.files) onFiles([...event.target.files]);
                event.target.value = "";
              }}
            />
          </>
        )}
      </div>
      <button
        type="button"
        tabIndex={isPreview ? 0 : -1}
        className={styles.mode}
        aria-pressed={isPreview}
        onClick={() => onModeChange(isPreview ? "write" : "preview")}
      >
        <Icon name={isPreview ? "edit" : "eye"} size={16} />
        <span className={isCompact ? styles.wideOnly : undefined}>
          {isPreview ? t("tools.write") : t("tools.preview")}
        </span>
      </button>
    </div>
  );
}

function TableIcon() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 4.5h14v11H3zM3 8.5h14M3 12h14M8.5 8.5v7" />
    </svg>
  );
}
