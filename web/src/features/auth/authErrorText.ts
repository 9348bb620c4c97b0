import type { TFunction } from "i18next";
import { AuthError } from "@/app/session";
import { errorText, userErrorText } from "@/graphql";

const codes = ["RATE_LIMITED", "UNAVAILABLE", "INTERNAL", "CONFLICT"] as const;

/** The reader's words for a refusal by /auth; wrong credentials are worded by the caller. */
export function authErrorText(t: TFunction<"common">, error: unknown): string {
  if (!(error instanceof AuthError)) return t("error.NETWORK");
  const code = codes.find((known) => known === error.code);
  if (code) return errorText(t, { code, retryAfterSeconds: error.retryAfterSeconds });
  return userErrorText(t, { code: error.code, message: error.message });
}
