import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const listTabs = ["discover", "all"] as const;
const communityTabs = ["members", "about", "requests", "settings"] as const;

function oneOf<T extends string>(values: readonly T[], value: unknown): T | undefined {
  return values.find((each) => each === value);
}

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/communities",
  validateSearch: (search): { tab?: (typeof listTabs)[number] } => ({
    tab: oneOf(listTabs, search.tab),
  }),
  component: lazyRouteComponent(
    () => import("@/features/communities/pages/CommunitiesPage"),
    "CommunitiesPage",
  ),
  ...pending,
});

const communityRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/communities/$slug",
  validateSearch: (search): { tab?: (typeof communityTabs)[number] } => ({
    tab: oneOf(communityTabs, search.tab),
  }),
  component: lazyRouteComponent(
    () => import("@/features/communities/pages/CommunityPage"),
    "CommunityPage",
  ),
  ...pending,
});

/** The short address, for posters and signatures. */
const shortRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/c/$slug",
  beforeLoad: ({ params: { slug } }) => {
    throw redirect({ to: "/communities/$slug", params: { slug }, replace: true });
  },
});

export const communitiesRoutes = [listRoute, communityRoute, shortRoute] as const;
