import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute, pending } from "./root";

const listRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("@/features/people/pages/PeoplePage"), "PeoplePage"),
  ...pending,
});

const personRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/people/$handle",
  component: lazyRouteComponent(() => import("@/features/people/pages/PersonPage"), "PersonPage"),
  ...pending,
});

export const peopleRoutes = [listRoute, personRoute] as const;
