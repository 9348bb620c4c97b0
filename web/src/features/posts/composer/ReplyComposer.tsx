import { useRef } from "react";
import { useSettings } from "@/app/viewer";
import { useClient } from "@/graphql";
import { useTranslation } from "@/i18n";
import { Button, Icon, SkeletonBlock, showToast } from "@/ui";
import { TypingMutation } from "../mutations";
import { outbox } from "../outbox";
import { AttachmentEditor } from "./AttachmentEditor";
import styles from "./Composer.module.css";
import { DraftNote } from "./DraftNote";
import { clientIdOf, isEmpty } from "./draft";
import type { DraftSaver } from "./draftSaver";
import { useDiscard } from "./useDiscard";
import { useDraft, useDraftState } from "./useDraft";
import { useUploads } from "./useUploads";
import { WritingArea } from "./WritingArea";

/** Others hear that somebody writes at most so often. */
const typingEveryMs = 4_000;

type Props = {
  postId: string;
  parent: { id: string; name: string } | null;
  onClose: () => void;
  onSent?: () => void;
};

/** Writing a reply, in place. */
export function ReplyComposer(props: Props) {
  const { saver } = useDraft({ replyToPostId: props.postId });
  return saver ? <ReplyForm {...props} saver={saver} /> : <SkeletonBlock />;
}

function ReplyForm({ postId, parent, onClose, onSent, saver }: Props & { saver: DraftSaver }) {
  const { t } = useTranslation(["posts", "common"]);
  const client = useClient();
  const { settings } = useSettings();
  const discard = useDiscard();
  const state = useDraftState(saver);
  const { content } = state;
  const toldAt = useRef(0);
  const uploads = useUploads({
    count: content.attachments.length,
    update: (change) => saver.change({ attachments: change(saver.get().content.attachments) }),
  });

  function tellTyping() {
    const now = Date.now();
    if (!settings.sendTyping || now - toldAt.current < typingEveryMs) return;
    toldAt.current = now;
    void client.mutation(TypingMutation, { input: { postId } }).toPromise();
  }

  async function send() {
    if (isEmpty(content)) return;
    if (uploads.isBusy) {
      showToast(t("attachments.wait"));
      return;
    }
    await saver.pause();
    const { id, content: sent } = saver.get();
    const input = {
      clientId: clientIdOf(id),
      postId,
      parentId: parent?.id ?? null,
      body: sent.body,
      attachmentIds: sent.attachments.map((file) => file.id),
      draftId: saver.isOnServer() ? id : null,
    };
    // The draft stays until the reply has arrived, so that a failure and a reload lose nothing.
    void outbox.send(client, input, () => void saver.finish());
    onSent?.();
    onClose();
  }

  async function cancel() {
    const { id, content: thrown } = saver.get();
    const isOnServer = saver.isOnServer();
    await saver.finish();
    onClose();
    if (isOnServer || !isEmpty(thrown)) void discard(id, isOnServer, thrown, false);
  }

  return (
    <div className={styles.reply}>
      {parent && (
        <p className={styles.answering}>
          <Icon name="reply" size={16} />
          {t("reply.to", { name: parent.name })}
        </p>
      )}
      <WritingArea
        label={t("reply.label")}
        placeholder={t("reply.placeholder")}
        value={content.body}
        onChange={(body) => saver.change({ body })}
        onSubmit={() => void send()}
        onFiles={uploads.add}
        onTyping={tellTyping}
        isCompact
        autoFocus
      >
        <AttachmentEditor
          attachments={content.attachments}
          uploads={uploads}
          onRemove={(id) =>
            saver.change({ attachments: content.attachments.filter((file) => file.id !== id) })
          }
        />
      </WritingArea>
      <div className={styles.row}>
        <Button
          size="s"
          variant="primary"
          icon="send"
          isDisabled={isEmpty(content)}
          onPress={() => void send()}
        >
          {t("reply.send")}
        </Button>
        <Button size="s" variant="quiet" onPress={() => void cancel()}>
          {t(isEmpty(content) ? "common:action.cancel" : "draft.discard")}
        </Button>
        <DraftNote state={state} />
      </div>
    </div>
  );
}
