import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/feeds/pages/HomePage"), "HomePage"),
  ...pending,
});

export const feedsRoutes = [homeRoute] as const;
