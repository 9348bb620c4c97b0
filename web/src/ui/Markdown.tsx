import { createContext, type MouseEvent, use } from "react";
import { cx } from "./classNames";
import styles from "./Markdown.module.css";

/** Opens an address within Loggia without loading the page anew; set once by the app. */
export const NavigateContext = createContext<((path: string) => void) | null>(null);

export type MarkdownProps = {
  /** HTML from a `…Html` field: rendered and sanitised by the server, never made here. */
  html: string;
  isCompact?: boolean;
  /** Language of the text when known, for hyphenation and voices. */
  lang?: string;
  className?: string;
};

/** Shows text the server rendered, in our prose. Links within Loggia open in place. */
export function Markdown({ html, isCompact, lang, className }: MarkdownProps) {
  const navigate = use(NavigateContext);
  function follow(event: MouseEvent<HTMLDivElement>) {
    if (!navigate || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
    if (
      link.target === "_blank" ||
      link.hasAttribute("download") ||
      link.pathname.startsWith("/media/")
    )
      return;
    event.preventDefault();
    navigate(link.pathname + link.search + link.hash);
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links inside take the keys; this only routes their clicks
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      lang={lang}
      dir="auto"
      className={cx(styles.prose, isCompact && styles.compact, className)}
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server; the only place that does this
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
