/** Half-written messages, kept in this tab until they are sent. */
const key = (conversationId: string) => `loggia.message.${conversationId}`;

export function keptText(conversationId: string): string {
  try {
    return sessionStorage.getItem(key(conversationId)) ?? "";
  } catch {
    return "";
  }
}

export function keepText(conversationId: string, text: string) {
  try {
    if (text) sessionStorage.setItem(key(conversationId), text);
    else sessionStorage.removeItem(key(conversationId));
  } catch {
    // Storage may be forbidden; the text then lasts as long as the page.
  }
}
