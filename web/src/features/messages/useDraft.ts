import { useEffect, useRef, useState } from "react";
import { useAction } from "@/graphql";
import { keepText, keptText } from "./keptText";
import { ConversationTypingMutation, MessageDraftSaveMutation } from "./queries";

const restMs = 900;
const typingEveryMs = 3_000;

/**
 * What is half written in a conversation: kept in this tab at once and on the server when the hand
 * rests, so that it is there on the other devices. The others are told now and then that one writes.
 */
export function useDraft(conversationId: string, onServer: string) {
  const [text, setText] = useState(() => keptText(conversationId) || onServer);
  const { run: save } = useAction(MessageDraftSaveMutation, (answer) => answer.messageDraftSave);
  const { run: tell } = useAction(
    ConversationTypingMutation,
    (answer) => answer.conversationTyping,
  );
  const known = useRef(onServer);
  const latest = useRef(text);
  const told = useRef(0);

  // Written on another device while nothing of one's own stands here.
  useEffect(() => {
    if (onServer === known.current) return;
    const isUntouched = latest.current === known.current;
    known.current = onServer;
    if (!isUntouched) return;
    latest.current = onServer;
    setText(onServer);
    keepText(conversationId, onServer);
  }, [onServer, conversationId]);

  const flush = useRef(() => {});
  useEffect(() => {
    flush.current = () => {
      if (latest.current === known.current) return;
      known.current = latest.current;
      void save({ input: { conversationId, body: latest.current } });
    };
  });
  useEffect(() => {
    if (text === known.current) return;
    const timer = setTimeout(() => flush.current(), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => () => flush.current(), []);

  return {
    text,
    change(next: string) {
      latest.current = next;
      setText(next);
      keepText(conversationId, next);
      const now = Date.now();
      if (next.trim() && now - told.current > typingEveryMs) {
        told.current = now;
        void tell({ input: { conversationId } });
      }
    },
    /** Sent: nothing is left to be kept. */
    clear() {
      latest.current = "";
      setText("");
      keepText(conversationId, "");
      flush.current();
    },
  };
}
