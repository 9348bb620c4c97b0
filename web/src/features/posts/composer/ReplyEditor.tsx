import { useState } from "react";
import { readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { ReplyUpdateMutation as Data, ReplyPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button } from "@/ui";
import { AttachmentParts } from "../fragments";
import { ReplyUpdateMutation } from "../mutations";
import { AttachmentEditor } from "./AttachmentEditor";
import styles from "./Composer.module.css";
import type { AttachedFile } from "./draft";
import { toFiles } from "./toFiles";
import { useUploads } from "./useUploads";
import { WritingArea } from "./WritingArea";

const payloadOf = (data: Data) => data.replyUpdate;

type Props = { reply: ReplyPartsFragment; onClose: () => void };

/** Changing a reply, in place. */
export function ReplyEditor({ reply, onClose }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const { run, isPending } = useAction(ReplyUpdateMutation, payloadOf, { showsUserErrors: true });
  const [body, setBody] = useState(reply.bodySource);
  const [files, setFiles] = useState<AttachedFile[]>(() =>
    toFiles(readFragment(AttachmentParts, reply.attachments)),
  );
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const uploads = useUploads({ count: files.length, update: (change) => setFiles(change) });

  async function save() {
    const { payload, userErrors } = await run({
      input: { replyId: reply.id, body, attachmentIds: files.map(({ id }) => id) },
    });
    setErrors(userErrors);
    if (payload) onClose();
  }

  return (
    <div className={styles.reply}>
      <WritingArea
        label={t("reply.edit")}
        value={body}
        onChange={setBody}
        onSubmit={() => void save()}
        onFiles={uploads.add}
        error={errors[0] ? textOfUserError(errors[0]) : null}
        isCompact
        autoFocus
      >
        <AttachmentEditor
          attachments={files}
          uploads={uploads}
          onRemove={(id) => setFiles((list) => list.filter((file) => file.id !== id))}
        />
      </WritingArea>
      <div className={styles.row}>
        <Button
          size="s"
          variant="primary"
          isPending={isPending}
          isDisabled={uploads.isBusy}
          onPress={() => void save()}
        >
          {t("common:action.save")}
        </Button>
        <Button size="s" variant="quiet" onPress={onClose}>
          {t("common:action.cancel")}
        </Button>
      </div>
    </div>
  );
}
