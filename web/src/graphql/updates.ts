/**
 * What changes elsewhere when a mutation or a live event has come back. Entities with an id are
 * merged by the cache itself; only lists and removals need a word here.
 */
import type { Cache, UpdateResolver, UpdatesConfig } from "@urql/exchange-graphcache";
import { gql } from "urql";

/** Forgets lists of Query by name, whatever their arguments; open pages ask again. */
export function forget(cache: Cache, ...fields: string[]) {
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fields.includes(fieldName)) cache.invalidate("Query", fieldKey);
  }
}

/** The same for those with certain arguments only. */
function forgetWhere(
  cache: Cache,
  field: string,
  isMeant: (args: Record<string, unknown> | null) => boolean,
) {
  for (const { fieldName, fieldKey, arguments: args } of cache.inspectFields("Query")) {
    if (fieldName === field && isMeant(args)) cache.invalidate("Query", fieldKey);
  }
}

const readMark = gql`
  fragment ReadMark on Notification {
    id
    isRead
  }
`;

const forgets =
  (...fields: string[]): UpdateResolver =>
  (_result, _args, cache) =>
    forget(cache, ...fields);

const membership = forgets(
  "communities",
  "personCommunities",
  "communityMembers",
  "joinRequests",
  "unreadCounts",
  "homeFeed",
);
/** What an organisation that became another one shows. */
const organisation = forgets(
  "people",
  "peopleDirectory",
  "peopleFacets",
  "personProfile",
  "personPeers",
  "personReports",
  "orgUnits",
  "orgUnit",
  "communityMembers",
);
const feeds = ["homeFeed", "followingFeed", "communityFeed", "topicFeed", "personFeed"];

type Payload = Record<string, Record<string, unknown> | null | undefined>;

/** Removes one entity, and with it every place that shows it. */
function removal(payload: string, field: string, type: string): UpdateResolver {
  return (result, _args, cache) => {
    const id = (result as Payload)[payload]?.[field];
    if (typeof id === "string") cache.invalidate({ __typename: type, id });
  };
}

export const updates: UpdatesConfig = {
  Mutation: {
    communityCreate: membership,
    communityJoin: membership,
    communityLeave: membership,
    communitySetArchived: membership,
    invitationDecide: forgets("communities", "communityInvitations", "unreadCounts", "homeFeed"),
    joinRequestDecide: forgets("joinRequests", "communityMembers"),
    joinRequestWithdraw: forgets("joinRequests"),
    communityInvite: forgets("communityMembers"),
    memberRemove: forgets("communityMembers"),
    memberSetRole: forgets("communityMembers"),
    communityTransferOwnership: forgets("communityMembers"),
    absenceAdd: forgets("personAbsences", "personProfile"),
    absenceChange: forgets("personAbsences", "personProfile"),
    absenceRemove: forgets("personAbsences", "personProfile"),
    calendarSave: forgets("calendars"),
    audienceCreate: forgets("audiences"),
    audienceUpdate: forgets("audiences"),
    audienceDelete: removal("audienceDelete", "audienceId", "Audience"),
    personCreate: forgets("people", "peopleDirectory", "peopleFacets"),
    profileUpdate: forgets("personProfile", "peopleDirectory", "peopleFacets"),
    profileDetailsUpdate: forgets("personProfile", "peopleDirectory", "peopleFacets"),
    skillEndorse: forgets("personProfile"),
    postCreate: forgets(...feeds, "scheduledPosts", "drafts"),
    postShare: forgets(...feeds),
    postMove: forgets(...feeds),
    postSchedule: forgets(...feeds, "scheduledPosts"),
    postDelete: removal("postDelete", "postId", "Post"),
    draftDelete: removal("draftDelete", "draftId", "Draft"),
    draftSave: (result, args, cache) => {
      const draft = (result as Payload).draftSave?.draft;
      const { draftId } = args.input as { draftId: string };
      const known: unknown = cache.resolve("Query", "drafts");
      const key = cache.keyOfEntity({ __typename: "Draft", id: draftId });
      if (draft && Array.isArray(known) && !known.includes(key)) forget(cache, "drafts");
    },
    replyCreate: (_result, args, cache) => {
      const { draftId } = args.input as { draftId?: string | null };
      if (draftId) cache.invalidate({ __typename: "Draft", id: draftId });
    },
    conversationStart: forgets("conversations"),
    dispatchSave: forgets("dispatches"),
    dispatchSend: forgets("dispatches"),
    dispatchUnschedule: forgets("dispatches"),
    dispatchDelete: forgets("dispatches"),
    dispatchWithdraw: forgets("dispatches"),
    lineGrantGive: forgets("lineGrants"),
    lineGrantRevoke: forgets("lineGrants"),
    reorganisationRehearse: forgets("reorganisations"),
    reorganisationApply: organisation,
    reorganisationUndo: organisation,
    reorganisationDiscard: forgets("reorganisationLines"),
    lineQuestionAsk: forgets("lineQuestions"),
    lineQuestionRespond: forgets("lineQuestions"),
    notificationsMarkRead: (result, args, cache) => {
      const { read = true } = args.input as { read?: boolean };
      const ids = (result as Payload).notificationsMarkRead?.changedIds;
      if (!Array.isArray(ids)) return;
      for (const id of ids) cache.writeFragment(readMark, { id, isRead: read });
      forgetWhere(cache, "notifications", (fieldArgs) => fieldArgs?.unreadOnly === true);
    },
    personFollow: forgets("followingFeed"),
    topicFollow: forgets("followingFeed", "topics"),
  },
  Subscription: {
    feedEvents: (result, _args, cache) => {
      const event = (result as Payload).feedEvents;
      if (event?.__typename === "PostRemovedEvent" && typeof event.postId === "string") {
        cache.invalidate({ __typename: "Post", id: event.postId });
      }
    },
    inboxEvents: (result, _args, cache) => {
      const event = (result as Payload).inboxEvents;
      if (event?.__typename === "NotificationEvent") forget(cache, "notifications");
      // Counts tell that a dispatch came, was confirmed or answered, not which.
      if (event?.__typename === "UnreadChangedEvent") forget(cache, "dispatches");
      if (event?.__typename === "MessageEvent") forget(cache, "conversations");
      if (event?.__typename === "MembershipChangedEvent") {
        forget(cache, "communities", "communityInvitations", "unreadCounts");
        if (typeof event.communityId === "string") {
          cache.invalidate({ __typename: "Community", id: event.communityId });
        }
      }
    },
  },
};
