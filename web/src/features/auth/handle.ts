const folded: Record<string, string> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  æ: "ae",
  ø: "o",
  œ: "oe",
  ł: "l",
  đ: "d",
};

/** A handle made from a name: "Jörg Müller" becomes "joerg.mueller". */
export function handleFrom(text: string): string {
  return text
    .toLowerCase()
    .replace(/[äöüßæøœłđ]/g, (letter) => folded[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .trimStart()
    .replace(/[^a-z0-9._-]+/g, ".")
    .replace(/\.{2,}/g, ".")
    .replace(/^[._-]+/, "")
    .slice(0, 40);
}
