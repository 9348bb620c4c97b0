import type { PostCreateInput } from "@/graphql/generated/graphql";
import { clientIdOf, type DraftContent } from "./draft";

/** What must be mended before it is worth asking the server. */
export type Missing = "community" | "text" | "options" | "people" | "time";

/** The first thing that is missing, or null. */
export function missingIn(content: DraftContent, now = Date.now()): Missing | null {
  const { kind, poll, praise, scheduledFor } = content;
  if (!content.communityId) return "community";
  if (kind === "POLL" && filled(poll.options).length < 2) return "options";
  if (kind === "PRAISE" && praise.people.length === 0) return "people";
  const hasText = content.body.trim() || content.title.trim() || content.attachments.length > 0;
  if (!hasText && kind !== "PRAISE") return "text";
  if (scheduledFor && Date.parse(scheduledFor) <= now) return "time";
  return null;
}

const filled = (options: readonly string[]) => options.map((each) => each.trim()).filter(Boolean);

/** What is sent to publish a draft. Trying again sends the same client id. */
export function toCreateInput(
  draftId: string,
  isOnServer: boolean,
  content: DraftContent,
): PostCreateInput {
  const { kind, poll, praise } = content;
  return {
    clientId: clientIdOf(draftId),
    communityId: content.communityId ?? "",
    kind,
    title: content.title.trim(),
    body: content.body,
    attachmentIds: content.attachments.map(({ id }) => id),
    poll: kind === "POLL" ? { ...poll, options: filled(poll.options) } : null,
    praise:
      kind === "PRAISE"
        ? { badge: praise.badge, personIds: praise.people.map(({ id }) => id) }
        : null,
    scheduledFor: content.scheduledFor,
    draftId: isOnServer ? draftId : null,
  };
}
