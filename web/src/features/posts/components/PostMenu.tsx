import { readFragment, useAction } from "@/graphql";
import type {
  PostSetPinnedMutation as PinData,
  PostCardPartsFragment,
  PostReopenMutation as ReopenData,
  ThreadSubscribeMutation as SubscribeData,
  ThreadSubscription,
} from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { IconButton, Menu, MenuItem, MenuSeparator, showToast } from "@/ui";
import { postDialogs } from "../dialogs/store";
import { PostCounters } from "../fragments";
import { PostReopenMutation, PostSetPinnedMutation, ThreadSubscribeMutation } from "../mutations";
import { copyLink } from "./copyLink";

const subscribed = (data: SubscribeData) => data.threadSubscribe;
const pinned = (data: PinData) => data.postSetPinned;
const reopened = (data: ReopenData) => data.postReopen;

type Props = { post: PostCardPartsFragment };

/** All one may do with a post beyond answering it. */
export function PostMenu({ post }: Props) {
  const { t } = useTranslation("common");
  return (
    <Menu
      label={t("action.more")}
      trigger={<IconButton icon="more" size="s" label={t("action.more")} />}
    >
      <PostMenuItems post={post} />
    </Menu>
  );
}

function PostMenuItems({ post }: Props) {
  const { t } = useTranslation(["posts", "common"]);
  const subscribe = useAction(ThreadSubscribeMutation, subscribed);
  const pin = useAction(PostSetPinnedMutation, pinned);
  const reopen = useAction(PostReopenMutation, reopened);
  const { id: postId, viewerCan, viewerSubscription } = post;
  const isPublished = post.state === "PUBLISHED";

  async function setSubscription(subscription: ThreadSubscription) {
    const { payload } = await subscribe.run({ input: { postId, subscription } });
    if (payload) showToast(t(`subscription.done.${subscription}`));
  }

  return (
    <>
      <MenuItem
        icon="link"
        onAction={() => void copyLink(`/posts/${postId}`, t("common:state.copied"))}
      >
        {t("menu.copyLink")}
      </MenuItem>
      {isPublished && (
        <>
          {viewerSubscription === "FOLLOWING" ? (
            <MenuItem icon="bell" onAction={() => void setSubscription("NORMAL")}>
              {t("menu.unfollow")}
            </MenuItem>
          ) : (
            <MenuItem icon="bell" onAction={() => void setSubscription("FOLLOWING")}>
              {t("menu.follow")}
            </MenuItem>
          )}
          {viewerSubscription === "MUTED" ? (
            <MenuItem icon="bell" onAction={() => void setSubscription("NORMAL")}>
              {t("menu.unmute")}
            </MenuItem>
          ) : (
            <MenuItem icon="bell-off" onAction={() => void setSubscription("MUTED")}>
              {t("menu.mute")}
            </MenuItem>
          )}
        </>
      )}
      {readFragment(PostCounters, post).reactionCount > 0 && (
        <MenuItem icon="smile" onAction={() => postDialogs.open({ kind: "reactors", postId })}>
          {t("menu.reactors")}
        </MenuItem>
      )}
      {post.revisionCount > 1 && (
        <MenuItem
          icon="history"
          onAction={() => postDialogs.open({ kind: "history", subject: "post", id: postId })}
        >
          {t("menu.history")}
        </MenuItem>
      )}
      {viewerCan.share && (
        <MenuItem icon="share" onAction={() => postDialogs.open({ kind: "share", postId })}>
          {t("menu.share")}
        </MenuItem>
      )}
      <MenuSeparator />
      {viewerCan.edit && (
        <MenuItem icon="edit" onAction={() => postDialogs.open({ kind: "edit", postId })}>
          {t("common:action.edit")}
        </MenuItem>
      )}
      {viewerCan.pin && (
        <MenuItem
          icon="pin"
          onAction={() => void pin.run({ input: { postId, pinned: !post.isPinned } })}
        >
          {post.isPinned ? t("menu.unpin") : t("menu.pin")}
        </MenuItem>
      )}
      {viewerCan.close && (
        <MenuItem icon="lock" onAction={() => postDialogs.open({ kind: "close", postId })}>
          {t("menu.close")}
        </MenuItem>
      )}
      {viewerCan.reopen && (
        <MenuItem icon="unlock" onAction={() => void reopen.run({ input: { postId } })}>
          {t("menu.reopen")}
        </MenuItem>
      )}
      {viewerCan.move && (
        <MenuItem icon="move" onAction={() => postDialogs.open({ kind: "move", postId })}>
          {t("menu.move")}
        </MenuItem>
      )}
      {viewerCan.delete && (
        <MenuItem
          icon="trash"
          isDanger
          onAction={() => postDialogs.open({ kind: "delete", postId })}
        >
          {t("common:action.delete")}
        </MenuItem>
      )}
    </>
  );
}
