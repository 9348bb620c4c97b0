import type { RefObject } from "react";
import { useTranslation } from "@/i18n";
import { useShortcut } from "./useShortcut";

/** j and k walk through the focusable articles of a feed. */
export function useFeedKeys(container: RefObject<HTMLElement | null>, isEnabled = true) {
  const { t } = useTranslation("shell");
  function walk(step: 1 | -1) {
    const articles = [
      ...(container.current?.querySelectorAll<HTMLElement>("article[tabindex]") ?? []),
    ];
    if (articles.length === 0) return;
    const current = articles.findIndex((article) => article.contains(document.activeElement));
    const next =
      articles[current < 0 ? 0 : Math.min(articles.length - 1, Math.max(0, current + step))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start", behavior: "smooth" });
  }
  useShortcut("j", () => walk(1), { group: "feed", label: t("shortcuts.next"), isEnabled });
  useShortcut("k", () => walk(-1), { group: "feed", label: t("shortcuts.previous"), isEnabled });
}
