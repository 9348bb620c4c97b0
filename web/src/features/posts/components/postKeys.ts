/** What the keys do to the post that has the focus. Cards register; the feed binds the keys. */
import { useEffect } from "react";
import { useShortcut } from "@/app/shortcuts";
import { useTranslation } from "@/i18n";

export type PostActions = {
  open?: () => void;
  reply?: () => void;
  react?: () => void;
  edit?: () => void;
  share?: () => void;
};

const registered = new Map<Element, PostActions>();

/** Registers what can be done to a post shown in this article. */
export function usePostActions(
  article: { readonly current: Element | null },
  actions: PostActions,
) {
  useEffect(() => {
    const element = article.current;
    if (!element) return;
    registered.set(element, actions);
    return () => {
      registered.delete(element);
    };
  });
}

function focused(): PostActions | null {
  let element = document.activeElement?.closest("article") ?? null;
  while (element) {
    const actions = registered.get(element);
    if (actions) return actions;
    element = element.parentElement?.closest("article") ?? null;
  }
  // On a thread's own page there is one post and the keys mean it.
  return registered.size === 1 ? ([...registered.values()][0] ?? null) : null;
}

/** Binds the keys for posts: o, r, l, e, s. */
export function usePostKeys(isEnabled = true) {
  const { t } = useTranslation("posts");
  const feed = { group: "feed", isEnabled } as const;
  useShortcut("o", () => focused()?.open?.(), { ...feed, label: t("keys.open") });
  useShortcut("r", () => focused()?.reply?.(), { ...feed, label: t("keys.reply") });
  useShortcut("l", () => focused()?.react?.(), { ...feed, label: t("keys.react") });
  useShortcut("e", () => focused()?.edit?.(), { ...feed, label: t("keys.edit") });
  useShortcut("s", () => focused()?.share?.(), { ...feed, label: t("keys.share") });
}
