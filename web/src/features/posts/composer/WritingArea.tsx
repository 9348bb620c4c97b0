import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "@/i18n";
import { cx, Icon } from "@/ui";
import { applyEdit } from "./applyEdit";
import { MentionList, type MentionListHandle } from "./MentionList";
import { continueList, editWith, type Tool } from "./markdownEdit";
import { completeMention, type MentionAt, mentionAt } from "./mention";
import { Preview } from "./Preview";
import { Toolbar } from "./Toolbar";
import styles from "./WritingArea.module.css";

export type WritingAreaProps = {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
  /** Ctrl+Enter. */
  onSubmit: () => void;
  /** Files dropped, pasted or chosen. */
  onFiles?: (files: readonly File[]) => void;
  /** Called now and then while somebody types. */
  onTyping?: () => void;
  error?: string | null;
  isCompact?: boolean;
  maxCharacters?: number;
  autoFocus?: boolean;
  /** Below the text, within the frame: attachments. */
  children?: ReactNode;
};

/** A text in Markdown: toolbar, preview by the server, mentions, files by drop and paste. */
export function WritingArea({
  label,
  placeholder,
  value,
  onChange,
  onSubmit,
  onFiles,
  onTyping,
  error,
  isCompact,
  maxCharacters = 20_000,
  autoFocus,
  children,
}: WritingAreaProps) {
  const { t } = useTranslation(["posts", "common"]);
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useRef<MentionListHandle>(null);
  const listId = useId();
  const errorId = useId();
  const [mode, setMode] = useState<"write" | "preview">("write");
  const [mention, setMention] = useState<MentionAt | null>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const [isDropping, setDropping] = useState(false);

  useEffect(() => {
    const element = area.current;
    if (!autoFocus || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);

  function lookForMention() {
    const element = area.current;
    if (!element) return;
    const found =
      element.selectionStart === element.selectionEnd
        ? mentionAt(element.value, element.selectionStart)
        : null;
    setMention((known) =>
      known && found && known.start === found.start && known.query === found.query ? known : found,
    );
  }

  function apply(tool: Tool) {
    const element = area.current;
    if (!element) return;
    const { selectionStart: start, selectionEnd: end, value: text } = element;
    const words = { text: t("tools.text"), column: t("tools.column") };
    applyEdit(element, editWith(tool, { text, start, end }, words));
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return;
    if (mention && list.current?.handleKey(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const hasModifier = event.ctrlKey || event.metaKey;
    if (hasModifier && event.key === "Enter") {
      event.preventDefault();
      onSubmit();
      return;
    }
    const tool = hasModifier && !event.altKey && !event.shiftKey && toolKeys[event.key];
    if (tool) {
      event.preventDefault();
      event.stopPropagation();
      apply(tool);
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !hasModifier) {
      const { selectionStart: start, selectionEnd: end, value: text } = event.currentTarget;
      const edit = continueList({ text, start, end });
      if (edit) {
        event.preventDefault();
        applyEdit(event.currentTarget, edit);
      }
    }
  }
  function takeFiles(files: FileList | null | undefined): boolean {
    if (!onFiles || !files || files.length === 0) return false;
    onFiles([...files]);
    return true;
  }

  function onPaste(event: ClipboardEvent<HTMLTextAreaElement>) {
    // Office programs put a picture of the text beside it; the text is what was meant.
    if (event.clipboardData.types.includes("text/plain")) return;
    if (takeFiles(event.clipboardData.files)) event.preventDefault();
  }

  function onDrop(event: DragEvent) {
    setDropping(false);
    if (takeFiles(event.dataTransfer.files)) event.preventDefault();
  }

  const left = maxCharacters - Array.from(value).length;
  return (
    <div className={styles.outer}>
      <section
        aria-label={label}
        className={cx(
          styles.frame,
          isCompact && styles.compact,
          isDropping && styles.dropping,
          Boolean(error) && styles.invalid,
        )}
        onDragOver={(event) => {
          if (!onFiles || !event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={onDrop}
      >
        <Toolbar
          mode={mode}
          onModeChange={setMode}
          onTool={apply}
          onFiles={onFiles}
          isCompact={isCompact}
        />
        {mode === "preview" ? (
          <Preview body={value} />
        ) : (
          <textarea
            ref={area}
            aria-label={label}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? errorId : undefined}
            aria-autocomplete="list"
            aria-controls={mention ? listId : undefined}
            aria-activedescendant={(mention && activeId) || undefined}
            className={styles.area}
            dir="auto"
            placeholder={placeholder}
            rows={isCompact ? 2 : 6}
            value={value}
            onChange={(event) => {
              onChange(event.target.value);
              onTyping?.();
              lookForMention();
            }}
            onKeyDown={onKeyDown}
            onKeyUp={lookForMention}
            onClick={lookForMention}
            onBlur={() => setMention(null)}
            onPaste={onPaste}
          />
        )}
        {mention && mode === "write" && (
          <MentionList
            ref={list}
            id={listId}
            at={mention}
            onActiveChange={setActiveId}
            onClose={() => setMention(null)}
            onPick={(name) => {
              const element = area.current;
              setMention(null);
              if (!element) return;
              const { insert } = completeMention(mention, name);
              const caret = mention.start + insert.length;
              applyEdit(element, {
                from: mention.start,
                to: mention.end,
                insert,
                selectFrom: caret,
                selectTo: caret,
              });
            }}
          />
        )}
        {children}
        {isDropping && (
          <div className={styles.drop} aria-hidden="true">
            <Icon name="upload" size={24} />
            {t("attachments.drop")}
          </div>
        )}
      </section>
      <div className={styles.below}>
        {error && (
          <p id={errorId} role="alert" className={styles.error}>
            <Icon name="warning" size={16} />
            {error}
          </p>
        )}
        {left < maxCharacters * 0.1 && (
          <p className={cx(styles.count, left < 0 && styles.over)} aria-live="polite">
            {left < 0
              ? t("common:tooLong", { count: -left })
              : t("common:characters", { count: left })}
          </p>
        )}
      </div>
    </div>
  );
}

const toolKeys: Record<string, Tool | undefined> = { b: "bold", i: "italic", e: "code", k: "link" };
