import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/communities",
  component: lazyRouteComponent(
    () => import("@/features/communities/pages/CommunitiesPage"),
    "CommunitiesPage",
  ),
  ...pending,
});

const communityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/communities/$slug",
  component: lazyRouteComponent(
    () => import("@/features/communities/pages/CommunityPage"),
    "CommunityPage",
  ),
  ...pending,
});

export const communitiesRoutes = [listRoute, communityRoute] as const;
