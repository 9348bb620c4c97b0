import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { composeStore } from "@/app/shell";
import { useShortcut } from "@/app/shortcuts";
import { byField, readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type { PostCreateMutation as Data } from "@/graphql/generated/graphql";
import { useFormat, useTranslation } from "@/i18n";
import { Banner, Button, Dialog, IconButton, Menu, MenuItem, showToast, TextField } from "@/ui";
import { PostCardParts } from "../fragments";
import { PostCreateMutation } from "../mutations";
import { AttachmentEditor } from "./AttachmentEditor";
import { CommunityPicker, useCommunity } from "./CommunityPicker";
import styles from "./Composer.module.css";
import { DraftConflict, DraftNote } from "./DraftNote";
import { type DraftContent, isEmpty } from "./draft";
import type { DraftSaver } from "./draftSaver";
import { KindSwitch } from "./KindSwitch";
import { MayKnow } from "./MayKnow";
import { PollEditor } from "./PollEditor";
import { PraiseEditor } from "./PraiseEditor";
import { type Missing, missingIn, toCreateInput } from "./publish";
import { ScheduleField } from "./ScheduleField";
import { useDiscard } from "./useDiscard";
import { useDraftState } from "./useDraft";
import { useUploads } from "./useUploads";
import { WritingArea } from "./WritingArea";

const payloadOf = (data: Data) => data.postCreate;
const fields = ["communityId", "title", "body", "poll", "praise", "scheduledFor"] as const;

type Props = { saver: DraftSaver; isContinued: boolean };

/** The composer's form. What stands in it is safe with every key. */
export function ComposerForm({ saver, isContinued }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const { formatDate } = useFormat();
  const navigate = useNavigate();
  const state = useDraftState(saver);
  const { content } = state;
  const community = useCommunity(content.communityId);
  const publish = useAction(PostCreateMutation, payloadOf, { showsUserErrors: true });
  const discard = useDiscard();
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  const [missing, setMissing] = useState<Missing | null>(null);
  const uploads = useUploads({
    count: content.attachments.length,
    update: (change) => saver.change({ attachments: change(saver.get().content.attachments) }),
  });
  const placed = byField(errors, fields);
  const errorAt = (field: (typeof fields)[number]) => {
    const error = placed.fields[field];
    return error ? textOfUserError(error) : null;
  };

  function change(part: Partial<DraftContent>) {
    setMissing(null);
    setErrors([]);
    saver.change(part);
  }

  async function send() {
    if (publish.isPending) return;
    if (uploads.isBusy) {
      showToast(t("attachments.wait"));
      return;
    }
    const absent = missingIn(saver.get().content);
    setMissing(absent);
    if (absent) return;
    await saver.pause();
    const { id, content: sent } = saver.get();
    const { payload, userErrors } = await publish.run({
      input: toCreateInput(id, saver.isOnServer(), sent),
    });
    setErrors(userErrors);
    if (!payload) {
      saver.resume();
      return;
    }
    await saver.finish();
    composeStore.close();
    const post = readFragment(PostCardParts, payload.post);
    if (sent.scheduledFor) {
      showToast(t("composer.scheduled", { time: formatDate(sent.scheduledFor) }), {
        tone: "success",
        action: {
          label: t("composer.seeScheduled"),
          onAction: () => void navigate({ to: "/scheduled" }),
        },
      });
    } else if (post) {
      showToast(t("composer.published"), {
        tone: "success",
        action: {
          label: t("composer.see"),
          onAction: () => void navigate({ to: "/posts/$postId", params: { postId: post.id } }),
        },
      });
    }
  }

  async function throwAway() {
    const { id, content: thrown } = saver.get();
    const isOnServer = saver.isOnServer();
    await saver.finish();
    composeStore.close();
    if (isOnServer || !isEmpty(thrown)) void discard(id, isOnServer, thrown, true);
  }

  function close() {
    if (isEmpty(content)) {
      void throwAway();
      return;
    }
    void saver.flush();
    composeStore.close();
    showToast(t("draft.kept"), {
      action: { label: t("draft.discard"), onAction: () => void throwAway() },
    });
  }

  useShortcut("mod+enter", () => void send(), {
    group: "composer",
    label: t("composer.send"),
  });

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && close()}
      title={t(isContinued ? "composer.continued" : "composer.title")}
      size="l"
      isDismissable={false}
      footer={
        <div className={styles.foot}>
          <ScheduleField
            value={content.scheduledFor}
            onChange={(scheduledFor) => change({ scheduledFor })}
          />
          <Menu
            label={t("common:action.more")}
            placement="top start"
            trigger={<IconButton icon="more" label={t("common:action.more")} />}
          >
            <MenuItem
              icon="file"
              onAction={() => {
                close();
                void navigate({ to: "/drafts" });
              }}
            >
              {t("composer.allDrafts")}
            </MenuItem>
            <MenuItem icon="trash" isDanger onAction={() => void throwAway()}>
              {t("draft.discard")}
            </MenuItem>
          </Menu>
          <DraftNote state={state} />
          <Button
            variant="primary"
            icon="send"
            className={styles.send}
            isPending={publish.isPending}
            onPress={() => void send()}
          >
            {t(content.scheduledFor ? "composer.schedule" : "composer.publish")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <DraftConflict conflictId={state.conflictId} />
        <CommunityPicker
          communityId={content.communityId}
          onChange={(next) =>
            change({
              communityId: next?.id ?? null,
              ...(content.kind === "ANNOUNCEMENT" && next && !next.viewerCan.announce
                ? { kind: "DISCUSSION" as const }
                : {}),
            })
          }
          error={missing === "community" ? t("missing.community") : errorAt("communityId")}
        />
        <KindSwitch
          kind={content.kind}
          onChange={(kind) => change({ kind })}
          canAnnounce={community?.viewerCan.announce ?? false}
        />
        <TextField
          label={t("composer.postTitle")}
          hideLabel
          placeholder={t(`composer.titleOf.${content.kind}`)}
          value={content.title}
          onChange={(title) => change({ title })}
          limit={200}
          error={errorAt("title")}
        />
        {content.kind === "PRAISE" && (
          <PraiseEditor
            praise={content.praise}
            onChange={(praise) => change({ praise })}
            error={missing === "people" ? t("missing.people") : errorAt("praise")}
          />
        )}
        <WritingArea
          label={t("composer.text")}
          placeholder={t(`composer.placeholder.${content.kind}`)}
          value={content.body}
          onChange={(body) => change({ body })}
          onSubmit={() => void send()}
          onFiles={uploads.add}
          error={missing === "text" ? t("missing.text") : errorAt("body")}
          autoFocus
        >
          <AttachmentEditor
            attachments={content.attachments}
            uploads={uploads}
            onRemove={(id) =>
              change({ attachments: content.attachments.filter((file) => file.id !== id) })
            }
          />
        </WritingArea>
        {content.kind === "QUESTION" && (
          <MayKnow
            question={`${content.title} ${content.body}`}
            onAsk={(handle) =>
              change({ body: `${saver.get().content.body.trimEnd()} @${handle} `.trimStart() })
            }
          />
        )}
        {content.kind === "POLL" && (
          <PollEditor
            poll={content.poll}
            onChange={(poll) => change({ poll })}
            error={missing === "options" ? t("missing.options") : errorAt("poll")}
          />
        )}
        {missing === "time" && (
          <Banner tone="warning" isLive>
            {t("schedule.past")}
          </Banner>
        )}
        {[placed.fields.scheduledFor, ...placed.rest].map(
          (error) =>
            error && (
              <Banner key={error.code} tone="danger" isLive>
                {textOfUserError(error)}
              </Banner>
            ),
        )}
      </div>
    </Dialog>
  );
}
