import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/audiences",
  component: lazyRouteComponent(
    () => import("@/features/audiences/pages/AudiencesPage"),
    "AudiencesPage",
  ),
  ...pending,
});

const newRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/audiences/new",
  component: lazyRouteComponent(
    () => import("@/features/audiences/pages/AudiencePage"),
    "NewAudiencePage",
  ),
  ...pending,
});

const audienceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/audiences/$audienceId",
  component: lazyRouteComponent(
    () => import("@/features/audiences/pages/AudiencePage"),
    "AudiencePage",
  ),
  ...pending,
});

export const audiencesRoutes = [listRoute, newRoute, audienceRoute] as const;
