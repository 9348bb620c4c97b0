import type { ConversationPartsFragment } from "@/graphql/generated/graphql";
import { Avatar } from "@/ui";
import styles from "./Messages.module.css";

type Member = ConversationPartsFragment["members"][number];

/** One face, or two overlapping ones for a group. */
export function Faces({ members, myId }: { members: readonly Member[]; myId: string }) {
  const others = members.filter(({ id }) => id !== myId);
  const [first, second] = others.length > 0 ? others : members;
  if (!first) return null;
  if (!second) {
    return (
      <Avatar
        name={first.name}
        color={first.avatarColor}
        url={first.avatarUrl}
        presence={first.presence}
      />
    );
  }
  return (
    <span className={styles.faces}>
      <Avatar name={first.name} color={first.avatarColor} url={first.avatarUrl} size="s" />
      <Avatar name={second.name} color={second.avatarColor} url={second.avatarUrl} size="s" />
    </span>
  );
}
