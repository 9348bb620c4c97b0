import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Plugin } from "vite";
import { navEntries } from "../src/app/shell/nav.ts";
import { emojis } from "../src/features/posts/components/emoji.ts";
import {
  badgeGlyph,
  kindLook,
  postKinds,
  praiseBadges,
} from "../src/features/posts/components/kinds.ts";
import { type IconName, iconPaths } from "../src/ui/icons/paths.ts";
import { withTypenames } from "./early.ts";
import { operation } from "./inlineDocuments.ts";
import { wordsOf } from "./words.ts";

type Options = {
  /** The page's template. */
  file: string;
  /** Folder with the sources. */
  root: string;
  /** Folder with a folder of texts for each language. */
  locales: string;
  languages: readonly string[];
  /** The client's first questions, which the server asks in its place. */
  queries: readonly string[];
  /** Posts asked for, and how many of them are drawn before the client comes. */
  pageSize: number;
  shown: number;
  /** Chunks whose styles the page wears. */
  styles: readonly string[];
};

type Texts = { [key: string]: string | Texts };
type Classes = Map<string, Record<string, string>>;

/**
 * Makes the page that the server fills with the first posts, in each language, from the client's own
 * classes, texts and icons: `first-page.json`, read by server/loggia/src/http/first_page.
 */
export function firstPage(options: Options): Plugin {
  const classes: Classes = new Map();
  return {
    name: "loggia-first-page",
    apply: "build",
    enforce: "post",
    config: () => ({
      css: {
        modules: {
          getJSON: (file, names) => {
            classes.set(basename(file, ".module.css"), names);
          },
        },
      },
    }),
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const index = bundle["index.html"];
        if (index?.type !== "asset") return;
        const styles = Object.values(bundle).flatMap((chunk) =>
          chunk.type === "chunk" && options.styles.includes(chunk.name)
            ? [...(chunk.viteMetadata?.importedCss ?? [])]
            : [],
        );
        const body = readFileSync(options.file, "utf8");
        const languages = options.languages.map((language) => {
          const page = framed(String(index.source), language, styles, body);
          const texts = textsOf(options.locales, language);
          return [
            language,
            {
              template: close(filled(page, { classes, texts, shown: options.shown })),
              words: wordsOf(language, text(texts, "common:time.now")),
            },
          ];
        });
        this.emitFile({
          type: "asset",
          fileName: "first-page.json",
          source: JSON.stringify({
            queries: Object.fromEntries(
              options.queries.map((name) => [name, withTypenames(operation(options.root, name))]),
            ),
            pageSize: options.pageSize,
            languages: Object.fromEntries(languages),
          }),
        });
      },
    },
  };
}

/** The client's page around the first posts. */
function framed(index: string, language: string, styles: readonly string[], body: string): string {
  const put = (page: string, what: string | RegExp, by: string) => {
    const next = page.replace(what, () => by);
    if (next === page) throw new Error(`index.html has no ${what}`);
    return next;
  };
  let page = put(
    index,
    '<html lang="en">',
    `<html lang="${language}" data-first="{{ viewer.person.id }}"{% if viewer.settings.theme != "SYSTEM" %} data-theme="{{ viewer.settings.theme|lower }}"{% endif %}>`,
  );
  page = put(page, "<title>Loggia</title>", "<title>[[text feed:title]] · Loggia</title>");
  // What is drawn at once needs its looks at once, and the answers are in the page already.
  for (const file of styles) {
    page = page.replace(new RegExp(`<link [^>]*href="/${file}"[^>]*>`), "");
    page = put(page, "</head>", `<link rel="stylesheet" crossorigin href="/${file}">\n</head>`);
  }
  page = put(page, /"queries":\{.*\}(?=\}<\/script>)/, '"queries":{}');
  const answers = '<script type="application/json" id="answers">{{ answers|safe }}</script>';
  return put(
    page,
    '<div id="root"></div>',
    `<div id="first">\n${body}\n</div>\n<div id="root" data-waits></div>\n${answers}`,
  );
}

type Source = { classes: Classes; texts: Texts; shown: number };

/** Fills in all that is known when building: `[[css …]]`, `[[text …]]`, `[[icon …]]` and tables. */
function filled(template: string, source: Source): string {
  return template.replace(/\[\[([^[\]]+)\]\]/g, (_, inner: string) => fill(inner.trim(), source));
}

function fill(inner: string, source: Source): string {
  const [what = "", ...rest] = inner.split(" ");
  const { classes, texts } = source;
  const nameIn = (key: string) => text(texts, key);
  switch (what) {
    case "css":
      return rest.map((name) => classOf(classes, name)).join(" ");
    case "text":
      return said(texts, rest[0] ?? "", inner);
    case "icon": {
      const [name = "", size = "20", label] = rest;
      return icon(name, size, label && nameIn(label));
    }
    case "logo":
      return logo(classes);
    case "shown":
      return String(source.shown);
    case "ways":
      return `[${navEntries.map((entry) => way(entry, nameIn)).join(", ")}]`;
    case "kinds":
      return table(postKinds, (kind) => ({
        name: nameIn(`posts:kind.${kind}`),
        tone: toneOf(classes, kindLook[kind].tone),
        icon: icon(kindLook[kind].icon, "13"),
      }));
    case "badges":
      return table(praiseBadges, (badge) => ({
        name: nameIn(`posts:praise.badge.${badge}`),
        glyph: badgeGlyph[badge],
      }));
    case "ideas":
      return table(["OPEN", "PLANNED", "DONE", "DECLINED"] as const, (state) => ({
        name: nameIn(`posts:idea.state.${state}`),
        hint: nameIn(`posts:idea.hint.${state}`),
        tone: toneOf(classes, ideaTones[state]),
        icon: state === "DONE" ? icon("check", "13") : "",
      }));
    case "orders":
      return table(["LATEST", "RANKED"], (order) => nameIn(`feed:order.${order}`));
    case "emoji":
      return JSON.stringify(
        Object.fromEntries(emojis.map(({ emoji, name }) => [emoji, nameIn(`posts:emoji.${name}`)])),
      );
    case "galleries":
      return JSON.stringify(
        [0, 1, 2, 3, 4].map((count) => (count ? classOf(classes, `Attachments.of${count}`) : "")),
      );
    default:
      throw new Error(`The first page asks for [[${inner}]]`);
  }
}

