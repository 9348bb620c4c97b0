import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { readFragment, type UserErrorLike, useAction, useErrorText } from "@/graphql";
import type {
  PostMoveMutation as MoveData,
  PostCardPartsFragment,
  PostShareMutation as ShareData,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Banner, Button, Dialog, showToast, TextArea } from "@/ui";
import { CommunityPicker } from "../composer/CommunityPicker";
import { PostCardParts, SharedPostParts } from "../fragments";
import { PostMoveMutation, PostShareMutation } from "../mutations";
import styles from "./Dialogs.module.css";

const shared = (data: ShareData) => data.postShare;
const moved = (data: MoveData) => data.postMove;

type Props = { post: PostCardPartsFragment; onClose: () => void };

/** Shares a post into another community, with the author's name on it. */
export function ShareDialog({ post, onClose }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { textOfUserError } = useErrorText();
  const navigate = useNavigate();
  const { run, isPending } = useAction(PostShareMutation, shared, { showsUserErrors: true });
  // One id for all tries, so that a lost answer never shares twice.
  const clientId = useRef(crypto.randomUUID());
  const [communityId, setCommunityId] = useState<string | null>(null);
  const [body, setBody] = useState("");
  const [errors, setErrors] = useState<readonly UserErrorLike[]>([]);
  // A share of a share leads to the original.
  const postId = post.sharedFrom?.post ? originalOf(post) : post.id;

  async function submit() {
    if (!communityId) return;
    const { payload, userErrors } = await run({
      input: { clientId: clientId.current, postId, communityId, body },
    });
    setErrors(userErrors);
    const made = readFragment(PostCardParts, payload?.post);
    if (!made) return;
    onClose();
    showToast(t("share.done", { name: made.community.name }), {
      tone: "success",
      action: {
        label: t("composer.see"),
        onAction: () => void navigate({ to: "/posts/$postId", params: { postId: made.id } }),
      },
    });
  }

  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("share.title")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isDisabled={!communityId}
            isPending={isPending}
            onPress={() => void submit()}
          >
            {t("share.action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <CommunityPicker
          communityId={communityId}
          onChange={(community) => setCommunityId(community?.id ?? null)}
          exceptId={post.community.id}
        />
        <TextArea
          label={t("share.words")}
          isOptional
          value={body}
          onChange={setBody}
          limit={20_000}
          rows={3}
        />
        <p className={styles.hint}>{t("share.hint")}</p>
        {errors.map((error) => (
          <Banner key={error.code} tone="danger" isLive>
            {textOfUserError(error)}
          </Banner>
        ))}
      </div>
    </Dialog>
  );
}

function originalOf(post: PostCardPartsFragment): string {
  const original = readFragment(SharedPostParts, post.sharedFrom?.post);
  return original?.id ?? post.id;
}

/** Moves a thread to another community. */
export function MoveDialog({ post, onClose }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const { run, isPending } = useAction(PostMoveMutation, moved);
  const [communityId, setCommunityId] = useState<string | null>(null);
  async function submit() {
    if (!communityId) return;
    const { payload } = await run({ input: { postId: post.id, communityId } });
    const now = readFragment(PostCardParts, payload?.post);
    if (!now) return;
    onClose();
    showToast(t("move.done", { name: now.community.name }), { tone: "success" });
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => !open && onClose()}
      title={t("move.title")}
      footer={
        <>
          <Button onPress={onClose}>{t("common:action.cancel")}</Button>
          <Button
            variant="primary"
            isDisabled={!communityId}
            isPending={isPending}
            onPress={() => void submit()}
          >
            {t("move.action")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("move.text", { name: post.community.name })}</p>
        <CommunityPicker
          communityId={communityId}
          onChange={(community) => setCommunityId(community?.id ?? null)}
          exceptId={post.community.id}
        />
      </div>
    </Dialog>
  );
}
