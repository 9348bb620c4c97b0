/** What went wrong, in the reader's words. */
import type { TFunction } from "i18next";
import type { CombinedError } from "urql";
import { useTranslation } from "@/i18n";

export const errorCodes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "INVALID",
  "RATE_LIMITED",
  "CONFLICT",
  "UNAVAILABLE",
  "INTERNAL",
] as const;

export type ErrorCode = (typeof errorCodes)[number] | "NETWORK";

export type AppError = {
  code: ErrorCode;
  /** Finer than the code where there is one, such as LAST_OWNER for FORBIDDEN. */
  reason?: string | null;
  /** The server's own words, readable English. */
  message: string;
  requestId: string | null;
  retryAfterSeconds: number | null;
};

/** Something the person can mend, as it stands in a mutation's payload. */
export type UserErrorLike = {
  code: string;
  message: string;
  path?: readonly string[];
  params?: readonly { name: string; value: string }[];
};

/** Reads code and reference out of a failed operation. */
export function toAppError(error: CombinedError): AppError {
  const first = error.graphQLErrors[0];
  if (first) {
    const { code, reason, requestId, retryAfterSeconds } = first.extensions;
    return {
      code: errorCodes.find((known) => known === code) ?? "INTERNAL",
      reason: typeof reason === "string" ? reason : null,
      message: first.message,
      requestId: typeof requestId === "string" ? requestId : null,
      retryAfterSeconds: typeof retryAfterSeconds === "number" ? retryAfterSeconds : null,
    };
  }
  const response: unknown = error.response;
  const headers = response instanceof Response ? response.headers : null;
  const status = response instanceof Response ? response.status : 0;
  return {
    code: status === 429 ? "RATE_LIMITED" : status >= 500 ? "UNAVAILABLE" : "NETWORK",
    message: error.message,
    requestId: headers?.get("x-request-id") ?? null,
    retryAfterSeconds: Number(headers?.get("retry-after")) || null,
  };
}

/** The reader's words for a failure. */
export function errorText(
  t: TFunction<"common">,
  error: Pick<AppError, "code" | "reason" | "retryAfterSeconds">,
): string {
  if (error.code === "RATE_LIMITED" && error.retryAfterSeconds) {
    return t("error.rateLimitedFor", { count: error.retryAfterSeconds });
  }
  const general = t(`error.${error.code}`);
  return error.reason ? userErrorText(t, { code: error.reason, message: general }) : general;
}

/** The reader's words for what to mend; the server's message where we have none of our own. */
export function userErrorText(t: TFunction<"common">, error: UserErrorLike): string {
  const params = Object.fromEntries((error.params ?? []).map(({ name, value }) => [name, value]));
  const key = `userError.${error.code}`;
  // The server may know codes this client does not; those fall back to its message.
  const translate = t as unknown as (key: string, options: Record<string, unknown>) => string;
  return translate(key, { ...params, defaultValue: error.message });
}

/** `errorText` and `userErrorText` bound to the language in use. */
export function useErrorText() {
  const { t } = useTranslation("common");
  return {
    /** For a failed operation: spread into ErrorState. */
    stateOf(error: CombinedError) {
      const app = toAppError(error);
      return { message: errorText(t, app), requestId: app.requestId };
    },
    textOf: (error: CombinedError) => errorText(t, toAppError(error)),
    textOfUserError: (error: UserErrorLike) => userErrorText(t, error),
  };
}

/** Sorts user errors by the input field they belong to; those without a field come back as `rest`. */
export function byField<F extends string>(errors: readonly UserErrorLike[], fields: readonly F[]) {
  const found: Partial<Record<F, UserErrorLike>> = {};
  const rest: UserErrorLike[] = [];
  for (const error of errors) {
    const last = error.path?.findLast((part) => part !== "input");
    const field = fields.find((candidate) => candidate === last);
    if (field && !found[field]) found[field] = error;
    else rest.push(error);
  }
  return { fields: found, rest };
}
