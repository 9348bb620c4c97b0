import { lazy, type ReactNode, Suspense } from "react";
import { readFragment, useQuery } from "@/graphql";
import type { PostCardPartsFragment } from "@/graphql/generated/graphql";
import { PostCardParts } from "../fragments";
import { PostCardQuery } from "../queries";
import { CloseDialog, DeletePostDialog, DeleteReplyDialog, IdeaStateDialog } from "./Decisions";
import { HistoryDialog } from "./HistoryDialog";
import { MoveDialog, ShareDialog } from "./PlaceDialogs";
import { ReactorsDialog } from "./ReactorsDialog";
import { RescheduleDialog } from "./RescheduleDialog";
import { type PostDialog, postDialogs } from "./store";

const PostEditor = lazy(() =>
  import("../composer/PostEditor").then((module) => ({ default: module.PostEditor })),
);

/** The open dialog about a post. */
export function PostDialogs({ dialog }: { dialog: PostDialog }) {
  const close = postDialogs.close;
  switch (dialog.kind) {
    case "history":
      return <HistoryDialog subject={dialog.subject} id={dialog.id} onClose={close} />;
    case "reactors":
      return <ReactorsDialog postId={dialog.postId} onClose={close} />;
    case "share":
      return (
        <OfPost id={dialog.postId}>{(post) => <ShareDialog post={post} onClose={close} />}</OfPost>
      );
    case "move":
      return (
        <OfPost id={dialog.postId}>{(post) => <MoveDialog post={post} onClose={close} />}</OfPost>
      );
    case "edit":
      return (
        <OfPost id={dialog.postId}>
          {(post) => (
            <Suspense>
              <PostEditor post={post} onClose={close} />
            </Suspense>
          )}
        </OfPost>
      );
    case "close":
      return <CloseDialog postId={dialog.postId} onClose={close} />;
    case "delete":
      return <DeletePostDialog postId={dialog.postId} onClose={close} />;
    case "deleteReply":
      return <DeleteReplyDialog replyId={dialog.replyId} onClose={close} />;
    case "reschedule":
      return (
        <RescheduleDialog
          postId={dialog.postId}
          scheduledFor={dialog.scheduledFor}
          onClose={close}
        />
      );
    case "ideaState":
      return (
        <IdeaStateDialog
          postId={dialog.postId}
          state={dialog.state}
          stateReason={dialog.stateReason}
          onClose={close}
        />
      );
  }
}

function OfPost({
  id,
  children,
}: {
  id: string;
  children: (post: PostCardPartsFragment) => ReactNode;
}) {
  const [{ data }] = useQuery({
    query: PostCardQuery,
    variables: { id },
    requestPolicy: "cache-first",
  });
  const post = readFragment(PostCardParts, data?.post);
  return post ? children(post) : null;
}
