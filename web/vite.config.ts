import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { inlineDocuments } from "./build/inlineDocuments.ts";
import { layerOrder } from "./build/layerOrder.ts";
import { onlyOurLanguages } from "./build/onlyOurLanguages.ts";
import { precompress } from "./build/precompress.ts";

const server = "http://localhost:8080";
const forwarded = { target: server, changeOrigin: false };
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    layerOrder(here("./src/ui/styles/layers.css")),
    inlineDocuments(here("./src")),
    onlyOurLanguages(["de", "en"]),
    react(),
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
        // All that every visit needs travels as one file; the group takes its imports along.
        codeSplitting: { groups: [{ name: "shell", test: /\/src\/main\.tsx$/ }] },
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
