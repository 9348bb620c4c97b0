import { useState } from "react";
import { useErrorText } from "@/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Button, Icon, IconButton, Popover, TextArea } from "@/ui";
import styles from "./Composer.module.css";
import type { AttachedFile } from "./draft";
import type { Uploads } from "./useUploads";

type Props = {
  attachments: readonly AttachedFile[];
  uploads: Uploads;
  onRemove: (id: string) => void;
};

/** What is attached and what is still on its way. */
export function AttachmentEditor({ attachments, uploads, onRemove }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { formatNumber } = useFormat();
  const { textOfUserError } = useErrorText();
  if (attachments.length === 0 && uploads.pending.length === 0) return null;
  return (
    <ul className={styles.files} aria-label={t("attachments.label")}>
      {attachments.map((file) => (
        <li key={file.id} className={styles.file}>
          {file.thumbnailUrl ? (
            <img src={file.thumbnailUrl} alt="" className={styles.thumb} />
          ) : (
            <span className={styles.thumb}>
              <Icon
                name={file.kind === "PDF" ? "file" : file.kind === "VIDEO" ? "video" : "image"}
              />
            </span>
          )}
          <span className={styles.fileText}>
            <span className={styles.fileName}>{file.fileName}</span>
            {file.altText && <small>{file.altText}</small>}
            {file.kind === "IMAGE" && !file.altText && uploads.canDescribe(file.id) && (
              <small>{t("attachments.altMissing")}</small>
            )}
          </span>
          {file.kind === "IMAGE" && uploads.canDescribe(file.id) && (
            <AltText file={file} onSave={(text) => uploads.describeAs(file.id, text)} />
          )}
          <IconButton
            icon="close"
            size="s"
            label={t("attachments.remove", { name: file.fileName })}
            onPress={() => onRemove(file.id)}
          />
        </li>
      ))}
      {uploads.pending.map((upload) => (
        <li key={upload.key} className={styles.file}>
          <span className={styles.thumb}>
            <Icon name={upload.error ? "warning" : "upload"} />
          </span>
          <span className={styles.fileText}>
            <span className={styles.fileName}>{upload.fileName}</span>
            {upload.error ? (
              <small role="alert" className={styles.fileError}>
                {upload.error.code === "NETWORK"
                  ? t("common:error.NETWORK")
                  : textOfUserError(upload.error)}
              </small>
            ) : (
              <progress
                max={1}
                value={upload.part}
                aria-label={t("attachments.progress", {
                  name: upload.fileName,
                  part: formatNumber(upload.part, "percent"),
                })}
              />
            )}
          </span>
          {upload.error && (
            <Button size="s" variant="quiet" onPress={() => uploads.retry(upload.key)}>
              {t("common:action.retry")}
            </Button>
          )}
          <IconButton
            icon="close"
            size="s"
            label={t("attachments.remove", { name: upload.fileName })}
            onPress={() => uploads.drop(upload.key)}
          />
        </li>
      ))}
    </ul>
  );
}

function AltText({
  file,
  onSave,
}: {
  file: AttachedFile;
  onSave: (text: string) => Promise<boolean>;
}) {
  const { t } = useTranslation(["posts", "common"]);
  const [text, setText] = useState(file.altText);
  const [isSaving, setSaving] = useState(false);
  return (
    <Popover
      label={t("attachments.altLabel")}
      placement="top end"
      trigger={
        <Button size="s" variant={file.altText ? "quiet" : "soft"}>
          {t("attachments.alt")}
        </Button>
      }
    >
      {(close) => (
        <form
          className={styles.alt}
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            setSaving(true);
            void onSave(text.trim()).then((isDone) => {
              setSaving(false);
              if (isDone) close();
            });
          }}
        >
          <TextArea
            label={t("attachments.altLabel")}
            hint={t("attachments.altHint")}
            value={text}
            onChange={setText}
            limit={1000}
            rows={2}
            autoFocus
          />
          <Button type="submit" size="s" variant="primary" isPending={isSaving}>
            {t("common:action.save")}
          </Button>
        </form>
      )}
    </Popover>
  );
}
