import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { early } from "./build/early.ts";
import { firstPage } from "./build/firstPage.ts";
import { inlineDocuments } from "./build/inlineDocuments.ts";
import { layerOrder } from "./build/layerOrder.ts";
import { onlyOurLanguages } from "./build/onlyOurLanguages.ts";
import { precompress } from "./build/precompress.ts";

const server = "http://localhost:8080";
const forwarded = { target: server, changeOrigin: false };
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const languages = ["de", "en"];
/** As in features/posts/feed/scope.ts. */
const pageSize = 20;

export default defineConfig({
  plugins: [
    layerOrder(here("./src/ui/styles/layers.css")),
    inlineDocuments(here("./src")),
    onlyOurLanguages(languages),
    react(),
    early({
      file: here("./public/early.js"),
      root: here("./src"),
      chunks: ["feed", "HomePage"],
      texts: here("./src/i18n/texts/"),
      queries: { Viewer: {}, HomeFeed: { first: pageSize, order: "LATEST" } },
    }),
    firstPage({
      file: here("./src/first/page.jinja"),
      root: here("./src"),
      locales: here("./locales"),
      languages,
      queries: ["Viewer", "HomeFeed", "UnreadCounts", "HomeAside"],
      pageSize,
      shown: 6,
      styles: ["feed"],
    }),
    precompress(),
  ],
  resolve: { alias: { "@locales": here("./locales"), "@": here("./src") } },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    manifest: true,
    // Everything stays a file of its own: the content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // Many small files would wait for each other on a slow line: what every visit needs travels
        // as one, what the home feed adds as a second, and the widgets most other pages share as a
        // third, which the first posts do not wait for. A group takes its imports along.
        codeSplitting: {
          groups: [
            {
              name: "shell",
              test: /\/src\/(?:main|ui\/(?:Card|InfiniteList|RelativeTime|TabLinks))\.tsx$/,
              priority: 3,
            },
            { name: "feed", test: /\/src\/features\/feeds\/pages\/HomePage\.tsx$/, priority: 2 },
            {
              name: "widgets",
              test: /\/node_modules\/|\/src\/ui\//,
              minShareCount: 8,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/graphql": { ...forwarded, ws: true },
      "/auth": forwarded,
      "/media": forwarded,
      "/.well-known": forwarded,
      "/healthz": forwarded,
    },
  },
});
