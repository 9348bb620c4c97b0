import { readFileSync } from "node:fs";
import { parse, print, stripIgnoredCharacters, visit } from "graphql";
import type { Plugin, Rolldown } from "vite";
import { operation } from "./inlineDocuments.ts";

type Options = {
  /** The script that follows the plan. */
  file: string;
  /** Folder with the sources. */
  root: string;
  /** Chunks that most visits need behind the shell. */
  chunks: readonly string[];
  /** Folder whose chunks are the texts, each named after its language. */
  texts: string;
  /** Operations the first page asks for, with their usual variables. */
  queries: Record<string, Record<string, unknown>>;
};

/**
 * Lets the first page's parts travel at the same time as the shell, instead of after the shell has
 * run and asked for them: chunks and styles by links, texts and data by a plan that
 * public/early.js follows. Without the plan, in development, everything is asked for later.
 */
export function early({ file, root, chunks, texts, queries }: Options): Plugin {
  let script = "";
  return {
    name: "loggia-early",
    apply: "build",
    enforce: "pre",
    generateBundle() {
      // Under a name with its hash, so that a browser asks for it once.
      const reference = this.emitFile({
        type: "asset",
        name: "early.js",
        source: readFileSync(file, "utf8"),
      });
      script = `/${this.getFileName(reference)}`;
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle, filename }) {
        if (!bundle || !filename.endsWith("/index.html")) return html;
        const all = Object.values(bundle).filter((each) => each.type === "chunk");
        const links = chunks.flatMap((name) => {
          const chunk = all.find((each) => each.name === name);
          if (!chunk) throw new Error(`No chunk is named ${name}`);
          return linksTo(chunk);
        });
        const plan = JSON.stringify({
          texts: Object.fromEntries(
            all
              .filter((each) => each.facadeModuleId?.startsWith(texts))
              .map((each) => [each.name, `/${each.fileName}`]),
          ),
          queries: Object.fromEntries(
            Object.entries(queries).map(([name, variables]) => [
              name,
              { query: withTypenames(operation(root, name)), variables },
            ]),
          ),
        });
        return {
          // Before early.js, which reads it.
          html: html.replace(
            '<script src="/early.js"',
            `<script type="application/json" id="early">${plan}</script>\n    <script src="${script}"`,
          ),
          tags: links,
        };
      },
    },
  };
}

function linksTo(chunk: Rolldown.OutputChunk) {
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
  return [
    link({ rel: "modulepreload", href: `/${chunk.fileName}` }),
    ...styles.map((file) => link({ rel: "preload", as: "style", href: `/${file}` })),
  ];
}

function link(attrs: Record<string, string>) {
  // Behind the shell, which everything waits for.
  return {
    tag: "link",
    attrs: { ...attrs, crossorigin: true, fetchpriority: "low" },
    injectTo: "head" as const,
  };
}

/** The cache asks for the type of every object. */
export function withTypenames(text: string): string {
  const document = visit(parse(text), {
    SelectionSet: (node, _key, parent) => {
      if (parent && "kind" in parent && parent.kind === "OperationDefinition") return undefined;
      const typename = { kind: "Field", name: { kind: "Name", value: "__typename" } } as const;
      return { ...node, selections: [...node.selections, typename] };
    },
  });
  return stripIgnoredCharacters(print(document));
}
