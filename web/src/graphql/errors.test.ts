import { CombinedError } from "urql";
import { beforeEach, describe, expect, it } from "vitest";
import { switchLocale, textsOf } from "@/i18n";
import { byField, errorCodes, errorText, toAppError, userErrorText } from "./errors";

const t = () => textsOf("common");
const failed = (extensions: Record<string, unknown>) =>
  new CombinedError({ graphQLErrors: [{ message: "server words", extensions }] });

describe("errors", () => {
  beforeEach(() => switchLocale("en"));

  it("keeps code and reference", () => {
    expect(toAppError(failed({ code: "NOT_FOUND", requestId: "r1" }))).toMatchObject({
      code: "NOT_FOUND",
      requestId: "r1",
    });
  });

  it("treats a code it does not know as an internal one", () => {
    expect(toAppError(failed({ code: "SOMETHING_NEW" })).code).toBe("INTERNAL");
    expect(toAppError(failed({})).code).toBe("INTERNAL");
  });

  it("tells a lost connection from a server in trouble", () => {
    const lost = new CombinedError({ networkError: new Error("fetch failed") });
    const down = new CombinedError({
      networkError: new Error("503"),
      response: new Response("", { status: 503 }),
    });
    expect(toAppError(lost).code).toBe("NETWORK");
    expect(toAppError(down).code).toBe("UNAVAILABLE");
  });

  it("has words for every code in every language", async () => {
    for (const locale of ["de", "en"] as const) {
      await switchLocale(locale);
      for (const code of [...errorCodes, "NETWORK"] as const) {
        expect(errorText(t(), { code, retryAfterSeconds: null })).not.toContain("error.");
      }
    }
  });

  it("prefers the finer reason and does without an unknown one", () => {
    const forbidden = { code: "FORBIDDEN", retryAfterSeconds: null } as const;
    const general = errorText(t(), forbidden);
    expect(errorText(t(), { ...forbidden, reason: "LAST_OWNER" })).toMatch(/last owner/);
    expect(errorText(t(), { ...forbidden, reason: "SOMETHING_NEW" })).toBe(general);
  });

  it("says how long to wait", () => {
    expect(errorText(t(), { code: "RATE_LIMITED", retryAfterSeconds: 1 })).toContain("1 second.");
    expect(errorText(t(), { code: "RATE_LIMITED", retryAfterSeconds: 9 })).toContain("9 seconds.");
  });

  it("translates what is to mend and falls back to the server's words", async () => {
    await switchLocale("de");
    expect(userErrorText(t(), { code: "HANDLE_TAKEN", message: "taken" })).toMatch(/vergeben/);
    expect(userErrorText(t(), { code: "NEW_RULE", message: "Please do X" })).toBe("Please do X");
  });

  it("puts user errors beside their fields", () => {
    const name = { code: "REQUIRED", message: "", path: ["input", "name"] };
    const other = { code: "CONFLICT", message: "", path: [] };
    const { fields, rest } = byField([name, other], ["name", "title"]);
    expect(fields).toEqual({ name });
    expect(rest).toEqual([other]);
  });
});
