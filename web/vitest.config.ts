import { defineConfig, mergeConfig } from "vitest/config";
import base from "./vite.config.ts";

export default mergeConfig(
  base,
  defineConfig({
    test: {
      environment: "jsdom",
      setupFiles: ["./src/test/setup.ts"],
      include: ["{src,build}/**/*.test.{ts,tsx}"],
      restoreMocks: true,
      // A compiler may be at work beside; what hangs is still found.
      testTimeout: 30_000,
      css: { modules: { classNameStrategy: "non-scoped" } },
    },
  }),
);
