/** Reactions on offer. Glyphs are the device's own; the names are texts under `posts:emoji`. */
export const emojis = [
  { emoji: "👍", name: "thumbsUp" },
  { emoji: "❤️", name: "heart" },
  { emoji: "😂", name: "laugh" },
  { emoji: "🎉", name: "party" },
  { emoji: "🙏", name: "thanks" },
  { emoji: "👀", name: "eyes" },
  { emoji: "✅", name: "done" },
  { emoji: "🤔", name: "thinking" },
  { emoji: "👏", name: "clap" },
  { emoji: "🙌", name: "hooray" },
  { emoji: "💪", name: "strong" },
  { emoji: "🤝", name: "handshake" },
  { emoji: "👋", name: "wave" },
  { emoji: "👌", name: "ok" },
  { emoji: "✌️", name: "victory" },
  { emoji: "👎", name: "thumbsDown" },
  { emoji: "😀", name: "grin" },
  { emoji: "😊", name: "smile" },
  { emoji: "😉", name: "wink" },
  { emoji: "😍", name: "loving" },
  { emoji: "🤩", name: "starStruck" },
  { emoji: "😎", name: "cool" },
  { emoji: "😅", name: "phew" },
  { emoji: "🙃", name: "upsideDown" },
  { emoji: "😮", name: "surprised" },
  { emoji: "🤯", name: "mindBlown" },
  { emoji: "😢", name: "sad" },
  { emoji: "😬", name: "grimace" },
  { emoji: "🥳", name: "celebrating" },
  { emoji: "🫶", name: "heartHands" },
  { emoji: "🤗", name: "hug" },
  { emoji: "😴", name: "sleepy" },
  { emoji: "🚀", name: "rocket" },
  { emoji: "🔥", name: "fire" },
  { emoji: "⭐", name: "star" },
  { emoji: "💡", name: "idea" },
  { emoji: "💯", name: "hundred" },
  { emoji: "🏆", name: "trophy" },
  { emoji: "🎯", name: "target" },
  { emoji: "📌", name: "pin" },
  { emoji: "❓", name: "question" },
  { emoji: "❗", name: "important" },
  { emoji: "➕", name: "plus" },
  { emoji: "❌", name: "cross" },
  { emoji: "☕", name: "coffee" },
  { emoji: "🍰", name: "cake" },
  { emoji: "🌻", name: "flower" },
  { emoji: "☀️", name: "sun" },
] as const;

/** How many stand in the first row. */
export const quickCount = 8;

const nameOf = new Map<string, EmojiName>(emojis.map(({ emoji, name }) => [emoji, name]));

/** Key of a reaction's name. */
export type EmojiName = (typeof emojis)[number]["name"];

/** The name's key, when the emoji is one of ours. */
export function emojiName(emoji: string): EmojiName | null {
  return nameOf.get(emoji) ?? null;
}
