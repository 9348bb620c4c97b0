import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const postRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/posts/$postId",
  validateSearch: (search): { reply?: string } => ({
    reply: typeof search.reply === "string" ? search.reply : undefined,
  }),
  component: lazyRouteComponent(() => import("@/features/posts/pages/PostPage"), "PostPage"),
  ...pending,
});

const scheduledRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/scheduled",
  component: lazyRouteComponent(
    () => import("@/features/posts/pages/ScheduledPage"),
    "ScheduledPage",
  ),
  ...pending,
});

const draftsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/drafts",
  component: lazyRouteComponent(() => import("@/features/posts/pages/DraftsPage"), "DraftsPage"),
  ...pending,
});

export const postsRoutes = [postRoute, scheduledRoute, draftsRoute] as const;
