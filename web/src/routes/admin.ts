import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const adminRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/admin",
  component: lazyRouteComponent(() => import("@/features/admin/pages/AdminPage"), "AdminPage"),
  ...pending,
});

export const adminRoutes = [adminRoute] as const;
