import { useCallback, useEffect, useRef, useState } from "react";
import { type AnyVariables, type TypedDocumentNode, useMutation } from "urql";
import { useTranslation } from "@/i18n";
import { showToast } from "@/ui";
import { errorText, toAppError, type UserErrorLike, userErrorText } from "./errors";
import { type FragmentType, readFragment } from "./generated";
import { UserErrorParts } from "./userErrors";

type Payload = { userErrors: readonly FragmentType<typeof UserErrorParts>[] };

export type ActionResult<P> = {
  /** What the server did; null when it did nothing. */
  payload: P | null;
  /** What the person can mend. Empty as well after a failure that was told by a toast. */
  userErrors: readonly UserErrorLike[];
};

/**
 * Runs a mutation whose payload selects `userErrors { ...UserErrorParts }`. Failures are told by
 * a toast, user errors too unless `showsUserErrors` says that the form places them itself.
 */
export function useAction<D, V extends AnyVariables, P extends Payload>(
  mutation: TypedDocumentNode<D, V>,
  payloadOf: (data: D) => P,
  { showsUserErrors = false }: { showsUserErrors?: boolean } = {},
) {
  const { t } = useTranslation("common");
  const [, execute] = useMutation<D, V>(mutation);
  const [pendingCount, setPendingCount] = useState(0);
  const read = useRef(payloadOf);
  useEffect(() => {
    read.current = payloadOf;
  });
  const run = useCallback(
    async (variables: V): Promise<ActionResult<P>> => {
      setPendingCount((count) => count + 1);
      try {
        const { data, error } = await execute(variables);
        if (error) showToast(errorText(t, toAppError(error)), { tone: "danger" });
        if (error || !data) return { payload: null, userErrors: [] };
        const payload = read.current(data);
        const userErrors = readFragment(UserErrorParts, payload.userErrors);
        const [first] = userErrors;
        if (first && !showsUserErrors) showToast(userErrorText(t, first), { tone: "danger" });
        return { payload: first ? null : payload, userErrors };
      } finally {
        setPendingCount((count) => count - 1);
      }
    },
    [execute, showsUserErrors, t],
  );
  return { run, isPending: pendingCount > 0 };
}
