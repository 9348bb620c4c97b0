import { graphql } from "@/graphql";

export const PostCreateMutation = graphql(`
  mutation PostCreate($input: PostCreateInput!) {
    postCreate(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostUpdateMutation = graphql(`
  mutation PostUpdate($input: PostUpdateInput!) {
    postUpdate(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostDeleteMutation = graphql(`
  mutation PostDelete($input: PostIdInput!) {
    postDelete(input: $input) {
      postId
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostSetPinnedMutation = graphql(`
  mutation PostSetPinned($input: PostSetPinnedInput!) {
    postSetPinned(input: $input) {
      post {
        id
        isPinned
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostCloseMutation = graphql(`
  mutation PostClose($input: PostCloseInput!) {
    postClose(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostReopenMutation = graphql(`
  mutation PostReopen($input: PostIdInput!) {
    postReopen(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostMoveMutation = graphql(`
  mutation PostMove($input: PostMoveInput!) {
    postMove(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostShareMutation = graphql(`
  mutation PostShare($input: PostShareInput!) {
    postShare(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PostScheduleMutation = graphql(`
  mutation PostSchedule($input: PostScheduleInput!) {
    postSchedule(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ThreadSubscribeMutation = graphql(`
  mutation ThreadSubscribe($input: ThreadSubscribeInput!) {
    threadSubscribe(input: $input) {
      post {
        id
        viewerSubscription
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReplyCreateMutation = graphql(`
  mutation ReplyCreate($input: ReplyCreateInput!) {
    replyCreate(input: $input) {
      reply {
        ...ReplyParts
      }
      post {
        viewerSubscription
        ...PostCounters
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReplyUpdateMutation = graphql(`
  mutation ReplyUpdate($input: ReplyUpdateInput!) {
    replyUpdate(input: $input) {
      reply {
        ...ReplyParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReplyDeleteMutation = graphql(`
  mutation ReplyDelete($input: ReplyIdInput!) {
    replyDelete(input: $input) {
      reply {
        ...ReplyParts
      }
      post {
        ...PostCounters
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const BestAnswerSetMutation = graphql(`
  mutation BestAnswerSet($input: BestAnswerSetInput!) {
    bestAnswerSet(input: $input) {
      post {
        ...PostCounters
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const ReactionSetMutation = graphql(`
  mutation ReactionSet($input: ReactionSetInput!) {
    reactionSet(input: $input) {
      post {
        id
        reactionCount
        reactions {
          ...ReactionParts
        }
      }
      reply {
        id
        reactionCount
        reactions {
          ...ReactionParts
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const PollVoteMutation = graphql(`
  mutation PollVote($input: PollVoteInput!) {
    pollVote(input: $input) {
      post {
        id
        poll {
          ...PollParts
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const IdeaVoteMutation = graphql(`
  mutation IdeaVote($input: IdeaVoteInput!) {
    ideaVote(input: $input) {
      post {
        id
        idea {
          ...IdeaParts
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const IdeaSetStateMutation = graphql(`
  mutation IdeaSetState($input: IdeaSetStateInput!) {
    ideaSetState(input: $input) {
      post {
        ...PostCardParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const AnnouncementMarkSeenMutation = graphql(`
  mutation AnnouncementMarkSeen($input: PostIdInput!) {
    announcementMarkSeen(input: $input) {
      post {
        id
        announcement {
          seenByViewer
          seenCount
        }
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DraftSaveMutation = graphql(`
  mutation DraftSave($input: DraftSaveInput!) {
    draftSave(input: $input) {
      draft {
        ...DraftParts
      }
      conflict {
        ...DraftParts
      }
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const DraftDeleteMutation = graphql(`
  mutation DraftDelete($input: DraftIdInput!) {
    draftDelete(input: $input) {
      draftId
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);

export const TypingMutation = graphql(`
  mutation Typing($input: TypingInput!) {
    typing(input: $input) {
      done
      userErrors {
        ...UserErrorParts
      }
    }
  }
`);
