import { useState } from "react";
import { type FragmentType, readFragment, useAction } from "@/graphql";
import type { ReactionSetMutation as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { cx, IconButton, Popover } from "@/ui";
import { ReactionParts } from "../fragments";
import { ReactionSetMutation } from "../mutations";
import { EmojiGrid } from "./EmojiGrid";
import { emojiName } from "./emoji";
import styles from "./ReactionBar.module.css";

const payloadOf = (data: Data) => data.reactionSet;

/** Sets and takes back reactions; shown at once, taken back when the server refuses. */
export function useReact(subjectId: string) {
  const { run } = useAction(ReactionSetMutation, payloadOf);
  return (emoji: string, reacted: boolean) => run({ input: { subjectId, emoji, reacted } });
}

type Props = ReactionsProps & { subjectId: string };

/** Reactions to a post or a reply. */
export function ReactionBar({ subjectId, ...props }: Omit<Props, "onReact">) {
  const react = useReact(subjectId);
  return <Reactions {...props} onReact={(emoji, reacted) => void react(emoji, reacted)} />;
}

export type ReactionsProps = {
  reactions: readonly FragmentType<typeof ReactionParts>[];
  canReact: boolean;
  isSmall?: boolean;
  onReact: (emoji: string, reacted: boolean) => void;
};

/** Reactions as counts one can press, and a picker for more. */
export function Reactions({ reactions, canReact, isSmall, onReact }: ReactionsProps) {
  const { t } = useTranslation("posts");
  const { formatNumber } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const counts = readFragment(ReactionParts, reactions);
  if (counts.length === 0 && !canReact) return null;

  function nameOf(emoji: string) {
    const name = emojiName(emoji);
    return name ? t(`emoji.${name}`) : emoji;
  }

  return (
    <ul className={cx(styles.bar, isSmall && styles.small)} aria-label={t("reactions.label")}>
      {counts.map(({ emoji, count, viewerReacted }) => (
        <li key={emoji}>
          <button
            type="button"
            className={styles.count}
            aria-pressed={viewerReacted}
            aria-label={t("reactions.one", { name: nameOf(emoji), count })}
            title={nameOf(emoji)}
            disabled={!canReact}
            onClick={() => onReact(emoji, !viewerReacted)}
          >
            <span aria-hidden="true" className={styles.emoji}>
              {emoji}
            </span>
            <span aria-hidden="true">{formatNumber(count, "compact")}</span>
          </button>
        </li>
      ))}
      {canReact && (
        <li>
          <Popover
            label={t("reactions.add")}
            placement="top start"
            isFlush
            isOpen={isOpen}
            onOpenChange={setOpen}
            trigger={
              <IconButton icon="smile" size="s" label={t("reactions.add")} className={styles.add} />
            }
          >
            {(close) => (
              <EmojiGrid
                onPick={(emoji) => {
                  close();
                  const mine = counts.find((count) => count.emoji === emoji)?.viewerReacted;
                  onReact(emoji, !mine);
                }}
              />
            )}
          </Popover>
        </li>
      )}
    </ul>
  );
}
