import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startI18n, switchLocale } from "@/i18n";

beforeAll(async () => {
  await startI18n();
  await switchLocale("en");
});

afterEach(cleanup);
