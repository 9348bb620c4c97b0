import type { ReactNode } from "react";
import { Provider } from "@/graphql";
import { useSession } from "./session";
import { clientOf } from "./signedInClient";
import { ViewerProvider } from "./viewer";

type SignedInProps = { firstPassword: ReactNode; children: ReactNode };

/** Gives its children the GraphQL client of this sign-in and the viewer; both end with it. */
export function SignedIn({ firstPassword, children }: SignedInProps) {
  const { generation } = useSession();
  return (
    <Provider key={generation} value={clientOf(generation)}>
      <ViewerProvider firstPassword={firstPassword}>{children}</ViewerProvider>
    </Provider>
  );
}
