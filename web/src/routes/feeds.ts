import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/feeds/pages/HomePage"), "HomePage"),
  ...pending,
});

const followingRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/following",
  component: lazyRouteComponent(
    () => import("@/features/feeds/pages/FollowingPage"),
    "FollowingPage",
  ),
  ...pending,
});

const topicRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/topics/$topic",
  component: lazyRouteComponent(() => import("@/features/feeds/pages/TopicPage"), "TopicPage"),
  ...pending,
});

export const feedsRoutes = [homeRoute, followingRoute, topicRoute] as const;