/** An entry of the navigation, with what it reads from the viewer as a path of the template. */
function way(
  {
    to,
    icon: name,
    text: key,
    unread,
    isVisible,
    isSecondary = false,
  }: (typeof navEntries)[number],
  nameIn: (key: string) => string,
): string {
  const fixed = { to, icon: icon(name, "22"), text: nameIn(`shell:${key}`), isSecondary };
  const read = `"count": ${unread ? pathOf(unread) : 0}, "isVisible": ${isVisible ? pathOf(isVisible) : true}`;
  return `${JSON.stringify(fixed).slice(0, -1)}, ${read}}`;
}

/** What a function reads from the viewer, which it may read but not reckon with. */
function pathOf(read: (viewer: never) => unknown): string {
  const walked = (path: string): object =>
    new Proxy(
      { path },
      { get: (at, key) => (key === "path" ? at.path : walked(`${path}.${String(key)}`)) },
    );
  const { path } = read(walked("viewer") as never) as { path?: string };
  if (!path) throw new Error(`The first page cannot follow ${read}`);
  return path.replace(/^viewer\.unread\./, "unread.");
}

function table<K extends string>(keys: readonly K[], of: (key: K) => unknown): string {
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, of(key)])));
}

function classOf(classes: Classes, name: string): string {
  const [module = "", local = ""] = name.split(".");
  const names = classes.get(module);
  if (!names) throw new Error(`No stylesheet is named ${module}`);
  // A name without a rule is allowed in the client, too.
  return names[local] ?? "";
}

function toneOf(classes: Classes, tone: string): string {
  return tone === "neutral" ? "" : classOf(classes, `Display.${tone}`);
}

/** A text as markup; what stands in `{{…}}` is given behind its key. Counted texts pick their form. */
function said(texts: Texts, key: string, inner: string): string {
  const given = [...inner.matchAll(/ (\w+)=(\([^)]*\)|\S+)/g)].map(
    ([, name, by]) => `${name} = ${by}`,
  );
  const counted = find(texts, `${key}_one`) !== undefined;
  const body = counted
    ? `{% if count == 1 %}${markup(text(texts, `${key}_one`))}{% else %}${markup(text(texts, `${key}_other`))}{% endif %}`
    : markup(text(texts, key));
  return given.length > 0 ? `{% with ${given.join(", ")} %}${body}{% endwith %}` : body;
}

function text(texts: Texts, key: string): string {
  const found = find(texts, key);
  if (typeof found !== "string") throw new Error(`No text ${key}`);
  return found;
}

function find(texts: Texts, key: string): string | Texts | undefined {
  return key
    .split(/[:.]/)
    .reduce<string | Texts | undefined>(
      (at, part) => (typeof at === "object" ? at[part] : undefined),
      texts,
    );
}

function textsOf(locales: string, language: string): Texts {
  const folder = join(locales, language);
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      basename(file, ".json"),
      JSON.parse(readFileSync(join(folder, file), "utf8")) as Texts,
    ]),
  );
}

const ideaTones = { OPEN: "info", PLANNED: "idea", DONE: "success", DECLINED: "neutral" } as const;

const markup = (plain: string) => plain.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** As ui/icons/Icon. */
function icon(name: string, size: string, label?: string): string {
  const paths = iconPaths[name as IconName];
  if (!paths) throw new Error(`No icon ${name}`);
  const shapes = paths.map((path) =>
    path.startsWith("!")
      ? `<path d="${path.slice(1)}" fill="currentColor" stroke="none"/>`
      : `<path d="${path}"/>`,
  );
  const named = label ? `role="img" aria-label="${markup(label)}"` : 'aria-hidden="true"';
  return `<svg viewBox="0 0 20 20" width="${size}" height="${size}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" focusable="false" ${named}>${shapes.join("")}</svg>`;
}

/** As app/shell/Logo. */
function logo(classes: Classes): string {
  const [whole, arch, sill] = ["logo", "logoArch", "logoSill"].map((name) =>
    classOf(classes, `AppShell.${name}`),
  );
  return `<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" class="${whole}"><rect width="32" height="32" rx="8" fill="currentColor"/><path d="M6 25V15a5 5 0 0 1 10 0v10M16 25V15a5 5 0 0 1 10 0v10" fill="none" class="${arch}" stroke-width="2.6" stroke-linecap="round"/><path d="M5 25.5h22" class="${sill}" stroke-width="2.6" stroke-linecap="round"/></svg>`;
}

/** Takes out what is there for the template's readers only: comments and line breaks. */
function close(template: string): string {
  return template
    .replace(/\{#.*?#\}/gs, "")
    .replace(/([>}])\s*\n\s*(?=[<{])/g, "$1")
    .replace(/\s*\n\s*/g, " ");
}
