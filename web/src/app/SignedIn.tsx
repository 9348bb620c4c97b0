import { type ReactNode, useEffect, useState } from "react";
import { Provider } from "urql";
import { createGraphqlClient, type GraphqlClient } from "@/graphql";
import { session, useSession } from "./session";
import { ViewerProvider } from "./viewer";

/** Gives its children a GraphQL client of this sign-in and the viewer; both end with it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { generation } = useSession();
  const [made, setMade] = useState<{ generation: number; graphql: GraphqlClient } | null>(null);
  useEffect(() => {
    const graphql = createGraphqlClient(session);
    setMade({ generation, graphql });
    return () => graphql.dispose();
  }, [generation]);
  if (made?.generation !== generation) return null;
  return (
    <Provider value={made.graphql.client}>
      <ViewerProvider>{children}</ViewerProvider>
    </Provider>
  );
}
