/** All a feature needs of GraphQL. */
export {
  type AnyVariables,
  type CombinedError,
  Provider,
  type TypedDocumentNode,
  useClient,
  useMutation,
  useQuery,
  useSubscription,
} from "urql";
export { createGraphqlClient, type GraphqlClient } from "./client";
export { type ConnectionStatus, connection } from "./connection";
export { forgetEarly, offerAnswers } from "./early";
export {
  type AppError,
  byField,
  errorText,
  toAppError,
  type UserErrorLike,
  useErrorText,
  userErrorText,
} from "./errors";
export { type FragmentType, graphql, readFragment } from "./generated";
export { type ActionResult, useAction } from "./useAction";
export { usePagedQuery } from "./usePagedQuery";
