import type { ReactNode } from "react";
import { Provider } from "urql";
import { useSession } from "./session";
import { clientOf } from "./signedInClient";
import { ViewerProvider } from "./viewer";

/** Gives its children the GraphQL client of this sign-in and the viewer; both end with it. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { generation } = useSession();
  return (
    <Provider key={generation} value={clientOf(generation)}>
      <ViewerProvider>{children}</ViewerProvider>
    </Provider>
  );
}
