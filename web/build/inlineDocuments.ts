/**
 * Puts each GraphQL document where it is used. The generated map holds all documents at once and
 * would pull every page's operations into the first load; in a build each `graphql(\`…\`)` becomes
 * a short string in its own chunk instead, with the fragments it needs behind it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
} from "graphql";
import type { Plugin } from "vite";

const call = /\bgraphql\(\s*`([^`]*)`,?\s*\)/g;

/** The Vite plugin; development and tests use the generated documents as they are. */
export function inlineDocuments(root: string): Plugin {
  const fragments = new Map<string, FragmentDefinitionNode>();
  return {
    name: "loggia-inline-documents",
    apply: "build",
    enforce: "pre",
    buildStart() {
      fragments.clear();
      for (const definition of definitions(root)) {
        if (definition.kind === "FragmentDefinition")
          fragments.set(definition.name.value, definition);
      }
    },
    transform(code, id) {
      if (!id.startsWith(root) || id.includes("/generated/") || !code.includes("graphql(`"))
        return null;
      const replaced = code.replace(call, (_match, text: string) => {
        const [definition] = parse(text).definitions;
        if (!definition) throw new Error(`Empty GraphQL document in ${id}`);
        // A fragment's document only carries types; reading a fragment returns its data.
        if (definition.kind === "FragmentDefinition") return "null";
        return JSON.stringify(withFragments(definition, fragments));
      });
      return { code: replaced, map: null };
    },
  };
}

/** The text of an operation by its name, with the fragments it needs. */
export function operation(root: string, name: string): string {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let found: DefinitionNode | undefined;
  for (const definition of definitions(root)) {
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
    else if (definition.kind === "OperationDefinition" && definition.name?.value === name)
      found = definition;
  }
  if (!found) throw new Error(`No operation is named ${name}`);
  return withFragments(found, fragments);
}

function* definitions(root: string): Generator<DefinitionNode> {
  for (const file of sources(root)) {
    for (const [, text] of readFileSync(file, "utf8").matchAll(call))
      yield* parse(text ?? "").definitions;
  }
}

function withFragments(
  operation: DefinitionNode,
  known: Map<string, FragmentDefinitionNode>,
): string {
  const needed = new Map<string, FragmentDefinitionNode>();
  function collect(node: DefinitionNode) {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = known.get(name.value);
        if (!fragment) throw new Error(`Unknown fragment ${name.value}`);
        if (needed.has(name.value)) return;
        needed.set(name.value, fragment);
        collect(fragment);
      },
    });
  }
  collect(operation);
  return stripIgnoredCharacters([operation, ...needed.values()].map(print).join("\n"));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("/generated/"));
}
