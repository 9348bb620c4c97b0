/** What a notification says and where it leads. */
import type { NotificationPartsFragment } from "@/graphql/generated/graphql";
import type { IconName } from "@/ui";

export type Notification = NotificationPartsFragment;
type Kind = Notification["kind"];

export const kindIcon: Record<Kind, IconName> = {
  MENTION: "at",
  COMMUNITY_MENTION: "at",
  REPLY: "reply",
  REACTION: "heart",
  BEST_ANSWER: "check-circle",
  PRAISE: "award",
  ANNOUNCEMENT: "megaphone",
  NEW_POST: "discussion",
  JOIN_REQUEST: "follow",
  JOIN_APPROVED: "check",
  JOIN_DECLINED: "close",
  INVITATION: "mail",
  ROLE_CHANGED: "shield",
  IDEA_STATE: "idea",
  THREAD_CLOSED: "lock",
  DISPATCH_REMINDER: "clock",
  DISPATCH_OVERDUE: "warning",
  DISPATCH_ANSWER: "reply",
  DISPATCH_REPLY: "reply",
  LINE_QUESTION: "question",
  LINE_ANSWER: "check-circle",
};

const aboutCommunity = new Set<Kind>([
  "JOIN_REQUEST",
  "JOIN_APPROVED",
  "JOIN_DECLINED",
  "INVITATION",
  "ROLE_CHANGED",
]);

export type Target =
  | { to: "/posts/$postId"; params: { postId: string }; search: { reply?: string } }
  | { to: "/dispatches/$dispatchId"; params: { dispatchId: string } }
  | { to: "/dispatches/questions" }
  | {
      to: "/communities/$slug";
      params: { slug: string };
      search: { tab?: "requests" };
    }
  | null;

/** The place a notification is about; null when it is gone. */
export function targetOf({
  kind,
  post,
  reply,
  community,
  dispatch,
  lineQuestionId,
}: Notification): Target {
  if (dispatch) return { to: "/dispatches/$dispatchId", params: { dispatchId: dispatch.id } };
  if (lineQuestionId) return { to: "/dispatches/questions" };
  if (post && !aboutCommunity.has(kind)) {
    return {
      to: "/posts/$postId",
      params: { postId: post.id },
      search: reply ? { reply: reply.id } : {},
    };
  }
  if (!community) return null;
  return {
    to: "/communities/$slug",
    params: { slug: community.slug },
    search: kind === "JOIN_REQUEST" ? { tab: "requests" } : {},
  };
}

export type Who =
  | { form: "nobody" }
  | { form: "one"; a: string }
  | { form: "two"; a: string; b: string }
  | { form: "more"; a: string; count: number };

/** "Lena", "Lena and Jörn", "Lena and 3 others". */
export function whoDid({ actors, actorCount }: Pick<Notification, "actors" | "actorCount">): Who {
  const [first, second] = actors;
  const count = Math.max(actorCount, actors.length);
  if (!first) return { form: "nobody" };
  if (count === 1) return { form: "one", a: first.name };
  if (count === 2 && second) return { form: "two", a: first.name, b: second.name };
  return { form: "more", a: first.name, count: count - 1 };
}

/** Today's and all before, in their order. `dayOf` names the day in the reader's time zone. */
export function byDay<T extends { createdAt: string }>(
  items: readonly T[],
  dayOf: (at: string | number) => string,
  now: number,
): { today: T[]; earlier: T[] } {
  const today = dayOf(now);
  return {
    today: items.filter(({ createdAt }) => dayOf(createdAt) === today),
    earlier: items.filter(({ createdAt }) => dayOf(createdAt) !== today),
  };
}

/** Cuts a text at placeholders so that what stands for them can be shown in its own way. */
export function pieces(text: string, marks: Readonly<Record<string, string>>) {
  const names = Object.keys(marks);
  const pattern = new RegExp(`(${names.map((name) => marks[name]).join("|")})`, "u");
  return text
    .split(pattern)
    .filter(Boolean)
    .map((part) => ({ part, name: names.find((name) => marks[name] === part) ?? null }));
}
