import { type ReactNode, type Ref, useEffect, useImperativeHandle, useState } from "react";
import { useDebounced } from "@/app/useDebounced";
import { readFragment, useQuery } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Avatar, CommunityMark, cx, Icon } from "@/ui";
import { PostPerson } from "../fragments";
import { MentionCommunitiesQuery, MentionPeopleQuery, MentionTopicsQuery } from "../queries";
import type { MentionAt } from "./mention";
import styles from "./WritingArea.module.css";

type Choice = { name: string; text: string; hint: string; picture: ReactNode };

export type MentionListHandle = {
  /** Takes arrows, Enter, Tab and Escape while the list is open; true when it did. */
  handleKey(key: string): boolean;
};

type Props = {
  id: string;
  at: MentionAt;
  onPick: (name: string) => void;
  onClose: () => void;
  onActiveChange: (id: string | null) => void;
  ref: Ref<MentionListHandle>;
};

/** Whom or what the letters after the sign may mean. The focus stays in the text. */
export function MentionList({ id, at, onPick, onClose, onActiveChange, ref }: Props) {
  const { t } = useTranslation("posts");
  const choices = useChoices(at);
  const [active, setActive] = useState(0);
  const shown = Math.min(active, Math.max(0, choices.length - 1));
  const activeId = choices[shown] ? `${id}-${shown}` : null;

  useEffect(() => {
    onActiveChange(activeId);
    return () => onActiveChange(null);
  }, [activeId, onActiveChange]);

  useImperativeHandle(ref, () => ({
    handleKey(key) {
      if (choices.length === 0) return false;
      if (key === "ArrowDown") setActive((shown + 1) % choices.length);
      else if (key === "ArrowUp") setActive((shown - 1 + choices.length) % choices.length);
      else if (key === "Escape") onClose();
      else if (key === "Enter" || key === "Tab") {
        const choice = choices[shown];
        if (choice) onPick(choice.name);
      } else return false;
      return true;
    },
  }));

  if (choices.length === 0) return null;
  return (
    <div id={id} role="listbox" aria-label={t(`mention.${at.kind}`)} className={styles.mentions}>
      {choices.map(({ name, text, hint, picture }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys work from the text field
        <div
          key={name}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === shown}
          className={cx(styles.mention, index === shown && styles.active)}
          // The press must not take the focus out of the text.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(name)}
        >
          {picture}
          <span className={styles.mentionText}>
            <span>{text}</span>
            {hint && <small>{hint}</small>}
          </span>
        </div>
      ))}
    </div>
  );
}

function useChoices({ kind, query }: MentionAt): Choice[] {
  const { t } = useTranslation("posts");
  const { formatNumber } = useFormat();
  const asked = useDebounced(query, 120);
  const [people] = useQuery({
    query: MentionPeopleQuery,
    variables: { query: asked },
    pause: kind !== "person",
    requestPolicy: "cache-first",
  });
  const [communities] = useQuery({
    query: MentionCommunitiesQuery,
    variables: { query: asked },
    pause: kind !== "community",
    requestPolicy: "cache-first",
  });
  const [topics] = useQuery({
    query: MentionTopicsQuery,
    variables: { query: asked },
    pause: kind !== "topic",
    requestPolicy: "cache-first",
  });
  switch (kind) {
    case "person":
      return readFragment(PostPerson, people.data?.people.nodes ?? []).map((person) => ({
        name: person.handle,
        text: person.name,
        hint: [`@${person.handle}`, person.title].filter(Boolean).join(" · "),
        picture: (
          <Avatar name={person.name} color={person.avatarColor} url={person.avatarUrl} size="s" />
        ),
      }));
    case "community":
      return (communities.data?.communities.nodes ?? []).map((community) => ({
        name: community.slug,
        text: community.name,
        hint: `@+${community.slug}`,
        picture: <CommunityMark name={community.name} color={community.coverColor} size="s" />,
      }));
    case "topic":
      return (topics.data?.topics ?? []).map(({ name, postCount }) => ({
        name,
        text: `#${name}`,
        hint: t("mention.postCount", { count: postCount, shown: formatNumber(postCount) }),
        picture: <Icon name="hash" size={18} />,
      }));
  }
}
