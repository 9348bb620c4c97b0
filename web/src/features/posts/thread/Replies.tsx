import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { readFragment, useErrorText } from "@/graphql";
import type { ReplyPartsFragment } from "@/graphql/generated/graphql";
import { useTranslation } from "@/i18n";
import { Button, EmptyState, ErrorState, SkeletonList, SkeletonRow, VisuallyHidden } from "@/ui";
import { ReplyBox } from "../components/ReplyBox";
import { ReplyItem } from "../components/ReplyItem";
import { TypingLine } from "../components/TypingLine";
import { PostPerson } from "../fragments";
import { ReplyQuery } from "../queries";
import { useKeptQuery } from "../useKeptQuery";
import { OutboxList } from "./OutboxList";
import { branches, type ThreadReply } from "./reducer";
import styles from "./Thread.module.css";
import { useThread } from "./useThread";

type Props = {
  postId: string;
  /** The reply an address points to. */
  soughtId: string | undefined;
  canReply: boolean;
  canMarkBest: boolean;
  isQuestion: boolean;
  isClosed: boolean;
};

type Parent = { id: string; top: string; name: string };

/** All replies, nested one level, with a way to earlier ones and a field at the end. */
export function Replies({ postId, soughtId, canReply, canMarkBest, isQuestion, isClosed }: Props) {
  const { t } = useTranslation("posts");
  const { stateOf } = useErrorText();
  const { state, error, isSeeking, loadEarlier, retry } = useThread(postId, soughtId);
  const [parent, setParent] = useState<Parent | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const keepPlace = useKeptPlace(list, state.replies[0]?.id);
  useSought(list, soughtId, !isSeeking && state.status === "ready");

  if (state.status === "failed" && error) {
    return <ErrorState {...stateOf(error)} onRetry={retry} isCompact />;
  }
  if (state.status === "loading") return <SkeletonList count={4} />;
  const arrivals = state.replies.filter(({ isArrival }) => isArrival).length;
  const hidden = state.total - state.replies.length;

  function entry(reply: ThreadReply, top: string) {
    return (
      <ThreadEntry
        key={reply.id}
        id={reply.id}
        postId={postId}
        isHighlighted={reply.id === soughtId || reply.isArrival}
        canMarkBest={canMarkBest}
        onReply={
          canReply
            ? ({ id, author }) =>
                setParent({ id, top, name: readFragment(PostPerson, author).name })
            : undefined
        }
      />
    );
  }

  return (
    <section aria-label={t("replies.label")} className={styles.thread}>
      <h2 className={styles.heading}>{t("replies.count", { count: state.total })}</h2>
      {state.hasEarlier && (
        <Button
          variant="quiet"
          size="s"
          icon="chevron-up"
          isPending={state.isLoadingEarlier}
          className={styles.earlier}
          onPress={() => {
            keepPlace();
            void loadEarlier();
          }}
        >
          {t("replies.earlier", { count: Math.max(1, hidden) })}
        </Button>
      )}
      <div role="status">
        <VisuallyHidden>
          {arrivals > 0 ? t("replies.arrived", { count: arrivals }) : ""}
        </VisuallyHidden>
      </div>
      {state.replies.length === 0 && (
        <EmptyState
          icon="reply"
          isCompact
          title={t(isQuestion ? "replies.noAnswer" : "replies.none")}
          text={canReply ? t("replies.beFirst") : undefined}
        />
      )}
      <div ref={list} className={styles.list}>
        {branches(state.replies).map(({ reply, answers }) => (
          <div key={reply.id} className={styles.branch}>
            {entry(reply, reply.id)}
            {(answers.length > 0 || parent?.top === reply.id) && (
              <div className={styles.answers}>
                {answers.map((answer) => entry(answer, reply.id))}
                {parent?.top === reply.id && (
                  <ReplyBox
                    key={parent.id}
                    postId={postId}
                    parent={parent}
                    onClose={() => setParent(null)}
                  />
                )}
              </div>
            )}
          </div>
        ))}
      </div>
      <OutboxList postId={postId} />
      <TypingLine postId={postId} />
      {canReply && !parent && <ReplyBox postId={postId} />}
      {!canReply && !isClosed && <p className={styles.hint}>{t("reply.notAllowed")}</p>}
    </section>
  );
}

type EntryProps = {
  id: string;
  postId: string;
  isHighlighted?: boolean;
  canMarkBest: boolean;
  onReply?: (reply: ReplyPartsFragment) => void;
};

function ThreadEntry({ id, ...rest }: EntryProps) {
  const { value: reply, isGone } = useKeptQuery(ReplyQuery, id, (data) => data.reply);
  if (!reply) return isGone ? null : <SkeletonRow />;
  return (
    <div data-reply={id} tabIndex={-1} className={styles.entry}>
      <ReplyItem reply={reply} {...rest} />
    </div>
  );
}

/** Keeps what one reads where it is when earlier replies come in above it. */
function useKeptPlace(list: { readonly current: HTMLElement | null }, firstId: string | undefined) {
  const kept = useRef<{ element: Element; top: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new first reply is what moves the rest
  useLayoutEffect(() => {
    if (!kept.current) return;
    const { element, top } = kept.current;
    kept.current = null;
    // Replies far away are laid out as they come near, so the place settles over a few frames.
    let framesLeft = 12;
    let frame = 0;
    function settle() {
      window.scrollBy(0, element.getBoundingClientRect().top - top);
      if (framesLeft-- > 0) frame = requestAnimationFrame(settle);
    }
    settle();
    return () => cancelAnimationFrame(frame);
  }, [firstId]);
  return () => {
    const element = list.current?.querySelector("[data-reply]");
    if (element) kept.current = { element, top: element.getBoundingClientRect().top };
  };
}

/** Brings the reply an address points to into view, once. */
function useSought(
  list: { readonly current: HTMLElement | null },
  soughtId: string | undefined,
  isReady: boolean,
) {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!soughtId || !isReady || shown.current === soughtId) return;
    shown.current = soughtId;
    const frame = requestAnimationFrame(() => {
      const element = list.current?.querySelector<HTMLElement>(`[data-reply="${soughtId}"]`);
      element?.scrollIntoView({ block: "center" });
      element?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [list, soughtId, isReady]);
}
