import { useDebounced } from "@/app/useDebounced";
import { useErrorText, useQuery } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Markdown, SkeletonLine } from "@/ui";
import { PreviewQuery } from "../queries";
import styles from "./WritingArea.module.css";

/** The text as it will be shown; rendered by the server as every other text. */
export function Preview({ body }: { body: string }) {
  const { t } = useTranslation("posts");
  const { textOf } = useErrorText();
  const settled = useDebounced(body, 250);
  const [{ data, error }] = useQuery({
    query: PreviewQuery,
    variables: { body: settled },
    pause: !settled.trim(),
  });
  const html = data?.preview.bodyHtml;
  return (
    <section
      className={styles.preview}
      aria-label={t("tools.preview")}
      aria-busy={!html}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long preview must scroll by keyboard
      tabIndex={0}
    >
      {!body.trim() ? (
        <p className={styles.nothing}>{t("tools.nothing")}</p>
      ) : html !== undefined ? (
        <Markdown html={html} isCompact />
      ) : error ? (
        <p className={styles.nothing}>{textOf(error)}</p>
      ) : (
        <>
          <SkeletonLine />
          <SkeletonLine width={3} />
        </>
      )}
    </section>
  );
}
