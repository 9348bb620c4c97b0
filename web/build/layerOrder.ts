import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/**
 * Puts the order of our cascade layers in front of every stylesheet. The browser takes the order
 * from whichever file it meets first, and that is not always the entry's.
 */
export function layerOrder(file: string): Plugin {
  const order = /@layer [^{;]+;/.exec(readFileSync(file, "utf8"))?.[0];
  if (!order) throw new Error(`No layer order in ${file}`);
  return {
    name: "loggia-layer-order",
    enforce: "pre",
    transform(code, id) {
      if (!/\.css(?:$|\?)/.test(id) || id.includes("/node_modules/") || !code.includes("@layer"))
        return null;
      return { code: `${order}\n${code}`, map: null };
    },
  };
}
