import type { Plugin } from "vite";

const texts =
  /\/(?:react-aria|react-aria-components|react-stately)\/dist\/private\/(?:.*\/)?intl\/(?:.*\/)?([a-z]{2})-[A-Z]{2}\.mjs$/;

/** Leaves out React Aria's own texts in the thirty languages we do not speak. */
export function onlyOurLanguages(languages: readonly string[]): Plugin {
  return {
    name: "loggia-only-our-languages",
    apply: "build",
    enforce: "pre",
    load(id) {
      const language = texts.exec(id)?.[1];
      return language && !languages.includes(language) ? "export default {};" : null;
    },
  };
}
