/** What the composer holds, and how it travels: as a draft on the server and as a copy here. */
import { readFragment } from "@/graphql";
import type {
  DraftPartsFragment,
  DraftSaveInput,
  PostKind,
  PraiseBadge,
} from "@/graphql/generated/graphql";
import { AttachmentParts } from "../fragments";

export type PersonChoice = {
  id: string;
  handle: string;
  name: string;
  title: string;
  avatarUrl?: string | null;
  avatarColor: number;
};

export type PollDraft = {
  options: string[];
  isMultipleChoice: boolean;
  isAnonymous: boolean;
  /** An instant, or null for "until somebody closes it". */
  closesAt: string | null;
};

export type AttachedFile = {
  id: string;
  fileName: string;
  kind: "IMAGE" | "PDF" | "VIDEO";
  altText: string;
  thumbnailUrl: string | null;
};

export type DraftContent = {
  kind: PostKind;
  communityId: string | null;
  replyToPostId: string | null;
  title: string;
  body: string;
  poll: PollDraft;
  praise: { badge: PraiseBadge; people: PersonChoice[] };
  scheduledFor: string | null;
  attachments: AttachedFile[];
};

export const emptyPoll: PollDraft = {
  options: ["", ""],
  isMultipleChoice: false,
  isAnonymous: false,
  closesAt: null,
};

/** Something to start from. */
export function emptyContent(start: Partial<DraftContent> = {}): DraftContent {
  return {
    kind: "DISCUSSION",
    communityId: null,
    replyToPostId: null,
    title: "",
    body: "",
    poll: emptyPoll,
    praise: { badge: "THANK_YOU", people: [] },
    scheduledFor: null,
    attachments: [],
    ...start,
  };
}

/** Nothing in it that anybody would miss. */
export function isEmpty({ title, body, attachments, poll, praise }: DraftContent): boolean {
  return (
    !title.trim() &&
    !body.trim() &&
    attachments.length === 0 &&
    praise.people.length === 0 &&
    poll.options.every((option) => !option.trim())
  );
}

/** A new id, sortable by time as the server's own (UUID v7). */
export function newDraftId(now = Date.now()): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  random[0] = ((random[0] ?? 0) & 0x0f) | 0x70;
  random[2] = ((random[2] ?? 0) & 0x3f) | 0x80;
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `draft_${now.toString(16).padStart(12, "0")}${hex}`;
}

/** The id of the attempt to publish a draft: the same however often it is tried. */
export function clientIdOf(draftId: string): string {
  const hex = draftId.slice(draftId.indexOf("_") + 1);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** As the server keeps it. */
export function toSaveInput(
  draftId: string,
  baseVersion: number,
  content: DraftContent,
): DraftSaveInput {
  const { kind, communityId, replyToPostId, title, body, attachments, ...extras } = content;
  return {
    draftId,
    baseVersion,
    kind,
    communityId,
    replyToPostId,
    title,
    body,
    attachmentIds: attachments.map(({ id }) => id),
    extras: JSON.stringify(extras),
  };
}

/** From what the server kept. */
export function fromServer(draft: DraftPartsFragment): DraftContent {
  return emptyContent({
    ...extrasOf(draft.extras),
    kind: draft.kind,
    communityId: draft.community?.id ?? null,
    replyToPostId: draft.replyToPostId ?? null,
    title: draft.title,
    body: draft.body,
    attachments: readFragment(AttachmentParts, draft.attachments).map(
      ({ id, fileName, kind, altText, thumbnailUrl }) => ({
        id,
        fileName,
        kind,
        altText,
        thumbnailUrl: thumbnailUrl ?? null,
      }),
    ),
  });
}

/** Whatever another version of this client may have written, only what fits is taken. */
export function extrasOf(
  text: string,
): Partial<Pick<DraftContent, "poll" | "praise" | "scheduledFor">> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(value)) return {};
  const { poll, praise, scheduledFor } = value;
  return {
    ...(isRecord(poll) && Array.isArray(poll.options)
      ? {
          poll: {
            options: poll.options.filter((option) => typeof option === "string"),
            isMultipleChoice: poll.isMultipleChoice === true,
            isAnonymous: poll.isAnonymous === true,
            closesAt: typeof poll.closesAt === "string" ? poll.closesAt : null,
          },
        }
      : {}),
    ...(isRecord(praise) && typeof praise.badge === "string" && Array.isArray(praise.people)
      ? {
          praise: {
            badge: praise.badge as PraiseBadge,
            people: praise.people.filter(
              (person): person is PersonChoice =>
                isRecord(person) &&
                typeof person.id === "string" &&
                typeof person.name === "string",
            ),
          },
        }
      : {}),
    ...(typeof scheduledFor === "string" ? { scheduledFor } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
