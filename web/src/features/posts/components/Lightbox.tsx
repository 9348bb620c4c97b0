import { useEffect } from "react";
import type { AttachmentPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { buttonClass, Dialog, IconButton } from "@/ui";
import styles from "./Attachments.module.css";

type Props = {
  pictures: readonly AttachmentPartsFragment[];
  index: number;
  onIndexChange: (index: number) => void;
  onClose: () => void;
};

/** Pictures one after the other, large; the arrow keys turn the pages. */
export function Lightbox({ pictures, index, onIndexChange, onClose }: Props) {
  const { t } = useTranslation("posts");
  const picture = pictures[index];
  const count = pictures.length;

  useEffect(() => {
    function turn(event: KeyboardEvent) {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = index + step;
      if (step !== 0 && next >= 0 && next < count) onIndexChange(next);
    }
    window.addEventListener("keydown", turn);
    return () => window.removeEventListener("keydown", turn);
  }, [index, count, onIndexChange]);

  if (!picture) return null;
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={picture.fileName}
      size="l"
      footer={
        <div className={styles.lightFoot}>
          {count > 1 && (
            <>
              <IconButton
                icon="chevron-left"
                label={t("attachments.previous")}
                isDisabled={index === 0}
                onPress={() => onIndexChange(index - 1)}
              />
              <span aria-live="polite">
                {t("attachments.position", { index: index + 1, total: count })}
              </span>
              <IconButton
                icon="chevron-right"
                label={t("attachments.next")}
                isDisabled={index === count - 1}
                onPress={() => onIndexChange(index + 1)}
              />
            </>
          )}
          <a
            className={buttonClass({ size: "s" })}
            href={picture.url}
            target="_blank"
            rel="noreferrer"
          >
            {t("attachments.original")}
          </a>
        </div>
      }
    >
      <figure className={styles.light}>
        <img src={picture.url} alt={picture.altText} />
        {picture.altText && <figcaption>{picture.altText}</figcaption>}
      </figure>
    </Dialog>
  );
}
