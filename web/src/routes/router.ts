import { createRouter } from "@tanstack/react-router";
import { isFirstPageShown } from "@/app/firstPage";
import { adminRoutes } from "./admin";
import { audiencesRoutes } from "./audiences";
import { authRoutes } from "./auth";
import { communitiesRoutes } from "./communities";
import { dispatchesRoutes } from "./dispatches";
import { feedsRoutes } from "./feeds";
import { messagesRoutes } from "./messages";
import { notificationsRoutes } from "./notifications";
import { peopleRoutes } from "./people";
import { postsRoutes } from "./posts";
import { appRoute, rootRoute, unknownRoute } from "./root";
import { settingsRoutes } from "./settings";

const tree = rootRoute.addChildren([
  ...authRoutes,
  appRoute.addChildren([
    ...feedsRoutes,
    ...postsRoutes,
    ...communitiesRoutes,
    ...peopleRoutes,
    ...audiencesRoutes,
    ...notificationsRoutes,
    ...messagesRoutes,
    ...dispatchesRoutes,
    ...adminRoutes,
    ...settingsRoutes,
    unknownRoute,
  ]),
]);

/** All addresses of the client. */
export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPreloadDelay: 60,
  // The server's posts may have been scrolled already.
  scrollRestoration: () => !isFirstPageShown(),
  defaultStructuralSharing: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
