import { useState } from "react";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type {
  PostUpdateMutation as Data,
  PostCardPartsFragment,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Banner, Button, Dialog, TextField } from "@/ui";
import { AttachmentParts } from "../fragments";
import { PostUpdateMutation } from "../mutations";
import { AttachmentEditor } from "./AttachmentEditor";
import styles from "./Composer.module.css";
import type { AttachedFile } from "./draft";
import { toFiles } from "./toFiles";
import { useUploads } from "./useUploads";
import { WritingArea } from "./WritingArea";

const payloadOf = (data: Data) => data.postUpdate;

type Props = { post: PostCardPartsFragment; onClose: () => void };

/** Changing a post's title, text and attachments; what it was before stays readable. */
export function PostEditor({ post, onClose }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(PostUpdateMutation, payloadOf, { showsUserErrors: true });
  const [title, setTitle] = useState(post.title);
  const [body, setBody] = useState(post.bodySource);
  const [files, setFiles] = useState<AttachedFile[]>(() =>
    toFiles(readFragment(AttachmentParts, post.attachments)),
  );
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const uploads = useUploads({ count: files.length, update: (change) => setFiles(change) });
  const { fields, rest } = byField(errors, ["title", "body"] as const);

  async function save() {
    const { payload, userErrors } = await run({
      input: { postId: post.id, title, body, attachmentIds: files.map(({ id }) => id) },
    });
    setErrors(userErrors);
    if (payload) onClose();
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("edit.title")}
      size="l"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isPending={isPending}
            isDisabled={uploads.isBusy}
            onPress={() => void save()}
          >
            {t("common:action.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t("composer.postTitle")}
          isOptional
          value={title}
          onChange={setTitle}
          limit={200}
          error={fields.title ? textOfUserError(fields.title) : null}
        />
        <WritingArea
          label={t("composer.text")}
          value={body}
          onChange={setBody}
          onSubmit={() => void save()}
          onFiles={uploads.add}
          error={fields.body ? textOfUserError(fields.body) : null}
          autoFocus
        >
          <AttachmentEditor
            attachments={files}
            uploads={uploads}
            onRemove={(id) => setFiles((list) => list.filter((file) => file.id !== id))}
          />
        </WritingArea>
        {post.publishedAt && <p className={styles.hint}>{t("edit.historyHint")}</p>}
        {rest.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}
