import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AnyVariables, type TypedDocumentNode, useMutation } from "urql";
import { showToast } from "@/ui";
import { errorText, toAppError, type UserErrorLike, userErrorText } from "./errors";

type Answer<P> = { payload: P | null; userErrors: readonly UserErrorLike[] };

/**
 * Runs a mutation whose only root field is a payload with `userErrors`.
 * Top-level failures are told by a toast. User errors come back for the form to show; with
 * `isQuiet: false` (the default for actions without a form) they are told by a toast as well.
 */
export function useAction<
  D extends object,
  V extends AnyVariables,
  P extends { userErrors: readonly UserErrorLike[] },
>(
  mutation: TypedDocumentNode<D, V>,
  payloadOf: (data: D) => P,
  { showsUserErrors = false }: { showsUserErrors?: boolean } = {},
) {
  const { t } = useTranslation("common");
  const [, execute] = useMutation<D, V>(mutation);
  const [isPending, setPending] = useState(false);
  const run = useCallback(
    async (variables: V): Promise<Answer<P>> => {
      setPending(true);
      try {
        const { data, error } = await execute(variables);
        if (error || !data) {
          if (error) showToast(errorText(t, toAppError(error)), { tone: "danger" });
          return { payload: null, userErrors: [] };
        }
        const payload = payloadOf(data);
        const [first] = payload.userErrors;
        if (first && !showsUserErrors) showToast(userErrorText(t, first), { tone: "danger" });
        return { payload: first ? null : payload, userErrors: payload.userErrors };
      } finally {
        setPending(false);
      }
    },
    [execute, payloadOf, showsUserErrors, t],
  );
  return { run, isPending };
}
