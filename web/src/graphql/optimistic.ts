/**
 * What the person sees before the server has answered. Each entry returns the payload as if all
 * went well; the cache takes it back by itself when it does not. A field left out here is read
 * from what the cache already knows.
 */
import type { Cache, OptimisticMutationConfig } from "@urql/exchange-graphcache";

type Input<T> = { input: T };

/** The type of a global id, from its prefix: "post_…" is a Post. */
export function typeOfId(id: string): "Post" | "Reply" {
  return id.startsWith("reply_") ? "Reply" : "Post";
}

type Count = { __typename: "ReactionCount"; emoji: string; count: number; viewerReacted: boolean };

function reactionsOf(cache: Cache, subject: { __typename: string; id: string }): Count[] {
  const links = cache.resolve(subject, "reactions");
  if (!Array.isArray(links)) return [];
  return links.flatMap((link) => {
    if (typeof link !== "string") return [];
    const emoji = cache.resolve(link, "emoji");
    const count = cache.resolve(link, "count");
    if (typeof emoji !== "string" || typeof count !== "number") return [];
    const viewerReacted = cache.resolve(link, "viewerReacted") === true;
    return [{ __typename: "ReactionCount" as const, emoji, count, viewerReacted }];
  });
}

/** Counts as they will be once the viewer's reaction is set or taken away. */
export function withReaction(counts: readonly Count[], emoji: string, reacted: boolean): Count[] {
  const mine = counts.find((count) => count.emoji === emoji);
  if (!mine) {
    return reacted
      ? [...counts, { __typename: "ReactionCount", emoji, count: 1, viewerReacted: true }]
      : [...counts];
  }
  if (mine.viewerReacted === reacted) return [...counts];
  return counts
    .map((count) =>
      count === mine
        ? { ...count, count: count.count + (reacted ? 1 : -1), viewerReacted: reacted }
        : count,
    )
    .filter((count) => count.count > 0);
}

export const optimistic: OptimisticMutationConfig = {
  reactionSet: (args, cache) => {
    const { subjectId, emoji, reacted } = (
      args as Input<{ subjectId: string; emoji: string; reacted: boolean }>
    ).input;
    const subject = { __typename: typeOfId(subjectId), id: subjectId };
    const before = reactionsOf(cache, subject);
    const reactions = withReaction(before, emoji, reacted);
    const total = (counts: readonly Count[]) => counts.reduce((sum, { count }) => sum + count, 0);
    const known = cache.resolve(subject, "reactionCount");
    const reactionCount =
      (typeof known === "number" ? known : total(before)) + total(reactions) - total(before);
    const changed = { ...subject, reactions, reactionCount };
    return {
      __typename: "ReactionPayload",
      post: subject.__typename === "Post" ? changed : null,
      reply: subject.__typename === "Reply" ? changed : null,
      userErrors: [],
    };
  },
  ideaVote: (args, cache) => {
    const { postId, voted } = (args as Input<{ postId: string; voted: boolean }>).input;
    const idea = cache.resolve({ __typename: "Post", id: postId }, "idea");
    if (typeof idea !== "string") return null;
    const votes = cache.resolve(idea, "voteCount");
    const had = cache.resolve(idea, "viewerVoted") === true;
    return {
      __typename: "PostPayload",
      post: {
        __typename: "Post",
        id: postId,
        idea: {
          __typename: "Idea",
          state: cache.resolve(idea, "state") as string,
          stateReason: cache.resolve(idea, "stateReason") as string,
          voteCount: (typeof votes === "number" ? votes : 0) + Number(voted) - Number(had),
          viewerVoted: voted,
        },
      },
      userErrors: [],
    };
  },
  pollVote: (args, cache) => {
    const { postId, optionIds } = (args as Input<{ postId: string; optionIds: string[] }>).input;
    const poll = cache.resolve({ __typename: "Post", id: postId }, "poll");
    if (typeof poll !== "string") return null;
    const links = cache.resolve(poll, "options");
    if (!Array.isArray(links)) return null;
    const hadVoted = cache.resolve(poll, "viewerHasVoted") === true;
    const voters = cache.resolve(poll, "voterCount");
    return {
      __typename: "PostPayload",
      post: {
        __typename: "Post",
        id: postId,
        poll: {
          __typename: "Poll",
          isMultipleChoice: cache.resolve(poll, "isMultipleChoice") === true,
          isAnonymous: cache.resolve(poll, "isAnonymous") === true,
          isClosed: cache.resolve(poll, "isClosed") === true,
          closesAt: (cache.resolve(poll, "closesAt") as string | null | undefined) ?? null,
          voterCount:
            (typeof voters === "number" ? voters : 0) +
            Number(optionIds.length > 0) -
            Number(hadVoted),
          viewerHasVoted: optionIds.length > 0,
          options: links.flatMap((link) => {
            if (typeof link !== "string") return [];
            const id = cache.resolve(link, "id") as string;
            const votes = cache.resolve(link, "voteCount");
            const had = cache.resolve(link, "viewerChose") === true;
            const has = optionIds.includes(id);
            return [
              {
                __typename: "PollOption",
                id,
                text: cache.resolve(link, "text") as string,
                voteCount: typeof votes === "number" ? votes + Number(has) - Number(had) : null,
                viewerChose: has,
              },
            ];
          }),
        },
      },
      userErrors: [],
    };
  },
  announcementMarkSeen: (args, cache) => {
    const { postId } = (args as Input<{ postId: string }>).input;
    const announcement = cache.resolve({ __typename: "Post", id: postId }, "announcement");
    if (typeof announcement !== "string") return null;
    const seen = cache.resolve(announcement, "seenCount");
    const had = cache.resolve(announcement, "seenByViewer") === true;
    return {
      __typename: "PostPayload",
      post: {
        __typename: "Post",
        id: postId,
        announcement: {
          __typename: "Announcement",
          seenByViewer: true,
          seenCount: (typeof seen === "number" ? seen : 0) + Number(!had),
        },
      },
      userErrors: [],
    };
  },
  topicFollow: (args) => {
    const { topic, follow } = (args as Input<{ topic: string; follow: boolean }>).input;
    return {
      __typename: "TopicPayload",
      topic: { __typename: "Topic", name: topic, isFollowedByViewer: follow },
      userErrors: [],
    };
  },
  threadSubscribe: (args) => {
    const { postId, subscription } = (args as Input<{ postId: string; subscription: string }>)
      .input;
    return {
      __typename: "PostPayload",
      post: { __typename: "Post", id: postId, viewerSubscription: subscription },
      userErrors: [],
    };
  },
  postSetPinned: (args) => {
    const { postId, pinned } = (args as Input<{ postId: string; pinned: boolean }>).input;
    return {
      __typename: "PostPayload",
      post: { __typename: "Post", id: postId, isPinned: pinned },
      userErrors: [],
    };
  },
  personFollow: (args, cache) => {
    const { personId, follow } = (args as Input<{ personId: string; follow: boolean }>).input;
    const person = { __typename: "Person", id: personId };
    const count = cache.resolve(person, "followerCount");
    const had = cache.resolve(person, "isFollowedByViewer") === true;
    return {
      __typename: "PersonPayload",
      person: {
        ...person,
        isFollowedByViewer: follow,
        followerCount: (typeof count === "number" ? count : 0) + Number(follow) - Number(had),
      },
      userErrors: [],
    };
  },
};
