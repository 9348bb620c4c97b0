// Compares the text files of the languages: each must have the same files and the same keys.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Returns one sentence for every file or key that one language has and another lacks, and for every empty text. */
export function compareLocales(folder) {
  const languages = new Map(readdirSync(folder).map((language) => [language, keysOf(join(folder, language))]));
  const all = new Set([...languages.values()].flatMap((keys) => [...keys.keys()]));
  const breaches = [];
  for (const [language, keys] of languages) {
    for (const key of all) {
      const text = keys.get(key);
      if (text === undefined) breaches.push(`${folder}/${language}: ${key} is missing`);
      else if (text === "") breaches.push(`${folder}/${language}: ${key} is empty`);
    }
  }
  return breaches;
}

/** All texts of a language, by "file: key.in.dots". */
function keysOf(folder) {
  const keys = new Map();
  const walk = (node, path) => {
    if (typeof node !== "object") return keys.set(path, node);
    for (const [name, child] of Object.entries(node)) walk(child, path.endsWith(": ") ? path + name : `${path}.${name}`);
  };
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    walk(JSON.parse(readFileSync(join(folder, file), "utf8")), `${file}: `);
  }
  return keys;
}
