import { readFragment, useAction } from "@/graphql";
import {
  ConversationSetMutedMutation,
  MessageDeleteMutation,
  MessageEditMutation,
  MessageParts,
  MessageReactMutation,
  MessageScheduleMutation,
  ScheduledMessageCancelMutation,
} from "./queries";
import type { Message, Written } from "./thread";

/** What one can do with a conversation and its messages; `change` is told what a message is then. */
export function useMessageActions(conversationId: string, change: (message: Message) => void) {
  const editing = useAction(MessageEditMutation, (answer) => answer.messageEdit);
  const deleting = useAction(MessageDeleteMutation, (answer) => answer.messageDelete);
  const reacting = useAction(MessageReactMutation, (answer) => answer.messageReact);
  const scheduling = useAction(MessageScheduleMutation, (answer) => answer.messageSchedule);
  const cancelling = useAction(
    ScheduledMessageCancelMutation,
    (answer) => answer.scheduledMessageCancel,
  );
  const muting = useAction(ConversationSetMutedMutation, (answer) => answer.conversationSetMuted);

  return {
    /** Whether the new text was taken. */
    async edit(messageId: string, body: string) {
      const { payload } = await editing.run({ input: { messageId, body } });
      const message = readFragment(MessageParts, payload?.message);
      if (message) change(message);
      return Boolean(message);
    },
    async remove(messageId: string) {
      const { payload } = await deleting.run({ input: { messageId } });
      const message = readFragment(MessageParts, payload?.message);
      if (message) change(message);
    },
    async react(messageId: string, emoji: string, reacted: boolean) {
      const { payload } = await reacting.run({ input: { messageId, emoji, reacted } });
      const message = readFragment(MessageParts, payload?.message);
      if (message) change(message);
    },
    /** Whether it was taken, to be sent later. */
    async schedule({ body, files, threadId }: Written, sendAt: string) {
      const { payload } = await scheduling.run({
        input: {
          sendAt,
          message: {
            clientId: crypto.randomUUID(),
            conversationId,
            body,
            threadId,
            attachmentIds: files.map(({ id }) => id),
          },
        },
      });
      return Boolean(payload?.conversation);
    },
    async cancelScheduled(scheduledMessageId: string) {
      const { payload } = await cancelling.run({ input: { scheduledMessageId } });
      return Boolean(payload?.conversation);
    },
    setMuted: (isMuted: boolean) => muting.run({ input: { conversationId, isMuted } }),
  };
}

export type MessageActions = ReturnType<typeof useMessageActions>;
