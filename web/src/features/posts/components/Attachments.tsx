import { lazy, Suspense, useState } from "react";
import { type FragmentType, readFragment } from "@/graphql";
import type { AttachmentPartsFragment } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { cx, Icon } from "@/ui";
import { AttachmentParts } from "../fragments";
import styles from "./Attachments.module.css";

const Lightbox = lazy(() => import("./Lightbox").then((module) => ({ default: module.Lightbox })));

/** So many pictures stand in a card; the rest is behind the last one. */
const shownPictures = 4;

type Props = { attachments: readonly FragmentType<typeof AttachmentParts>[] };

/** Pictures as a small gallery, videos to play, files to open. */
export function Attachments({ attachments }: Props) {
  const all = readFragment(AttachmentParts, attachments);
  const [openAt, setOpenAt] = useState<number | null>(null);
  if (all.length === 0) return null;
  const pictures = all.filter(({ kind }) => kind === "IMAGE");
  const videos = all.filter(({ kind }) => kind === "VIDEO");
  const files = all.filter(({ kind }) => kind === "PDF");
  return (
    <div className={styles.attachments}>
      {pictures.length > 0 && <Gallery pictures={pictures} onOpen={setOpenAt} />}
      {videos.map((video) => (
        <Video key={video.id} video={video} />
      ))}
      {files.map((file) => (
        <FileRow key={file.id} file={file} />
      ))}
      {openAt !== null && (
        <Suspense>
          <Lightbox
            pictures={pictures}
            index={openAt}
            onIndexChange={setOpenAt}
            onClose={() => setOpenAt(null)}
          />
        </Suspense>
      )}
    </div>
  );
}

function Gallery({
  pictures,
  onOpen,
}: {
  pictures: readonly AttachmentPartsFragment[];
  onOpen: (index: number) => void;
}) {
  const { t } = useTranslation("posts");
  const shown = pictures.slice(0, shownPictures);
  const hidden = pictures.length - shown.length;
  return (
    <div className={cx(styles.gallery, styles[`of${shown.length}`])}>
      {shown.map((picture, index) => (
        <button
          key={picture.id}
          type="button"
          className={styles.picture}
          aria-label={
            hidden > 0 && index === shown.length - 1
              ? t("attachments.openMore", { count: hidden + 1 })
              : t("attachments.open", { name: picture.altText || picture.fileName })
          }
          onClick={() => onOpen(index)}
        >
          <img
            src={picture.thumbnailUrl ?? picture.url}
            alt={picture.altText}
            width={picture.width ?? undefined}
            height={picture.height ?? undefined}
            loading="lazy"
            decoding="async"
          />
          {hidden > 0 && index === shown.length - 1 && (
            <span className={styles.more} aria-hidden="true">
              +{hidden}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

function Video({ video }: { video: AttachmentPartsFragment }) {
  return (
    // biome-ignore lint/a11y/useMediaCaption: people upload videos without captions
    <video
      className={styles.video}
      src={video.url}
      poster={video.thumbnailUrl ?? undefined}
      width={video.width ?? undefined}
      height={video.height ?? undefined}
      aria-label={video.altText || video.fileName}
      controls
      preload="metadata"
      playsInline
    />
  );
}

function FileRow({ file }: { file: AttachmentPartsFragment }) {
  const { formatBytes } = useFormat();
  return (
    <a className={styles.file} href={file.url} target="_blank" rel="noreferrer">
      <Icon name="file" size={22} />
      <span className={styles.fileText}>
        <span className={styles.fileName}>{file.fileName}</span>
        <small>PDF · {formatBytes(file.sizeBytes)}</small>
      </span>
      <Icon name="external-link" size={16} />
    </a>
  );
}
