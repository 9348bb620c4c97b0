/**
 * A hint at how hard a password is to guess; the server decides what it accepts. Length counts
 * most; repetition, runs such as "abc" or "123" and the person's own data take away.
 */
export const minPasswordLength = 10;

export type Strength = 0 | 1 | 2 | 3 | 4;

const common = [
  "password",
  "passwort",
  "qwert",
  "letmein",
  "willkommen",
  "welcome",
  "geheim",
  "loggia",
  "hallo",
];

/** 0 is too short, 4 is strong. `known` are words an attacker would try first. */
export function passwordStrength(password: string, known: readonly string[] = []): Strength {
  const letters = Array.from(password);
  if (letters.length < minPasswordLength) return 0;
  let useful = new Set(letters).size;
  let run = 0;
  for (let index = 1; index < letters.length; index++) {
    const step = (letters[index]?.codePointAt(0) ?? 0) - (letters[index - 1]?.codePointAt(0) ?? 0);
    if (Math.abs(step) <= 1) run++;
  }
  useful += Math.min(8, Math.max(0, letters.length - useful - run) * 0.5);
  useful -= run;
  const lower = password.toLocaleLowerCase();
  const parts = known.flatMap((word) => word.toLocaleLowerCase().split(/[^\p{L}\p{N}]+/u));
  for (const word of [...common, ...parts]) {
    if (word.length >= 4 && lower.includes(word)) useful -= word.length * 0.8;
  }
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) =>
    kind.test(password),
  ).length;
  const score = useful + kinds;
  if (score < 8) return 1;
  if (score < 12) return 2;
  if (score < 16) return 3;
  return 4;
}
