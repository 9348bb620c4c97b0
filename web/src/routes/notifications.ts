import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/notifications",
  validateSearch: (search): { filter?: "unread" } => ({
    filter: search.filter === "unread" ? "unread" : undefined,
  }),
  component: lazyRouteComponent(
    () => import("@/features/notifications/pages/NotificationsPage"),
    "NotificationsPage",
  ),
  ...pending,
});

export const notificationsRoutes = [listRoute] as const;
